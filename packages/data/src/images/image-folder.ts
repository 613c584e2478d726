import { readdir } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { DataError, OptionError } from '@dc/core'
import { type ImageListDataset, type ImageListOptions, imageListDataset } from './image-list'
import { imageNet10, imageNetDogs } from './imagenet-classes'

/** How {@link loadImageFolder} reads. */
export interface ImageFolderOptions extends ImageListOptions {
  /** `folders` (each sub-folder is a class), `none`, or `auto` (default): folders if there are at least two. */
  readonly classes?: 'auto' | 'folders' | 'none'
  /** Only these sub-folders, in this order; `imagenet-10` and `imagenet-dogs` are the lists of ten and fifteen synsets. */
  readonly only?: readonly string[] | 'imagenet-10' | 'imagenet-dogs'
}

const imageName = /\.(jpe?g|png|webp|avif|gif|tiff?)$/i
const lists = { 'imagenet-10': imageNet10, 'imagenet-dogs': imageNetDogs }

/**
 * A folder of photos as a dataset, with or without class sub-folders, looked into to any depth. ImageNet, ImageNet-R and
 * Tiny-ImageNet's `train` have this form.
 *
 * @returns images in the order of their paths; the class of an image is its first sub-folder
 * @throws DataError if the folder is absent or holds no images; OptionError for a sub-folder in `only` that is absent
 * @example
 * const photos = await loadImageFolder('photos', { size: [64, 64], onBadImage: 'skip' })
 * const dogs = await loadImageFolder('ILSVRC2012/train', { size: [64, 64], only: 'imagenet-dogs' })
 */
export async function loadImageFolder(folder: string, options: ImageFolderOptions): Promise<ImageListDataset> {
  const { classes = 'auto', only } = options
  const wanted = typeof only === 'string' ? lists[only] : only
  const files = wanted ? await listOf(folder, wanted) : await list(folder)
  if (files.length === 0)
    throw new DataError(`'${folder}' holds no images (JPEG, PNG, WebP, AVIF, GIF, TIFF).`, { folder })
  const classOf = (path: string) => {
    const parts = relative(folder, path).split(sep)
    return parts.length > 1 ? parts[0] : null
  }
  const found = [...new Set(files.map(classOf))]
  const useFolders = classes === 'folders' || (classes === 'auto' && found.length > 1 && !found.includes(null))
  if (classes === 'folders' && found.includes(null))
    throw new DataError(
      `'${folder}' holds images outside of its class folders, such as '${files.find((f) => classOf(f) === null)}'.`,
      { folder },
    )
  const classNames = wanted ?? (found as string[])
  return imageListDataset(
    {
      name: basename(folder),
      images: files.map((path) => ({ path, label: useFolders ? classNames.indexOf(classOf(path)!) : -1 })),
      ...(useFolders ? { classNames } : {}),
      metadata: { source: folder },
    },
    options,
  )
}

async function listOf(folder: string, wanted: readonly string[]): Promise<string[]> {
  const names = (await readdir(folder, { withFileTypes: true }).catch(() => [])).map(({ name }) => name)
  const absent = wanted.find((name) => !names.includes(name))
  if (absent !== undefined) throw new OptionError('only', absent, `sub-folders of '${folder}'`)
  return (await Promise.all(wanted.map((name) => list(join(folder, name))))).flat()
}

/** All image files below a folder, in the order of their paths. */
async function list(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error) => {
    throw new DataError(`Cannot read the folder '${folder}': ${error.message}.`, { folder }, error)
  })
  return entries
    .filter((entry) => entry.isFile() && imageName.test(entry.name) && !entry.name.startsWith('._'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
