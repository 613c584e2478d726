import { printable } from './text'

const reasons: Record<string, string> = {
  ENOENT: 'it does not exist',
  EEXIST: 'a file of that name is in the way',
  ENOTDIR: 'it is a file, or a part of its path is one, where a folder is expected',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  ENXIO: 'it is no regular file',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ERR_INVALID_ARG_VALUE: 'its name holds a NUL character',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
  ERR_STRING_TOO_LONG: 'it is longer than a text may be in Node (512 MB)',
}

/**
 * Why the file system refused something, in plain words for the end of a message.
 *
 * @param error what a function of `node:fs` threw
 * @example
 * fileReason({ code: 'EACCES' }) // 'permission denied'
 */
export function fileReason(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  const known = typeof code === 'string' && Object.hasOwn(reasons, code) ? reasons[code] : undefined
  return known ?? printable(String(message ?? error))
}
