import { basename } from 'node:path'
import type { Session } from '@dc/backend-onnx/model'
import { DataError, type EncoderPictures, OptionError, type PictureEncoder, quoted } from '@dc/core'
import { checksum } from '@dc/core/cache'
import { featureOutput, type Tokens } from './feature-output'
import { imageInput, type Layout } from './image-input'
import { openModel, readModel } from './model-files'

/** How {@link onnxEncoder} uses a model. */
export interface OnnxEncoderOptions {
  /** An ONNX file with one image input. Weights in other files are found beside it. */
  readonly model: string
  /** Height and width of the pictures: by default what the model takes, or 224 each. */
  readonly size?: readonly [number, number]
  /** How a picture of another form gets this one. Default `crop`. */
  readonly fit?: EncoderPictures['fit']
  /** Subtracted from and divided into each channel of values 0…1; nothing by default. */
  readonly mean?: readonly number[]
  readonly std?: readonly number[]
  /** Order of the model's input; see `onnxFeatures` for this and the next two. */
  readonly layout?: Layout
  readonly output?: string
  readonly tokens?: Tokens
  /** Pictures that the model sees at once: by default as many as its input's shape says, or 8. */
  readonly batchSize?: number
  readonly threads?: number
  /** Facts for whoever keeps what the encoder says. */
  readonly name?: string
  readonly source?: string
  readonly revision?: string
  readonly licence?: string
}

/** Pixels to a side where the model takes any. */
const usualSize = 224
/** More at once are no faster on a CPU, and take more memory. */
const usualBatch = 8

/**
 * An encoder that is a frozen ONNX model of pictures. Any file that ONNX Runtime reads will do.
 *
 * @throws DataError if the model, or a file of its weights, cannot be read, takes no pictures, or gives no features
 * @throws OptionError if its output, or what to take of it, must be chosen, or mean and std do not fit its channels;
 * BackendError with ONNX Runtime's message
 * @example
 * const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
 * const encoder = await onnxEncoder({ model: 'dinov2.onnx', ...imageNet, tokens: 'first' })
 */
export async function onnxEncoder(options: OnnxEncoderOptions): Promise<PictureEncoder> {
  const { model, mean, std, output, tokens, name = basename(model), source, revision, licence } = options
  const { path, checksums } = await readModel(model)
  const session = openModel(path, options)
  try {
    const { inputs, outputs } = session.values
    const { channels, layout: order, ...sides } = formOf(session, model, options)
    const given: EncoderPictures = { of: 'pictures', ...sides, channels, fit: options.fit ?? 'crop' }
    const { height, width, fit } = given
    checkStatistics({ mean, std }, channels)
    const images = {
      sampleShape: [height, width, channels],
      image: { height, width, channels, range: [0, 1] as const },
    }
    const input = imageInput(inputs, images, model, { mean, std, ...(order && { layout: order }) })
    const found = featureOutput(outputs, model, input.layout, { output, tokens })
    const batchSize = batchOf(input.batch, options.batchSize)
    const encode = (rows: Float32Array): Float32Array => {
      const count = rows.length / (height * width * channels)
      // A model of a fixed batch size gets a full batch.
      const size = input.batch ?? count
      const parts: Float32Array[] = []
      for (let start = 0; start < count; start += size) {
        const some = Math.min(size, count - start)
        const values = rows.subarray(start * height * width * channels)
        const feed = input.feed(values, some, size, start)
        const given = session.run({ [input.name]: feed }, { [found.name]: null })[found.name]
        parts.push(Float32Array.from(found.features(given, size, some, start)))
      }
      return parts.length === 1 ? parts[0] : joined(parts)
    }
    // One blank picture tells how many features there are, and that the model runs.
    const features = encode(new Float32Array(height * width * channels)).length
    const deciding = { checksums, height, width, channels, fit, mean, std, layout: input.layout, output, tokens }
    return {
      name,
      input: given,
      features,
      batchSize,
      checksum: checksum(JSON.stringify(deciding)),
      ...(mean && { mean }),
      ...(std && { deviation: std }),
      ...(source !== undefined && { source }),
      ...(revision !== undefined && { revision }),
      ...(licence !== undefined && { licence }),
      encode: async (rows) => encode(rows),
      dispose: () => session.dispose(),
    }
  } catch (error) {
    session.dispose()
    throw error
  }
}

/** The pictures that a model takes, by the shape of its input, and their order where only the options or one side tell it. */
function formOf(session: Session, model: string, { size, layout }: OnnxEncoderOptions) {
  const shape = session.values.inputs[0]?.shape ?? []
  const last = shape[3] === 1 || shape[3] === 3
  const order = layout ?? (last && shape[1] !== 1 && shape[1] !== 3 ? 'nhwc' : undefined)
  const [high, wide, deep] = order === 'nhwc' ? [shape[1], shape[2], shape[3]] : [shape[2], shape[3], shape[1]]
  if (typeof deep === 'number' && deep !== 1 && deep !== 3)
    throw new DataError(`The model ${quoted(model)} takes ${deep} channels; pictures have 1 or 3.`, { model })
  const side = (own: unknown, asked: number | undefined) => asked ?? (typeof own === 'number' ? own : usualSize)
  const channels: 1 | 3 = deep === 1 ? 1 : 3
  return { height: side(high, size?.[0]), width: side(wide, size?.[1]), channels, layout: order }
}

function checkStatistics(statistics: Record<'mean' | 'std', readonly number[] | undefined>, channels: number): void {
  for (const [name, values] of Object.entries(statistics)) {
    if (values && values.length !== channels)
      throw new OptionError(name, values, `${channels} ${channels === 1 ? 'number' : 'numbers'}, one for each channel`)
    if (values && !values.every((value) => Number.isFinite(value) && (name === 'mean' || value > 0)))
      throw new OptionError(name, values, name === 'mean' ? 'finite numbers' : 'numbers > 0')
  }
}

function batchOf(fixed: number | null, asked: number | undefined): number {
  if (fixed !== null && asked !== undefined && asked !== fixed)
    throw new OptionError('batchSize', asked, `${fixed}, which the model is made for`)
  return fixed ?? asked ?? usualBatch
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((total, { length }) => total + length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
