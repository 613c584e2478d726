import { basename, join, resolve } from 'node:path'
import { DataError, OptionError, quoted } from '@dc/core/plugin'
import { isUnknownLabel } from '../labels'
import { type ListedEntry, listFiles, listFolder } from '../list-files'
import { someOf } from '../some-of'
import { type ClassFolders, findClassFolders } from './class-folders'
import { type ImageList, type ImageListDataset, type ImageListOptions, imageListDataset } from './image-list'
import { imageNet10, imageNetDogs } from './imagenet-classes'
import { count, type Found, fileOf, passedOver, pathsOf, sortEntries } from './picture-files'

/** How {@link loadImageFolder} reads. */
export interface ImageFolderOptions extends ImageListOptions {
  /**
   * `auto` (default): the classes are the first level with at least two folders. Folders such as `train` and `test` are
   * looked into. Images beside class folders have no label. `folders`: each sub-folder is a class, and no image may lie
   * beside them. `none`: no labels.
   */
  readonly classes?: 'auto' | 'folders' | 'none'
  /** Keeps only these sub-folders, in this order. `imagenet-10` and `imagenet-dogs` are lists of ten and fifteen synsets. */
  readonly only?: readonly string[] | 'imagenet-10' | 'imagenet-dogs'
}

const lists = { 'imagenet-10': imageNet10, 'imagenet-dogs': imageNetDogs }

/**
 * A folder of photos as a dataset, at any depth, with or without class folders. ImageNet, ImageNet-R and Tiny-ImageNet's
 * `train` have this form.
 *
 * Hidden files and folders, and files that systems leave behind (`@eaDir`, `__MACOSX`, `Thumbs.db`, …), are skipped. Links
 * are followed under their own names. Files of other kinds are skipped with a notice. Anything that cannot be read (a link to
 * nothing, a folder without permission, a pipe) is a bad image.
 *
 * @returns images sorted by the bytes of their paths; the class of an image is its class folder, or −1 if it lies beside
 * these
 * @throws DataError if the folder is absent or holds no images; as {@link imageListDataset}; OptionError for a sub-folder in `only`
 * that is absent
 * @example
 * const photos = await loadImageFolder('photos', { size: [64, 64], onBadImage: 'skip' })
 * const dogs = await loadImageFolder('ILSVRC2012/train', { size: [64, 64], only: 'imagenet-dogs' })
 */
export async function loadImageFolder(folder: string, options: ImageFolderOptions): Promise<ImageListDataset> {
  return imageListDataset(await listImageFolder(folder, options), options)
}

/**
 * The images of a folder and their classes, before any is decoded: what {@link loadImageFolder} makes a data set of.
 *
 * @returns images sorted by the bytes of their paths
 * @throws DataError if the folder is absent or holds no images; OptionError for a sub-folder in `only` that is absent
 * @example
 * const { images } = await listImageFolder('photos')
 */
export async function listImageFolder(
  folder: string,
  { classes = 'auto', only }: Pick<ImageFolderOptions, 'classes' | 'only'> = {},
): Promise<ImageList> {
  if (!['auto', 'folders', 'none'].includes(classes)) throw new OptionError('classes', classes, 'auto, folders, none')
  const wanted = typeof only === 'string' ? lists[only] : only
  const found = sortEntries(wanted ? await listOnly(folder, wanted) : await listFiles(folder))
  const { images, unreadable } = found
  if (images.length + unreadable.length === 0) throw new DataError(nothingIn(folder, found), { folder })
  const { depth, notices } =
    wanted && classes === 'auto' ? { depth: 0, notices: [] } : classesOf(folder, images, classes)
  const classOf = (image: ListedEntry) => (depth === null ? undefined : classAt(image, depth))
  const present = inByteOrder(images.flatMap((image) => classOf(image) ?? []))
  const classNames = (wanted ?? present).filter((name) => !isUnknownLabel(name))
  const labels = new Map(classNames.map((name, label) => [name, label]))
  const empty = depth === null ? [] : (wanted ?? foldersAt(found, depth)).filter((name) => !present.includes(name))
  return {
    name: basename(resolve(folder)) || folder,
    images: images.map((image) => ({ ...fileOf(image), label: labels.get(classOf(image) ?? '') ?? -1 })),
    folder,
    unreadable,
    ...(depth === null ? {} : { classNames }),
    notices: [
      ...notices,
      ...(depth === null ? [] : withoutLabel(images, classOf)),
      ...(empty.length === 0 ? [] : [`no class for ${count(empty.length, 'folder')} without images: ${someOf(empty)}`]),
      ...passedOver(found),
    ],
    metadata: { source: folder },
  }
}

async function listOnly(folder: string, wanted: readonly string[]): Promise<ListedEntry[]> {
  const folders = (await listFolder({ path: folder })).filter(({ kind }) => kind === 'folder').map(({ name }) => name)
  const absent = wanted.find((name) => !folders.includes(name))
  if (absent !== undefined)
    throw new OptionError('only', absent, `sub-folders of ${quoted(folder)}: ${someOf(folders) || 'it has none'}`)
  const twice = wanted.find((name, i) => wanted.indexOf(name) !== i)
  if (twice !== undefined) throw new OptionError('only', twice, 'each sub-folder once')
  return (await Promise.all(wanted.map((name) => listFiles(join(folder, name), [name])))).flat()
}

function classesOf(folder: string, images: readonly ListedEntry[], classes: 'auto' | 'folders' | 'none'): ClassFolders {
  if (classes === 'none') return { depth: null, notices: [] }
  if (classes === 'auto') return findClassFolders(images.map(({ within }) => within))
  const stray = images.find(({ within }) => within.length === 0)
  if (stray)
    throw new DataError(`${quoted(folder)} holds images outside of its class folders, such as ${quoted(stray.path)}.`, {
      folder,
    })
  return { depth: 0, notices: [] }
}

/** The folder at this depth on the way to an image; undefined if the image lies higher. */
const classAt = ({ within }: ListedEntry, depth: number): string | undefined => within[depth]

const inByteOrder = (names: readonly string[]) =>
  [...new Set(names)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))

const foldersAt = ({ folders }: Found<ListedEntry>, depth: number) =>
  inByteOrder(folders.flatMap(({ within, name }) => (within.length === depth ? name : [])))

/** Notices about the images without a label, in a folder that has classes. */
function withoutLabel(images: readonly ListedEntry[], classOf: (image: ListedEntry) => string | undefined): string[] {
  const beside = images.filter((image) => classOf(image) === undefined)
  const unknown = images.filter((image) => isUnknownLabel(classOf(image) ?? 'beside'))
  const folders = [...new Set(unknown.map(classOf))] as string[]
  return [
    ...(beside.length === 0
      ? []
      : [`no label for ${count(beside.length, 'image')} beside the class folders: ${pathsOf(beside)}`]),
    ...(unknown.length === 0
      ? []
      : [`no label for ${count(unknown.length, 'image')} in folders whose names mean unknown: ${someOf(folders)}`]),
  ]
}

/** Why a folder has no images, and what it holds instead. */
function nothingIn(folder: string, { otherPictures, others }: Found<ListedEntry>): string {
  const table = others.find(({ name }) => /\.(csv|csv\.gz|npy|npz|parquet)$/i.test(name))
  const instead = otherPictures[0] ?? table ?? others[0]
  const held = otherPictures.length + others.length
  const hint = table ? ` Give a file, such as ${quoted(table.path)}, as the data.` : ''
  const what = instead
    ? `It holds ${count(held, 'other file')}, such as ${quoted(instead.path)}.`
    : 'Hidden files do not count.'
  return `${quoted(folder)} holds no images (JPEG, PNG, WebP, AVIF, GIF, TIFF). ${what}${hint}`
}
