import type { ModelValue, NativeTensor } from '@dc/backend-onnx/model'
import { DataError, type Dataset, numberToFloat16, OptionError, quoted } from '@dc/core'

export type Layout = 'nchw' | 'nhwc'

/** How images are given to a model. */
export interface ImageInput {
  readonly name: string
  readonly layout: Layout
  /** Images that the model takes at once; null if any number. */
  readonly batch: number | null
  /**
   * A batch for the model.
   *
   * @param values images in NHWC, `count` of them from row `first` on
   * @param batch how many the model gets; the last image fills what is left
   * @throws DataError if a value does not fit the model's type
   */
  feed(values: Float32Array, count: number, batch: number, first: number): NativeTensor
}

interface InputOptions {
  readonly mean?: readonly number[]
  readonly std?: readonly number[]
  readonly layout?: Layout
}

type Images = Pick<Dataset, 'sampleShape' | 'image'>
/** Most values in one batch. */
const largest = 2 ** 28

/**
 * Finds out how a model takes images, from the type and shape of its input.
 *
 * @throws DataError if the model has not just one input, or images cannot be given in that input's type or shape; OptionError
 * for `mean` and `std` of a model that takes bytes
 */
export function imageInput(
  inputs: readonly ModelValue[],
  images: Images,
  model: string,
  options: InputOptions,
): ImageInput {
  const wrong = (what: string) => new DataError(`The model ${quoted(model)} ${what}.`, { model })
  if (inputs.length !== 1)
    throw wrong(
      `has ${inputs.length} inputs (${inputs.map(({ name }) => quoted(name)).join(', ')}); expected one, of images`,
    )
  const [{ name, type, shape }] = inputs
  const convert = Object.hasOwn(converters, type ?? '') ? converters[type as keyof typeof converters] : undefined
  if (!convert)
    throw wrong(
      `takes ${type ?? 'no tensor'} (input ${quoted(name)}); images are given as ${Object.keys(converters).join(', ')}`,
    )
  if (type === 'uint8' && (options.mean || options.std))
    throw new OptionError('mean, std', { mean: options.mean, std: options.std }, 'none: the model takes bytes 0 … 255')
  const layout = findLayout(shape, images.sampleShape, wrong, options.layout)
  const batch = typeof shape?.[0] === 'number' ? shape[0] : null
  const [height, width, channels] = images.sampleShape
  const sides = layout === 'nchw' ? [channels, height, width] : [height, width, channels]
  const sample = height * width * channels
  if (batch !== null && (batch < 1 || batch * sample > largest))
    throw wrong(`takes ${batch} images at once, which cannot be`)
  const mapping = converter(images, options, type === 'uint8')
  return {
    name,
    layout,
    batch,
    feed(values, count, size, first) {
      const data = convert.array(size * sample)
      const pixels = height * width
      if (type === 'float32') {
        for (let image = 0; image < size; image++)
          for (let channel = 0; channel < channels; channel++) {
            const [low, scale] = [options.mean?.[channel] ?? 0, options.std?.[channel] ?? 1]
            const [first, step] = layout === 'nhwc' ? [channel, channels] : [channel * pixels, 1]
            let from = Math.min(image, count - 1) * sample + channel
            let to = image * sample + first
            for (let pixel = 0; pixel < pixels; pixel++, from += channels, to += step)
              data[to] = (values[from] - low) / scale
          }
        return { type, data, dims: [size, ...sides], location: 'cpu' } as unknown as NativeTensor
      }
      for (let image = 0; image < size; image++)
        for (let pixel = 0; pixel < pixels; pixel++)
          for (let channel = 0; channel < channels; channel++) {
            const from = pixel * channels + channel
            const at = image * sample + (layout === 'nhwc' ? from : channel * pixels + pixel)
            const given = values[Math.min(image, count - 1) * sample + from]
            const value = mapping(given, channel)
            data[at] = convert.number(value)
            if (!convert.holds(value, data[at]))
              throw wrong(
                `takes ${type}, which cannot hold ${given}, a value of image ${first + Math.min(image, count - 1)}`,
              )
          }
      return { type: type!, data, dims: [size, ...sides], location: 'cpu' } as unknown as NativeTensor
    },
  }
}

interface Converter {
  array(size: number): Float32Array | Float64Array | Uint16Array | Uint8Array
  number(value: number): number
  holds(value: number, written: number): boolean
}

const always = () => true
const converters = {
  float32: { array: (size) => new Float32Array(size), number: (value) => value, holds: always },
  float64: { array: (size) => new Float64Array(size), number: (value) => value, holds: always },
  float16: {
    array: (size) => new Uint16Array(size),
    number: numberToFloat16,
    holds: (value, bits) => !Number.isFinite(value) || (bits & 0x7fff) !== 0x7c00,
  },
  uint8: {
    array: (size) => new Uint8Array(size),
    number: Math.round,
    holds: (value, byte) => Math.abs(value - byte) < 0.51,
  },
} as const satisfies Record<string, Converter>

/** Maps a value to what the model sees: normalised, or a byte by the range that the dataset gives for its images. */
function converter(
  { image }: Images,
  { mean, std }: InputOptions,
  bytes: boolean,
): (value: number, channel: number) => number {
  if (!bytes) return (value, channel) => (value - (mean?.[channel] ?? 0)) / (std?.[channel] ?? 1)
  // Without a range, 0.3 may be a share of 1 or of 255.
  if (!image) return (value) => (Number.isInteger(value) ? value : Number.NaN)
  const [low, high] = image.range
  return (value) => ((value - low) / (high - low)) * 255
}

/** Where the model wants channels: by its shape, by the option, or as in PyTorch. */
function findLayout(
  shape: ModelValue['shape'],
  [height, width, channels]: readonly number[],
  wrong: (what: string) => DataError,
  asked?: Layout,
): Layout {
  if (shape === null) return asked ?? 'nchw'
  const takes = `takes [${shape.map((side) => (side === '' ? '?' : side)).join(', ')}]`
  if (shape.length !== 4) throw wrong(`${takes}; expected images, [n, c, h, w] or [n, h, w, c]`)
  const found = { nchw: [channels, height, width], nhwc: [height, width, channels] }
  const fits = (layout: Layout) =>
    found[layout].every((side, i) => typeof shape[i + 1] === 'string' || side === shape[i + 1])
  const layouts = (asked ? [asked] : (['nchw', 'nhwc'] as const)).filter(fits)
  if (layouts.length > 0) return layouts[0]
  const given = (asked ? [asked] : (['nchw', 'nhwc'] as const)).map((layout) => `[n, ${found[layout].join(', ')}]`)
  const size = shape[1] === channels ? shape.slice(2) : shape[3] === channels ? shape.slice(1, 3) : []
  const hint =
    size.length === 2 && size.every((side) => typeof side === 'number')
      ? `; load them with size [${size.join(', ')}]`
      : ''
  throw wrong(
    `${takes}; the images are ${height} × ${width} with ${channels} channel${channels === 1 ? '' : 's'}, ${given.join(' or ')}${hint}`,
  )
}
