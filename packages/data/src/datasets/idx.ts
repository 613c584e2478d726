import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DataError, definePlugin } from '@dc/core'
import { z } from 'zod'
import { type IdxArray, readIdx } from '../formats/idx'
import { encodeLabels } from '../labels'
import { type MemoryDataset, memoryDataset } from '../memory-dataset'

const imagesPattern = /images.*idx3/i
type Split = 'train' | 'test' | 'all'

/**
 * Loads an MNIST-like folder: `*-images-idx3-ubyte` beside `*-labels-idx1-ubyte`, plain or gzip.
 *
 * @param path the folder, or one images file
 * @param split `test` (the default; falls back to all there is), `train`, or `all`
 * @returns images `[height, width, 1]`; bytes become 0…1, other types stay as they are
 * @throws DataError if there is no such file, images and labels differ in number, or a file is corrupt
 * @example
 * const fashion = await loadIdx('/usr/share/datasets/fashion-mnist')   // the 10,000 test images
 */
export async function loadIdx(path: string, split: Split = 'test'): Promise<MemoryDataset> {
  const parts: { images: IdxArray; labels?: IdxArray }[] = []
  for (const file of await findImages(path, split)) {
    const images = await readIdx(file)
    if (images.shape.length !== 3)
      throw new DataError(
        `'${file}' holds an array of shape [${images.shape.join(', ')}]; images have three dimensions.`,
        {
          path: file,
        },
      )
    const labels = await findLabels(file)
    if (labels && labels.values.length !== images.shape[0])
      throw new DataError(`'${file}' has ${images.shape[0]} images, its labels file ${labels.values.length} labels.`, {
        path: file,
      })
    parts.push({ images, labels })
  }
  const [, height, width] = parts[0].images.shape
  const bytes = parts[0].images.type === 'u8'
  const values = new Float32Array(parts.reduce((count, part) => count + part.images.values.length, 0))
  let at = 0
  for (const { images } of parts) {
    if (images.shape[1] !== height || images.shape[2] !== width)
      throw new DataError(`The images files in '${path}' differ in image size.`, { path })
    for (const value of images.values) values[at++] = bytes ? value / 255 : value
  }
  const known = parts.every((part) => part.labels)
    ? encodeLabels(parts.flatMap((part) => Array.from(part.labels!.values)))
    : undefined
  return memoryDataset({
    name: basename(path),
    values,
    sampleShape: [height, width, 1],
    ...known,
    image: { height, width, channels: 1, range: bytes ? [0, 1] : range(values) },
    metadata: { source: path, split },
  })
}

/** The images files of a split, train before test. */
async function findImages(path: string, split: Split): Promise<string[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new DataError(`'${path}' does not exist.`, { path })
  if (!found.isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => imagesPattern.test(name)).sort()
  if (names.length === 0)
    throw new DataError(`'${path}' holds no IDX images (such as t10k-images-idx3-ubyte.gz).`, { path })
  const train = names.filter((name) => /train/i.test(name))
  const test = names.filter((name) => !/train/i.test(name))
  const chosen = split === 'train' ? train : split === 'test' ? (test.length > 0 ? test : train) : [...train, ...test]
  if (chosen.length === 0)
    throw new DataError(`'${path}' holds no ${split} images; there are: ${names.join(', ')}.`, { path, split, names })
  return chosen.map((name) => join(path, name))
}

async function findLabels(images: string): Promise<IdxArray | undefined> {
  const stem = basename(images)
    .replace(/\.gz$/, '')
    .replace(/images/i, 'labels')
    .replace(/idx3/i, 'idx1')
  const names = await readdir(dirname(images))
  const name = names.find((candidate) => candidate === stem || candidate === `${stem}.gz`)
  return name === undefined || name === basename(images) ? undefined : readIdx(join(dirname(images), name))
}

function range(values: Float32Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}

export const idx = definePlugin({
  kind: 'dataset',
  name: 'idx',
  apiVersion: 1,
  description: 'A folder of IDX files, as MNIST and Fashion-MNIST come, plain or gzip',
  options: z.strictObject({ path: z.string().min(1), split: z.enum(['train', 'test', 'all']).default('test') }),
  create: ({ path, split }) => loadIdx(path, split),
})
