import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DataError, type Dataset } from '@dc/core'
import { byteImageDataset } from './byte-images'
import { findFile } from './find-file'

const parts = { train: ['train'], test: ['test'], all: ['train', 'test'], unlabeled: ['unlabeled'] } as const
export type Stl10Split = keyof typeof parts

const names = ['airplane', 'bird', 'car', 'cat', 'deer', 'dog', 'horse', 'monkey', 'ship', 'truck']
const bytes = 96 * 96 * 3

/**
 * STL-10 in its binary version: `*_X.bin` holds 27,648 bytes an image, red, green, blue planes by columns; `*_y.bin` one
 * label 1…10 an image.
 *
 * @param folder where `train_X.bin` and the others lie, or its parent
 * @param split `all` is train and test, 13,000 images; `unlabeled` has no labels
 * @returns images `[96, 96, 3]` with values 0…1, read when asked for
 * @throws DataError if a file is absent or not of whole images, or labels and images differ in number
 * @see https://cs.stanford.edu/~acoates/stl10
 * @example
 * const stl = await loadStl10('/data/stl10_binary', 'all')
 */
export async function loadStl10(folder: string, split: Stl10Split = 'all'): Promise<Dataset> {
  const folders = [folder, join(folder, 'stl10_binary')]
  const files = []
  const labels: number[] = []
  for (const part of parts[split]) {
    const path = await findFile(folders, `${part}_X.bin`)
    const { size } = await stat(path)
    if (size === 0 || size % bytes !== 0)
      throw new DataError(`'${path}' has ${size} bytes; expected a positive multiple of ${bytes}, whole images.`, {
        path,
        size,
      })
    const count = size / bytes
    files.push({ path, count, stride: bytes, start: 0 })
    if (split !== 'unlabeled') labels.push(...(await readLabels(await findFile(folders, `${part}_y.bin`), count)))
  }
  return byteImageDataset({
    name: 'STL-10',
    files,
    shape: [96, 96, 3],
    order: 'channel-width-height',
    ...(split === 'unlabeled' ? {} : { labels: Int32Array.from(labels), classNames: names }),
    metadata: {
      source: 'https://cs.stanford.edu/~acoates/stl10',
      split,
      licence: 'images from ImageNet; for research',
      citation: 'Coates, Lee, Ng 2011, "An analysis of single-layer networks in unsupervised feature learning"',
    },
  })
}

async function readLabels(path: string, count: number): Promise<number[]> {
  const labels = await readFile(path)
  if (labels.length !== count)
    throw new DataError(`'${path}' has ${labels.length} labels for ${count} images.`, { path, count })
  const bad = labels.find((label) => label < 1 || label > 10)
  if (bad !== undefined) throw new DataError(`'${path}' holds label ${bad}; allowed are 1…10.`, { path, label: bad })
  return Array.from(labels, (label) => label - 1)
}
