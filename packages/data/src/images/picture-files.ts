import { quoted, type RowFile } from '@dc/core/plugin'
import type { FolderEntry, ListedEntry } from '../list-files'
import type { BadImage } from './image-file'
import { endingOf, hasNoEnding, kindByName } from './image-names'

/** The entries of a folder, by what becomes of them. */
export interface Found<E> {
  readonly images: readonly E[]
  readonly folders: readonly E[]
  readonly unreadable: readonly BadImage[]
  readonly otherPictures: readonly E[]
  readonly others: readonly E[]
  readonly loops: readonly E[]
}

type Entry = Omit<FolderEntry, 'kind'> & Pick<ListedEntry, 'kind'>

/** Sorts the entries of a folder into images, bad images, and entries that are skipped. */
export function sortEntries<E extends Entry>(entries: readonly E[]): Found<E> {
  const files = entries.filter(({ kind }) => kind === 'file')
  // Whether a link to nothing, or a pipe, would be an image can only be told by its name.
  const isBad = ({ name, kind, reason }: E) =>
    (kind === 'folder' && reason !== undefined) ||
    (kind === 'unreadable' && (kindByName(name) === 'image' || hasNoEnding(name)))
  return {
    images: files.filter(({ name }) => kindByName(name) === 'image'),
    folders: entries.filter(({ kind, reason }) => kind === 'folder' && reason === undefined),
    unreadable: entries
      .filter(isBad)
      .map(({ path, reason }) => ({ path, reason: `Cannot read ${quoted(path)}: ${reason}.` })),
    otherPictures: files.filter(({ name }) => kindByName(name) === 'other picture'),
    others: entries.filter(
      (entry) =>
        (entry.kind === 'file' && kindByName(entry.name) === 'no picture') ||
        (entry.kind === 'unreadable' && !isBad(entry)),
    ),
    loops: entries.filter(({ kind }) => kind === 'loop'),
  }
}

/** The part of an entry that a dataset keeps. */
export function fileOf({ path, rawPath }: RowFile): RowFile {
  return rawPath ? { path, rawPath } : { path }
}

/** A sentence for each kind of entry that has no row. */
export function passedOver({ otherPictures, others, loops }: Found<Entry>): string[] {
  const endings = [...new Set(otherPictures.map(({ name }) => endingOf(name)))].sort().join(', ')
  return [
    ...(otherPictures.length === 0
      ? []
      : [
          `passed over ${count(otherPictures.length, 'picture')} of kinds that are not decoded (${endings}): ${pathsOf(otherPictures)}`,
        ]),
    ...(others.length === 0 ? [] : [`passed over ${count(others.length, 'file')} of other kinds: ${pathsOf(others)}`]),
    ...(loops.length === 0
      ? []
      : [`did not follow ${count(loops.length, 'link')} to a folder around it: ${pathsOf(loops)}`]),
  ]
}

export const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
/** The first path, and how many more there are. */
export function pathsOf([first, ...others]: readonly { readonly path: string }[]): string {
  return others.length > 0 ? `${quoted(first.path)} and ${others.length} more` : quoted(first.path)
}
