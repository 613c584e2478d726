import { readdirSync, type Stats, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Registry } from '@dc/core/plugin'
import { fileReason, OptionError, quoted } from '@dc/core/plugin'
import { isIdxName } from './datasets/idx-files'
import { isHiddenName } from './list-files'
import { fileEndings, readerOfName } from './reader-of-name'
import { manifestName } from './shards/manifest'

/** A dataset plugin and its options. */
export interface DataReference {
  readonly name: string
  readonly options: Record<string, unknown>
}

const allowed = `a dataset name, name:PATH, a file ending in ${fileEndings}, or an existing folder of images, IDX files or shards`

/**
 * What a text means that names data: a dataset's name (`optdigits`), a name and the path to read (`idx:DIR`), or only a path. The path's
 * ending or content then tells the reader.
 *
 * A word is the dataset of that name, if that dataset needs no path; otherwise a file or folder of that name, if there is
 * one. `./optdigits` is always a folder. `NAME:PATH` is that dataset. If there is no dataset NAME, it is a file or folder
 * whose name contains a colon.
 *
 * @param registry says which datasets there are
 * @param argument what people call the text, for messages
 * @throws OptionError if a path is of no known kind, or a name stands without its path
 * @example
 * parseData('photos/', registry) // { name: 'image-folder', options: { path: 'photos/' } }
 */
export function parseData(text: string, registry: Registry, argument = 'data'): DataReference {
  if (text.trim() === '') throw new OptionError(argument, text, allowed)
  // At least two letters, because `C:\photos` is a path.
  const named = /^([a-z0-9][a-z0-9-]+):(.*)$/s.exec(text)
  const isDataset = named !== null && registry.has('dataset', named[1])
  if (named && (isDataset || !find(text))) {
    const [, name, path] = named
    if (path === '') throw new OptionError(argument, text, 'a dataset name, or name:PATH such as csv:points.csv')
    if (path.startsWith('//') && !isDataset)
      throw new OptionError(argument, text, 'files and folders of this machine; download it first')
    return { name, options: { path } }
  }
  const isPath = looksLikePath(text) || (!needsNothing(text, registry) && find(text) !== undefined)
  return isPath ? { name: readerOf(text, argument), options: { path: text } } : { name: text, options: {} }
}

/** Names of datasets have neither separators nor dots. */
function looksLikePath(text: string): boolean {
  return /[\\/.]/.test(text) || /^[A-Za-z]:/.test(text)
}

function needsNothing(name: string, registry: Registry): boolean {
  return registry.has('dataset', name) && registry.get('dataset', name).options.safeParse({}).success
}

/** The file or folder at a path; null if there is none or the path cannot be read. */
function find(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function readerOf(path: string, argument: string): string {
  const found = find(path)
  if (found?.isDirectory()) {
    const names = visibleNames(path, argument)
    if (names.some(isIdxName)) return 'idx'
    return names.includes(manifestName) && names.some((name) => /\.(npy|parquet)$/i.test(name))
      ? 'shards'
      : 'image-folder'
  }
  const reader = readerOfName(path)
  if (reader) return reader
  if (isIdxName(basename(path))) return 'idx'
  if (found && /\.(jpe?g|png|webp|avif|gif|tiff?|heic|bmp)$/i.test(path))
    throw new OptionError(argument, path, `a folder of images, not one of them; ${allowed}`)
  if (/\.(tsv|tab|txt|dat)$/i.test(path))
    throw new OptionError(
      argument,
      path,
      `${allowed}; csv:PATH reads a table in text, option delimiter: '\\t' one with tabs`,
    )
  throw new OptionError(argument, path, allowed)
}

function visibleNames(folder: string, argument: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !isHiddenName(name))
  } catch (error) {
    throw new OptionError(argument, folder, `folders that can be read (${quoted(folder)}: ${fileReason(error)})`)
  }
}
