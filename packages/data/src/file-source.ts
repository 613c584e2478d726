import { OptionError } from '@dc/core/plugin'

/** A file: its path, in Node; or one that was dropped on a page or chosen there, a `File`. */
export type FileSource = string | (Blob & { readonly name: string })

/**
 * What messages call a file: its path, or the name that a page knows.
 *
 * @throws OptionError for what is neither
 */
export function sourceName(file: FileSource): string {
  const name = typeof file === 'string' ? file : file?.name
  if (typeof name !== 'string' || name === '') throw new OptionError('file', file, 'a path, or a file with a name')
  return name
}

/** The last part of a path, without a module of Node. */
export function baseName(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '')
  return parts.at(-1) ?? path
}
