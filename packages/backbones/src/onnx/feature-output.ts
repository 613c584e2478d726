import type { ModelValue, NativeTensor } from '@dc/backend-onnx/model'
import { DataError, float16ToNumber, OptionError, quoted } from '@dc/core'
import type { Layout } from './image-input'

/** Which tokens, or places of a map, make a feature. */
export type Tokens = 'first' | 'mean'

/** The arrays that hold each element type in JavaScript, and whether float32 holds every value of it. */
const readable = {
  float32: { wide: false },
  float16: { wide: false },
  uint8: { wide: false },
  int8: { wide: false },
  uint16: { wide: false },
  int16: { wide: false },
  bool: { wide: false },
  float64: { wide: true },
  int32: { wide: true },
  uint32: { wide: true },
  int64: { wide: true },
  uint64: { wide: true },
} as const

/** Most numbers in one batch. */
const largest = 2 ** 28

/** The output of a model that features are taken from. */
export interface FeatureOutput {
  readonly name: string
  /** An array for so many numbers, in float64 if float32 does not hold all of its type. */
  array(size: number): Float32Array | Float64Array
  /**
   * Features of the first `count` images of a batch.
   *
   * @param first row of the first of them, for messages
   * @throws DataError if the output has no row for each image, or a number cannot be held
   */
  features(found: NativeTensor, batch: number, count: number, first: number): Float32Array | Float64Array
}

/**
 * Finds the output that features are taken from. Refuses an output that cannot give features, before any work is done.
 *
 * @param asked name of the output; needed if there are several
 * @param tokens what to take of an output that has several vectors for an image
 * @throws OptionError if the output or the choice of tokens is missing or wrong; DataError if its type or shape cannot be read
 */
export function featureOutput(
  outputs: readonly ModelValue[],
  model: string,
  layout: Layout,
  { output: asked, tokens }: { readonly output?: string; readonly tokens?: Tokens },
): FeatureOutput {
  const names = outputs.map((output) => output.name)
  const list = names.map((name) => quoted(name)).join(', ')
  if (asked === undefined && names.length !== 1) throw new OptionError('output', asked, `one of the model's: ${list}`)
  const value = outputs.find((output) => output.name === (asked ?? names[0]))
  if (!value) throw new OptionError('output', asked, list)
  const { name, type, shape } = value
  const wrong = (what: string) =>
    new DataError(`Output ${quoted(name)} of the model ${quoted(model)} ${what}.`, { model, name })
  if (type === null || !Object.hasOwn(readable, type))
    throw wrong(
      `is ${type ?? 'no tensor'}; readable are ${Object.keys(readable).join(', ')}. Let the model cast it to float32`,
    )
  const { wide } = readable[type as keyof typeof readable]
  if (shape) reduction(shape, layout, tokens, wrong)
  if (shape && shape.reduce<number>((total, side) => total * (typeof side === 'number' ? side : 1), 1) > largest)
    throw wrong(`has shape ${shapeText(shape)}, which cannot be`)
  return {
    name,
    array: (size) => (wide ? new Float64Array(size) : new Float32Array(size)),
    features({ data, dims }, batch, count, first) {
      if (dims[0] !== batch && dims.length > 0)
        throw wrong(
          `has shape [${dims.join(', ')}] for ${batch} images; expected a row for each. Perhaps it takes one at a time: batchSize 1`,
        )
      const { vectors, width, stride, step } = reduction(dims, layout, tokens, wrong)
      if (width === 0) throw wrong(`has shape [${dims.join(', ')}], which holds nothing`)
      const numbers = numbersOf(data as unknown as ForeignArray, type, (value, at) =>
        wrong(`holds ${value}, which no float64 does, for image ${first + Math.floor((at * batch) / data.length)}`),
      )
      const own = data.length / batch
      const out = wide ? new Float64Array(count * width) : new Float32Array(count * width)
      for (let row = 0; row < count; row++)
        for (let d = 0; d < width; d++) {
          let sum = 0
          for (let vector = 0; vector < vectors; vector++) sum += numbers(row * own + vector * stride + d * step)
          out[row * width + d] = sum / vectors
        }
      return out
    },
  }
}

const shapeText = (dims: readonly (number | string)[]) =>
  `[${dims.map((side) => (side === '' ? '?' : side)).join(', ')}]`

/** Which numbers of an image's part of an output make its features: the mean of `vectors` of `width` numbers each. */
interface Reduction {
  readonly vectors: number
  readonly width: number
  /** From a vector to the next. */
  readonly stride: number
  /** From a number of a vector to the next. */
  readonly step: number
}

/** Sizes given by name are skipped here: they are checked when the model has run. */
function reduction(
  dims: readonly (number | string)[],
  layout: Layout,
  tokens: Tokens | undefined,
  wrong: (what: string) => DataError,
): Reduction {
  const text = shapeText(dims)
  if (dims.length < 2 || dims.length > 4)
    throw wrong(`has shape ${text}; expected [n, d], [n, tokens, d], or a map [n, d, h, w] or [n, h, w, d]`)
  const sides = dims.slice(1) as readonly number[]
  const known = sides.every((side) => typeof side === 'number')
  const total = sides.reduce((product, side) => product * side, 1)
  if (dims.length === 2) return { vectors: 1, width: total, stride: total, step: 1 }
  const ones = sides.filter((side) => side === 1).length
  const isOne = dims.length === 3 ? sides[0] === 1 : ones >= 2
  if (isOne) return { vectors: 1, width: total, stride: total, step: 1 }
  if (dims.length === 3) {
    if (!tokens && known)
      throw new OptionError('tokens', tokens, `first or mean: the output is ${text}, a vector for each token`)
    const [count, width] = sides
    return { vectors: tokens === 'mean' ? count : 1, width, stride: width, step: 1 }
  }
  if (tokens !== 'mean' && known)
    throw new OptionError('tokens', tokens, `mean: the output is ${text}, a map, which has a vector for each place`)
  const width = layout === 'nchw' ? sides[0] : sides[2]
  const places = total / width
  return layout === 'nchw'
    ? { vectors: places, width, stride: 1, step: places }
    : { vectors: places, width, stride: width, step: 1 }
}

type ForeignArray = ArrayLike<number> | BigInt64Array | BigUint64Array

/** Reads numbers of a foreign array. */
function numbersOf(
  data: ForeignArray,
  type: string,
  wrong: (value: bigint, at: number) => DataError,
): (at: number) => number {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return (at) => {
      const value = Number(data[at])
      if (BigInt(value) !== data[at]) throw wrong(data[at], at)
      return value
    }
  // Newer versions of Node have a Float16Array; in others the array holds the bits.
  if (type === 'float16' && data instanceof Uint16Array) return (at) => float16ToNumber(data[at])
  return (at) => data[at]
}
