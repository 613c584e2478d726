// For Node: the folder of caches, checksums, and writing a file whole or not at all.
import type { FileHandle } from 'node:fs/promises'
import { DataError } from './errors'
import { fileReason } from './file-reason'
import { nodeModule } from './node-module'
import { sha256 } from './sha256'
import { quoted } from './text'

export { datasetChecksum, rowsChecksum, rowsHash } from './dataset-checksum'

/**
 * The folder of caches: `$XDG_CACHE_HOME/deep-clustering` if that is an absolute path, else `~/.cache/deep-clustering`.
 *
 * @throws DataError if this user has no home folder
 */
export function defaultCacheFolder(): string {
  const { isAbsolute, join } = nodeModule<typeof import('node:path')>('node:path', 'The folder of caches')
  const { homedir } = nodeModule<typeof import('node:os')>('node:os', 'The folder of caches')
  const { XDG_CACHE_HOME: given } = process.env
  if (given && isAbsolute(given)) return join(given, 'deep-clustering')
  try {
    return join(homedir(), '.cache', 'deep-clustering')
  } catch (error) {
    throw new DataError('There is no folder for caches: this user has no home folder.', {}, error)
  }
}

/** SHA-256 of bytes or text, 64 hexadecimal digits. */
export function checksum(bytes: Uint8Array | string): string {
  return sha256().update(bytes).digest('hex')
}

/** SHA-256 of a file, 64 hexadecimal digits, or null if it cannot be read. */
export async function fileChecksum(path: string): Promise<string | null> {
  const { createReadStream } = nodeModule<typeof import('node:fs')>('node:fs', 'The checksum of a file')
  const hash = sha256()
  try {
    for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part)
  } catch {
    return null
  }
  return hash.digest('hex')
}

/**
 * Writes a file so that others see it whole or not at all. It is written under a temporary name in the same folder and
 * renamed at the end.
 *
 * Two processes or threads may write the same path at once; the last one's file stays. The folder is made if it is absent.
 *
 * @param write gets the open file; if it throws, the temporary file is removed and the error goes on to the caller
 * @param named gives the final path, in the same folder, if it depends on what `write` returned; by default it is `path`
 * @returns what `write` returned
 * @throws DataError with the path and the reason if the disk is full, read-only, …
 * @example
 * await writeWhole(join(defaultCacheFolder(), 'x.features'), (file) => file.writeFile(bytes))
 */
export async function writeWhole<T>(
  path: string,
  write: (file: FileHandle) => Promise<T>,
  named: (result: T) => string = () => path,
): Promise<T> {
  const { dirname } = nodeModule<typeof import('node:path')>('node:path', 'Writing a file')
  const { mkdir, open, rename, rm } = nodeModule<typeof import('node:fs/promises')>(
    'node:fs/promises',
    'Writing a file',
  )
  const unfinished = `${path}.${crypto.randomUUID()}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(unfinished, 'wx')
    let result: T
    try {
      result = await write(file)
    } finally {
      await file.close()
    }
    await rename(unfinished, named(result))
    return result
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {})
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error
    throw new DataError(`Cannot write ${quoted(path)}: ${fileReason(error)}.`, { path }, error)
  }
}

const unfinishedForm = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/

/**
 * Takes away what processes that were killed in {@link writeWhole} have left in a folder. One that still writes there fails, and
 * its file is not there.
 *
 * @example
 * await removeUnfinished('features')
 */
export async function removeUnfinished(folder: string): Promise<void> {
  const { join } = nodeModule<typeof import('node:path')>('node:path', 'Files that were not finished')
  const { readdir, rm } = nodeModule<typeof import('node:fs/promises')>(
    'node:fs/promises',
    'Files that were not finished',
  )
  const names = await readdir(folder).catch(() => [])
  const left = names.filter((name) => unfinishedForm.test(name))
  // What cannot be taken away is no harm.
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true }).catch(() => {})))
}
