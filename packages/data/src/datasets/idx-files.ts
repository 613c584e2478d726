import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { DataError, quoted } from '@dc/core/plugin'
import { cannotRead } from '../files'
import { isHiddenName, listFolder } from '../list-files'
import { someOf } from '../some-of'

export type IdxSplit = 'train' | 'test' | 'all'

/** An images file, and its labels file if there is one. */
export interface IdxPart {
  readonly images: string
  readonly labels?: string
}

/** What a file's name says: `emnist-letters-train-images-idx3-ubyte.gz` holds the images of `train` of `emnist-letters`. */
interface NamedFile {
  readonly path: string
  readonly what: 'images' | 'labels'
  readonly split: 'train' | 'test' | 'other'
  /** The rest of the name. It names the set; labels belong to images of the same set. */
  readonly set: string
  /** Why it cannot be read. */
  readonly reason?: string
}

// Names with further dots are other things: checksums, unfinished downloads, archives.
const pattern = /^(.*?)(images|labels)[-_. ]*idx\d[^.]*(?:\.gz)?$/i
const splits: Record<string, NamedFile['split']> = { train: 'train', training: 'train', test: 'test', t10k: 'test' }

/** Whether the name of a folder's entry is that of an IDX file. */
export function isIdxName(name: string): boolean {
  return !isHiddenName(name) && pattern.test(name)
}

/**
 * Finds the IDX files of a split by their names, train before test.
 *
 * A plain file and its compressed copy count as one file. If there is no test file, `test` takes what there is. Labels belong
 * to the images of the same set and split.
 *
 * @param path a folder, or one images file
 * @param set which of the folder's sets is meant; sets are not joined
 * @returns the files, and notices about the choice for the user
 * @throws DataError if there are none, or several that fit one name
 */
export async function findIdxFiles(
  path: string,
  split: IdxSplit,
  set?: string,
): Promise<{ parts: IdxPart[]; notices: string[] }> {
  const found = await stat(path).catch(cannotRead(path))
  const notices: string[] = []
  const files = await namedFiles(found.isDirectory() ? path : dirname(path))
  const withLabels = (images: NamedFile): IdxPart => {
    const own = files.filter((file) => file.what === 'labels' && file.set === images.set && file.split === images.split)
    return { images: images.path, labels: own.length > 0 ? onlyOne(own, notices).path : undefined }
  }
  if (!found.isDirectory()) {
    const own = named(path)
    return { parts: [own?.what === 'images' ? withLabels(own) : { images: path }], notices }
  }
  const images = ofOneSet(path, files, set)
  const train = images.filter((file) => file.split === 'train')
  const test = images.filter((file) => file.split === 'test')
  const other = images.filter((file) => file.split === 'other')
  const chosen =
    split === 'all'
      ? [train, test, other]
      : split === 'train'
        ? [train]
        : [[test, other, train].find((some) => some.length > 0)!]
  if (chosen.every((some) => some.length === 0)) {
    const names = images.map((file) => basename(file.path))
    throw new DataError(`${quoted(path)} holds no ${split} images; there are: ${someOf(names)}.`, {
      path,
      split,
      names,
    })
  }
  const parts = chosen.filter((some) => some.length > 0).map((some) => withLabels(onlyOne(some, notices)))
  const orphans = files.filter(
    ({ what, set, split }) =>
      what === 'labels' && !files.some((file) => file.what === 'images' && file.set === set && file.split === split),
  )
  if (orphans.length > 0 && parts.some(({ labels }) => labels === undefined))
    notices.push(
      `labels that are of no images by their names were not read: ${someOf(orphans.map(({ path }) => basename(path)))}`,
    )
  if (split === 'test' && test.length === 0)
    notices.push(`there are no test images; took ${quoted(basename(parts[0].images))}`)
  return { parts, notices }
}

async function namedFiles(folder: string): Promise<NamedFile[]> {
  return (await listFolder({ path: folder })).flatMap(({ kind, path, reason }) => {
    const file = kind === 'folder' ? null : named(path)
    return file ? [{ ...file, reason }] : []
  })
}

function named(path: string): NamedFile | null {
  const name = basename(path)
  const [, before, what] = (isIdxName(name) && pattern.exec(name)) || []
  if (what === undefined) return null
  const words = before.toLowerCase().split(/[-_. ]+/)
  const word = words.find((word) => Object.hasOwn(splits, word))
  const set = words.filter((other) => other !== word && other !== '').join('-')
  return { path, what: what.toLowerCase() as NamedFile['what'], split: word ? splits[word] : 'other', set }
}

/** The images of the set that is meant. */
function ofOneSet(path: string, files: readonly NamedFile[], set: string | undefined): NamedFile[] {
  const images = files.filter((file) => file.what === 'images')
  if (images.length === 0)
    throw new DataError(`${quoted(path)} holds no IDX images (such as t10k-images-idx3-ubyte.gz).`, { path })
  const sets = [...new Set(images.map((file) => file.set))].sort()
  const list = someOf(sets, 10)
  if (set === undefined && sets.length > 1)
    throw new DataError(
      `${quoted(path)} holds images of several sets: ${list}. Name one with option set, or give one file.`,
      {
        path,
        sets,
      },
    )
  if (set !== undefined && !sets.includes(set))
    throw new DataError(`${quoted(path)} holds no set ${quoted(set)}; there are: ${list}.`, { path, sets })
  return images.filter((file) => file.set === (set ?? sets[0]))
}

/** Of a plain file and its compressed copy, the plain one. */
function onlyOne(files: readonly NamedFile[], notices: string[]): NamedFile {
  const plainName = (file: NamedFile) => basename(file.path).replace(/\.gz$/i, '')
  const [first, ...others] = [...files].sort((a, b) => a.path.length - b.path.length)
  const names = files.map((file) => quoted(basename(file.path)))
  if (others.some((other) => plainName(other) !== plainName(first)))
    throw new DataError(
      `${names.join(' and ')} are the ${first.what} of one part by their names; leave one, or give its path.`,
      {
        path: dirname(first.path),
        names,
      },
    )
  if (first.reason) throw new DataError(`Cannot read ${quoted(first.path)}: ${first.reason}.`, { path: first.path })
  for (const other of others)
    notices.push(
      `took ${quoted(basename(first.path))}; ${quoted(basename(other.path))} is its packed copy and was not read`,
    )
  return first
}
