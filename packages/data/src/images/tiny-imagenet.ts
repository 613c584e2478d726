import { join } from 'node:path'
import { quoted } from '@dc/core/plugin'
import { listFolder } from '../list-files'
import { findFile } from './find-file'
import type { BadImage, ImageFile } from './image-file'
import { type ImageListDataset, type ImageListOptions, imageListDataset } from './image-list'
import { fileOf, sortEntries } from './picture-files'
import { byId, pathInside, readRows, wrongLine } from './split-files'

/** How {@link loadTinyImageNet} reads. */
export interface TinyImageNetOptions extends Omit<ImageListOptions, 'size'> {
  readonly split?: 'train' | 'val' | 'all'
  /** Height and width; the files' own 64×64 by default. */
  readonly size?: readonly [number, number]
}

/**
 * Tiny-ImageNet: `wnids.txt`, `train/SYNSET/images/*.JPEG`, `val/images/*.JPEG` with `val/val_annotations.txt`, and class
 * names in `words.txt`.
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
  const notices: string[] = []
  const synsetFile = join(root, 'wnids.txt')
  const synsets = [...byId(await readRows(synsetFile, 1, { notices }), synsetFile).keys()]
  const words = await readRows(join(root, 'words.txt'), 2, { separator: /\t/, notices })
  const nameOf = new Map(words.map(({ fields: [synset, names] }) => [synset, names.split(',')[0]]))
  const images: ImageFile[] = []
  const unreadable: BadImage[] = []
  if (split !== 'val')
    for (const [label, synset] of synsets.entries()) {
      const entries = await listFolder({ path: join(pathInside(join(root, 'train'), synset, synsetFile), 'images') })
      const found = sortEntries(entries)
      for (const image of found.images) images.push({ ...fileOf(image), label })
      for (const bad of found.unreadable) unreadable.push(bad)
    }
  if (split !== 'train') {
    const annotations = join(root, 'val', 'val_annotations.txt')
    const labels = new Map(synsets.map((synset, label) => [synset, label]))
    for (const { line, fields } of byId(await readRows(annotations, 2, { notices }), annotations).values()) {
      const [name, synset] = fields
      const label = labels.get(synset)
      if (label === undefined) throw wrongLine(annotations, line, `names ${quoted(synset)}, which is not in wnids.txt`)
      images.push({ path: pathInside(join(root, 'val', 'images'), name, annotations), label })
    }
  }
  return imageListDataset(
    {
      name: 'Tiny-ImageNet',
      images,
      folder: root,
      unreadable,
      classNames: synsets.map((synset) => nameOf.get(synset) ?? synset),
      notices,
      metadata: { source: 'http://cs231n.stanford.edu/tiny-imagenet-200.zip', split, licence: 'for research' },
    },
    { ...options, size },
  )
}
