import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DataError } from '@dc/core'
import { findFile } from './find-file'
import type { ImageFile } from './image-file'
import { type ImageListDataset, type ImageListOptions, imageListDataset } from './image-list'
import { readFields } from './split-files'

/** How {@link loadTinyImageNet} reads. */
export interface TinyImageNetOptions extends Omit<ImageListOptions, 'size'> {
  readonly split?: 'train' | 'val' | 'all'
  /** Height and width; the files' own 64×64 by default. */
  readonly size?: readonly [number, number]
}

/**
 * Tiny-ImageNet: `wnids.txt`, `train/SYNSET/images/*.JPEG`, `val/images/*.JPEG` with `val/val_annotations.txt`, and names
 * in `words.txt`.
 *
 * @param folder where `wnids.txt` lies, or its parent
 * @throws DataError for an absent or broken file; as {@link imageListDataset}
 * @see Le and Yang 2015, "Tiny ImageNet visual recognition challenge"
 * @example
 * const tiny = await loadTinyImageNet('/data/tiny-imagenet-200', { split: 'train' })
 */
export async function loadTinyImageNet(folder: string, options: TinyImageNetOptions = {}): Promise<ImageListDataset> {
  const { split = 'train', size = [64, 64] } = options
  const root = join(await findFile([folder, join(folder, 'tiny-imagenet-200')], 'wnids.txt'), '..')
  const synsets = (await readFields(join(root, 'wnids.txt'), 1)).map(([synset]) => synset)
  const words = new Map((await readFields(join(root, 'words.txt'), 2, /\t/)).map(([synset, words]) => [synset, words]))
  const images: ImageFile[] = []
  if (split !== 'val')
    for (const [label, synset] of synsets.entries()) {
      const inner = join(root, 'train', synset, 'images')
      const names = await readdir(inner).catch((error) => {
        throw new DataError(`Cannot read the folder '${inner}': ${error.message}.`, { folder: inner }, error)
      })
      images.push(...names.sort().map((name) => ({ path: join(inner, name), label })))
    }
  if (split !== 'train')
    for (const [name, synset] of await readFields(join(root, 'val', 'val_annotations.txt'), 2))
      images.push({ path: join(root, 'val', 'images', name), label: synsets.indexOf(synset) })
  return imageListDataset(
    {
      name: 'Tiny-ImageNet',
      images,
      classNames: synsets.map((synset) => words.get(synset)?.split(',')[0] ?? synset),
      metadata: { source: 'http://cs231n.stanford.edu/tiny-imagenet-200.zip', split, licence: 'for research' },
    },
    { ...options, size },
  )
}
