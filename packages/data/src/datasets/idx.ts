import { basename } from 'node:path'
import { DataError, definePlugin, quoted } from '@dc/core/plugin'
import { z } from 'zod'
import { type ReadOptions, readStream } from '../files'
import { type IdxArray, parseIdxHeader, readIdx } from '../formats/idx'
import { encodeLabels } from '../labels'
import { type MemoryDataset, memoryDataset } from '../memory-dataset'
import { inMemory } from '../unpacking'
import { checkLabels } from './array-samples'
import { findIdxFiles, type IdxPart, type IdxSplit } from './idx-files'

/** How {@link loadIdx} reads. */
export interface IdxOptions extends ReadOptions {
  /** Which of several sets in one folder, by the part of their files' names beside `train`, `images`, …: `emnist-letters`. */
  readonly set?: string
  /** `false` ignores labels files. */
  readonly labels?: boolean
}

/**
 * Loads an MNIST-like folder: `*-images-idx3-ubyte` beside `*-labels-idx1-ubyte`, plain or gzip.
 *
 * A plain file and its compressed copy count as one file. Sets of other names in one folder (`emnist-letters-…`,
 * `emnist-digits-…`) have other classes and are not joined. Label −1 is unknown; so are the labels of images whose part has
 * no labels file.
 *
 * @param path the folder, or one images file
 * @param split `test` (the default; what there is, if there is no test file), `train`, or `all`
 * @returns images `[height, width, 1]`; bytes become 0…1, other types stay as they are
 * @throws DataError if there is no such file, images and labels differ in number, the parts do not fit together, or a file is
 * corrupt
 * @example
 * const fashion = await loadIdx('/usr/share/datasets/fashion-mnist')   // the 10,000 test images
 */
export async function loadIdx(
  path: string,
  split: IdxSplit = 'test',
  options: IdxOptions = {},
): Promise<MemoryDataset> {
  const found = await findIdxFiles(path, split, options.set)
  const parts: Part[] = []
  for (const files of found.parts) parts.push(await readPart(files, options))
  const [{ images: first }] = parts
  const [, height, width] = first.shape
  for (const { images } of parts)
    if (images.shape[1] !== height || images.shape[2] !== width || images.type !== first.type)
      throw new DataError(`The images files in ${quoted(path)} differ in image size or type.`, { path })
  const values = inMemory(path, () => joined(parts.map((part) => part.images)))
  const { notices = [], ...known } = joinedLabels(parts, path)
  return memoryDataset({
    name: basename(path),
    values,
    sampleShape: [height, width, 1],
    ...known,
    image: { height, width, channels: 1, range: first.type === 'u8' ? [0, 1] : range(values) },
    notices: [...found.notices, ...notices],
    metadata: { source: path, split },
  })
}

interface Part {
  readonly path: string
  readonly images: IdxArray
  readonly labels?: IdxArray
}

async function readPart({ images: path, labels: labelsPath }: IdxPart, options: IdxOptions): Promise<Part> {
  const images = await readIdx(path, options)
  if (images.shape.length !== 3)
    throw new DataError(
      `${quoted(path)} holds an array of shape [${images.shape.join(', ')}]; images have three dimensions.`,
      { path },
    )
  if (labelsPath === undefined || options.labels === false) return { path, images }
  const labels = await readIdx(labelsPath, options)
  checkLabels(labels, images.shape, labelsPath)
  return { path, images, labels }
}

/** The values of all parts; bytes become 0…1. */
function joined(parts: readonly IdxArray[]): Float32Array | Float64Array {
  const [{ type, values: first }] = parts
  if (parts.length === 1 && (first instanceof Float32Array || first instanceof Float64Array)) return first
  const count = parts.reduce((sum, part) => sum + part.values.length, 0)
  const out = type === 'i32' || type === 'f64' ? new Float64Array(count) : new Float32Array(count)
  const scale = type === 'u8' ? 255 : 1
  let at = 0
  for (const { values } of parts) for (let i = 0; i < values.length; i++) out[at++] = values[i] / scale
  return out
}

/** The labels of all parts; unknown for a part that has none. */
function joinedLabels(parts: readonly Part[], path: string): Partial<ReturnType<typeof encodeLabels>> {
  const labelled = parts.filter((part) => part.labels)
  if (labelled.length === 0) return {}
  const classes = labelled.map((part) => new Set<number>(part.labels!.values))
  if (classes.some((other) => [...other].every((label) => !classes[0].has(label))))
    throw new DataError(
      `The labels files in ${quoted(path)} have no class in common, so that their parts cannot be joined.`,
      { path },
    )
  const values = new Float64Array(parts.reduce((count, { images }) => count + images.shape[0], 0)).fill(Number.NaN)
  let at = 0
  for (const { images, labels } of parts) {
    if (labels) values.set(labels.values, at)
    at += images.shape[0]
  }
  const { notices, ...known } = encodeLabels(values)
  const without = parts
    .filter((part) => !part.labels)
    .map((part) => `${quoted(basename(part.path))} has no labels file`)
  return { ...known, notices: [...without, ...notices] }
}

function range(values: Float32Array | Float64Array): [number, number] {
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
  options: z.strictObject({
    path: z.string().min(1),
    split: z.enum(['train', 'test', 'all']).default('test'),
    set: z.string().optional().describe('which of several sets in the folder: emnist-letters'),
    labels: z.boolean().default(true).describe('looks for labels files'),
    maxUnpackedBytes: z.int().positive().optional(),
  }),
  async describe({ path, split, set, maxUnpackedBytes }) {
    const [{ images }] = (await findIdxFiles(path, split, set)).parts
    const { shape } = await readStream(images, { maxUnpackedBytes }, parseIdxHeader)
    const [, height, width] = shape
    return shape.length === 3 ? { image: { height, width, channels: 1 } } : {}
  },
  create: ({ path, split, ...options }) => loadIdx(path, split, options),
})
