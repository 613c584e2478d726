import { readdirSync, statSync } from 'node:fs'
import { OptionError } from '@dc/core'

/** A dataset plugin and its options. */
export interface DataReference {
  name: string
  options: Record<string, unknown>
}

/** Which dataset plugin reads files of this ending. */
const readers: Record<string, string> = {
  '.csv': 'csv',
  '.csv.gz': 'csv',
  '.npy': 'npy',
  '.npz': 'npz',
  '.parquet': 'parquet',
}

/**
 * What `--data` means: a dataset's name (`optdigits`), a name and the path it reads (`idx:DIR`), or only a path, whose
 * ending or content tells the reader.
 *
 * @throws OptionError if a path is of no known kind, or a name stands without its path
 * @example
 * parseData('photos/') // { name: 'image-folder', options: { path: 'photos/' } }
 */
export function parseData(text: string): DataReference {
  // Two letters at least, for `C:\photos` is a path.
  const named = /^([a-z0-9][a-z0-9-]+):(.*)$/s.exec(text)
  if (named) {
    const [, name, path] = named
    if (path === '') throw new OptionError('--data', text, 'a dataset name, or name:PATH such as csv:points.csv')
    return { name, options: { path } }
  }
  if (!looksLikePath(text)) return { name: text, options: {} }
  return { name: readerOf(text), options: { path: text } }
}

/** Names of datasets have neither separators nor dots. */
function looksLikePath(text: string): boolean {
  return /[\\/.]/.test(text) || /^[A-Za-z]:/.test(text)
}

function readerOf(path: string): string {
  const ending = Object.keys(readers).find((known) => path.toLowerCase().endsWith(known))
  if (ending) return readers[ending]
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    return readdirSync(path).some((file) => /idx\d-ubyte(\.gz)?$/.test(file)) ? 'idx' : 'image-folder'
  const endings = Object.keys(readers).join(', ')
  throw new OptionError(
    '--data',
    path,
    `a dataset name, name:PATH, a file ending in ${endings}, or an existing folder of images or IDX files`,
  )
}
