import { join } from 'node:path'
import { DataError, type Dataset, quoted } from '@dc/core/plugin'
import { readBytes } from '../files'
import { byteImageDataset } from './byte-images'
import { findFile } from './find-file'
import { countRecords } from './record-count'

const parts = { train: ['train'], test: ['test'], all: ['train', 'test'], unlabeled: ['unlabeled'] } as const
export type Stl10Split = keyof typeof parts

const names = ['airplane', 'bird', 'car', 'cat', 'deer', 'dog', 'horse', 'monkey', 'ship', 'truck']
const bytes = 96 * 96 * 3
const published = { train: 5000, test: 8000, unlabeled: 100_000 }

/**
 * STL-10 in its binary version. `*_X.bin` holds 27,648 bytes per image: red, green and blue planes, by columns. `*_y.bin`
 * holds one label 1…10 per image.
 *
 * @param folder where `train_X.bin` and the others lie, or its parent
 * @param split `all` is train and test, 13,000 images; `unlabeled` has no labels
 * @param options `partial` takes files with any number of images; without it another number than published is an error
 * @returns images `[96, 96, 3]` with values 0…1, read when asked for
 * @throws DataError if a file is absent, does not consist of whole images, has another number of them, or labels and images
 * differ in number
 * @see https://cs.stanford.edu/~acoates/stl10
 * @example
 * const stl = await loadStl10('/data/stl10_binary', 'all')
 */
export async function loadStl10(
  folder: string,
  split: Stl10Split = 'all',
  { partial = false }: { readonly partial?: boolean } = {},
): Promise<Dataset> {
  const folders = [folder, join(folder, 'stl10_binary')]
  const files = []
  const labels: Int32Array[] = []
  for (const part of parts[split]) {
    const path = await findFile(folders, `${part}_X.bin`)
    const count = await countRecords(path, bytes, partial ? undefined : published[part])
    files.push({ path, count, stride: bytes, start: 0 })
    if (split !== 'unlabeled') labels.push(await readLabels(await findFile(folders, `${part}_y.bin`), count))
  }
  return byteImageDataset({
    name: 'STL-10',
    files,
    shape: [96, 96, 3],
    order: 'channel-width-height',
    ...(split === 'unlabeled' ? {} : { labels: joined(labels), classNames: names }),
    metadata: {
      source: 'https://cs.stanford.edu/~acoates/stl10',
      split,
      licence: 'images from ImageNet; for research',
      citation: 'Coates, Lee, Ng 2011, "An analysis of single-layer networks in unsupervised feature learning"',
    },
  })
}

async function readLabels(path: string, count: number): Promise<Int32Array> {
  const labels = await readBytes(path)
  if (labels.length !== count)
    throw new DataError(`${quoted(path)} has ${labels.length} labels for ${count} images.`, { path, count })
  const bad = labels.find((label) => label < 1 || label > 10)
  if (bad !== undefined)
    throw new DataError(`${quoted(path)} holds label ${bad}; allowed are 1…10.`, { path, label: bad })
  return Int32Array.from(labels, (label) => label - 1)
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((count, part) => count + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
