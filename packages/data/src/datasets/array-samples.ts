import { DataError, type DatasetDescription, quoted } from '@dc/core/plugin'
import type { NpyArray } from '../formats/npy'
import type { Values } from '../formats/npy-elements'
import { type EncodedLabels, encodeLabels } from '../labels'
import type { MemoryDatasetInit } from '../memory-dataset'
import { inMemory } from '../unpacking'

/** The part of a dataset that comes from an array of samples. */
export type ArraySamples = Pick<MemoryDatasetInit, 'values' | 'sampleShape' | 'image'>

/**
 * The values of a dataset from an array whose first axis counts samples.
 *
 * `[n, d]` are features, taken as they are. `[n, height, width]` and `[n, height, width, channels]` are images in NHWC. Their
 * bytes become 0…1; other types stay as they are. Bytes or bools of one or three channels can be drawn.
 *
 * @throws DataError for another rank, for text, and for images whose channels come first
 */
export function samplesOf({ shape, values, dtype }: NpyArray, path: string): ArraySamples {
  const fail = (what: string) =>
    new DataError(`${quoted(path)} holds an array of shape [${shape.join(', ')}]${what}`, { path, shape })
  if (shape.length === 1)
    throw fail(
      `; samples need [n, d]. Save x.reshape(-1, 1) if it is one value of each sample, x.reshape(1, -1) if it is one sample.`,
    )
  if (shape.length < 2 || shape.length > 4) throw fail('; samples need [n, d], [n, h, w] or [n, h, w, c].')
  const bytes = isBytes({ shape, dtype })
  const numbers = inMemory(path, () => (bytes ? scaled(values as Uint8Array) : featuresOf(values)))
  if (!numbers) throw fail(` of text (${dtype}); samples are numbers.`)
  if (shape.length === 2) return { values: numbers, sampleShape: [shape[1]] }
  const [, height, width, channels = 1] = shape
  if (isColour(shape[1]) && !isColour(channels))
    throw fail(
      '; in images the channels come last. Save x.transpose(0, 2, 3, 1), or x.reshape(len(x), -1) if these are no images.',
    )
  const { image } = describeSamples({ shape, dtype })
  return {
    values: numbers,
    sampleShape: [height, width, channels],
    ...(image && { image: { ...image, range: [0, 1] } }),
  }
}

/** What an array of samples says of them by its header. Nothing of one that {@link samplesOf} refuses. */
export function describeSamples(header: Pick<NpyArray, 'shape' | 'dtype'>): DatasetDescription {
  const { shape, dtype } = header
  if (shape.length < 3 || shape.length > 4) return {}
  const [, height, width, channels = 1] = shape
  const isDrawn = isBytes(header) || /(b1|\?)$/.test(dtype)
  return isDrawn && isColour(channels) ? { image: { height, width, channels } } : {}
}

const isBytes = ({ shape, dtype }: Pick<NpyArray, 'shape' | 'dtype'>) => shape.length > 2 && /^[<>|=]?u1$/.test(dtype)

const scaled = (bytes: Uint8Array) => Float32Array.from(bytes, (value) => value / 255)
const isColour = (channels: number): channels is 1 | 3 => channels === 1 || channels === 3

/** The numbers in an array type that holds them exactly and that a dataset takes; null for text. */
export function featuresOf(values: Values): MemoryDatasetInit['values'] | null {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return values
  if (values instanceof Float32Array || values instanceof Float64Array) return values
  if (values instanceof Int32Array || values instanceof Uint32Array) return new Float64Array(values)
  if (!ArrayBuffer.isView(values)) return null
  return new Float32Array(values)
}

/**
 * Checks that an array has a label for each sample: shape `[n]`, `[n, 1]` or `[1, n]`.
 *
 * @param samples shape of the array of samples; its first side is their number
 * @throws DataError if there are more labels than samples, or fewer, or several for one sample
 */
export function checkLabels(
  { shape, values }: Pick<NpyArray, 'shape' | 'values'>,
  samples: readonly number[],
  path: string,
): void {
  const [size] = samples
  if (values.length === size && shape.filter((side) => side !== 1).length <= 1) return
  const oneColumnEach = shape.length === 2 && shape[0] === size
  const transposed = samples.length === 2 && samples[1] === values.length
  const hint = oneColumnEach
    ? ' If these are one column for each class, save y.argmax(1).'
    : transposed
      ? ` The samples are of shape [${samples.join(', ')}]: if they are its columns, save x.T.`
      : ''
  throw new DataError(
    `${quoted(path)} holds labels of shape [${shape.join(', ')}]; expected [${size}], a label for each sample.${hint}`,
    { path, shape },
  )
}

/**
 * An array of numbers, bools or text as the labels of samples.
 *
 * @throws DataError as {@link checkLabels}
 */
export function labelsOf(array: NpyArray, samples: readonly number[], path: string): EncodedLabels {
  checkLabels(array, samples, path)
  return encodeLabels(array.values)
}
