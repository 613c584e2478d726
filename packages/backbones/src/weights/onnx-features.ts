import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { Session } from '@dc/backend-onnx/model'
import { DataError, type Dataset, definePlugin, OptionError, pluginReference, ShapeError } from '@dc/core'
import { z } from 'zod'

/** How {@link onnxFeatures} runs a model. */
export interface OnnxFeatureOptions {
  /** An ONNX file with one image input. */
  readonly model: string
  /** Subtracted from and divided into each channel before the model sees it; nothing by default. */
  readonly mean?: readonly number[]
  readonly std?: readonly number[]
  /** Order of the model's input; `nchw` (default) is PyTorch's. */
  readonly layout?: 'nchw' | 'nhwc'
  /** The model's output; by default its first. */
  readonly output?: string
  /** Of an output `[n, tokens, d]`: the first token (default), or the mean of all. Outputs `[n, d, h, w]` are averaged. */
  readonly tokens?: 'first' | 'mean'
  readonly batchSize?: number
  /** Folder for features already computed; by default the user's cache folder; `false` computes them each time. */
  readonly cache?: string | false
  readonly threads?: number
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * A dataset of the features that a frozen ONNX model sees in the images of another: any file that ONNX Runtime reads.
 *
 * Features are kept on disk under a name made of the model's SHA-256, these options, the dataset's name, size and metadata, and
 * 64 of its rows; a file whose checksum is wrong is made again.
 *
 * @returns features `[d]` with the labels of `dataset`
 * @throws DataError if the model cannot be read or its output has no row for each image; BackendError with ONNX Runtime's
 * message; ShapeError if samples are no images or mean and std do not fit their channels
 * @example
 * const photos = await loadImageFolder('photos', { size: [224, 224] })
 * const features = await onnxFeatures(photos, { model: 'dino-vitb16.onnx', ...imageNetStatistics })
 */
export async function onnxFeatures(dataset: Dataset, options: OnnxFeatureOptions): Promise<Dataset> {
  const { model, cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'deep-clustering') } = options
  checkImages(dataset, options)
  const bytes = await readFile(model).catch((error) => {
    throw new DataError(`Cannot read the model '${model}': ${error.message}.`, { model }, error)
  })
  const path = cache === false ? null : join(cache, `${await entryName(bytes, dataset, options)}.features`)
  const known = path === null ? null : await readFeatures(path)
  const features = known ?? (await extract(bytes, dataset, options))
  if (path !== null && !known) await writeFeatures(path, features)
  const width = features.length / dataset.size
  const { name, size, labels, classNames, metadata } = dataset
  return {
    name: `${name} (${basename(model)})`,
    size,
    sampleShape: [width],
    ...(labels ? { labels } : {}),
    ...(classNames ? { classNames } : {}),
    metadata: { ...metadata, features: model },
    async read(rows) {
      const out = new Float32Array(rows.length * width)
      for (let i = 0; i < rows.length; i++) {
        if (!(rows[i] >= 0 && rows[i] < size))
          throw new DataError(`Row ${rows[i]} is outside '${name}' of ${size} samples.`)
        out.set(features.subarray(rows[i] * width, (rows[i] + 1) * width), i * width)
      }
      return out
    },
  }
}

function checkImages({ sampleShape }: Dataset, { mean, std, batchSize = 32 }: OnnxFeatureOptions): void {
  if (sampleShape.length !== 3)
    throw new ShapeError('dataset.sampleShape', sampleShape, 'images [height, width, channels]')
  for (const [name, values] of Object.entries({ mean, std }))
    if (values && values.length !== sampleShape[2])
      throw new ShapeError(name, [values.length], `[${sampleShape[2]}], one for each channel`)
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new OptionError('batchSize', batchSize, 'an integer ≥ 1')
}

async function extract(bytes: Uint8Array, dataset: Dataset, options: OnnxFeatureOptions): Promise<Float32Array> {
  const { batchSize = 32, layout = 'nchw', onProgress = () => {} } = options
  const session = new Session(bytes, options.threads === undefined ? {} : { threads: options.threads })
  try {
    const { inputs, outputs } = session.names
    const output = options.output ?? outputs[0]
    if (inputs.length !== 1) throw new DataError(`The model has inputs ${inputs.join(', ')}; expected one, of images.`)
    if (!outputs.includes(output)) throw new OptionError('output', output, outputs.join(', '))
    const [height, width, channels] = dataset.sampleShape
    const sides = layout === 'nchw' ? [channels, height, width] : [height, width, channels]
    let features: Float32Array | null = null
    for (let start = 0; start < dataset.size; start += batchSize) {
      const rows = Array.from({ length: Math.min(batchSize, dataset.size - start) }, (_, i) => start + i)
      const data = prepare(await dataset.read(rows), dataset.sampleShape, options)
      const feed = { type: 'float32', data, dims: [rows.length, ...sides], location: 'cpu' } as const
      const found = session.run({ [inputs[0]]: feed }, { [output]: null })[output]
      const part = pool(found.data as Float32Array, found.dims, rows.length, options.tokens ?? 'first')
      features ??= new Float32Array((part.length / rows.length) * dataset.size)
      features.set(part, start * (part.length / rows.length))
      onProgress(start + rows.length, dataset.size)
    }
    return features ?? new Float32Array(0)
  } finally {
    session.dispose()
  }
}

/** Normalises, and moves channels first if the model wants them there. */
function prepare(
  values: Float32Array,
  [height, width, channels]: readonly number[],
  options: OnnxFeatureOptions,
): Float32Array {
  const { mean, std, layout = 'nchw' } = options
  const out = new Float32Array(values.length)
  const pixels = height * width
  for (let i = 0; i < values.length; i++) {
    const [c, pixel] = [i % channels, Math.floor(i / channels)]
    const image = Math.floor(pixel / pixels)
    const at = layout === 'nhwc' ? i : (image * channels + c) * pixels + (pixel % pixels)
    out[at] = (values[i] - (mean?.[c] ?? 0)) / (std?.[c] ?? 1)
  }
  return out
}

/** Any output to `[n, d]`. */
function pool(values: Float32Array, dims: readonly number[], n: number, tokens: 'first' | 'mean'): Float32Array {
  if (dims[0] !== n || dims.length < 2 || dims.length > 4)
    throw new DataError(
      `The model's output has shape [${dims.join(', ')}]; expected [${n}, d], [${n}, tokens, d] or [${n}, d, h, w].`,
    )
  if (dims.length === 2) return values
  const [, a, b] = dims
  if (dims.length === 4) {
    const pixels = b * dims[3]
    const out = new Float32Array(n * a)
    for (let i = 0; i < values.length; i++) out[Math.floor(i / pixels)] += values[i] / pixels
    return out
  }
  const out = new Float32Array(n * b)
  const seen = tokens === 'first' ? 1 : a
  for (let row = 0; row < n; row++)
    for (let token = 0; token < seen; token++)
      for (let d = 0; d < b; d++) out[row * b + d] += values[(row * a + token) * b + d] / seen
  return out
}

async function entryName(model: Uint8Array, dataset: Dataset, options: OnnxFeatureOptions): Promise<string> {
  const { mean, std, layout, output, tokens } = options
  const { name, size, sampleShape, metadata } = dataset
  const rows = Array.from({ length: Math.min(64, size) }, (_, i) => Math.floor((i * size) / Math.min(64, size)))
  const sample = await dataset.read(rows)
  return createHash('sha256')
    .update(createHash('sha256').update(model).digest('hex'))
    .update(JSON.stringify({ mean, std, layout, output, tokens, name, size, sampleShape, metadata }))
    .update(new Uint8Array(sample.buffer, sample.byteOffset, sample.byteLength))
    .digest('hex')
    .slice(0, 32)
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

/** SHA-256 of the numbers, then the numbers. */
async function writeFeatures(path: string, features: Float32Array): Promise<void> {
  const bytes = new Uint8Array(features.buffer, features.byteOffset, features.byteLength)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(`${path}.${process.pid}`, Buffer.concat([digest(bytes), bytes]))
  await rename(`${path}.${process.pid}`, path)
}

async function readFeatures(path: string): Promise<Float32Array | null> {
  const found = await readFile(path).catch(() => null)
  if (!found || !digest(found.subarray(32)).equals(found.subarray(0, 32))) return null
  return new Float32Array(Uint8Array.from(found.subarray(32)).buffer)
}

export const onnxFeaturesPlugin = definePlugin({
  kind: 'dataset',
  name: 'onnx-features',
  apiVersion: 1,
  description: 'Features that a frozen ONNX model sees in the images of another dataset, kept on disk',
  options: z.strictObject({
    dataset: z.union([
      z.string(),
      z.object({ name: z.string(), options: z.record(z.string(), z.unknown()).optional() }),
    ]),
    model: z.string().min(1),
    mean: z.array(z.number()).optional(),
    std: z.array(z.number().positive()).optional(),
    layout: z.enum(['nchw', 'nhwc']).default('nchw'),
    output: z.string().optional(),
    tokens: z.enum(['first', 'mean']).default('first'),
    batchSize: z.int().positive().default(32),
    cache: z.union([z.string().min(1), z.literal(false)]).optional(),
  }),
  async create({ dataset, ...options }, context) {
    if (!context.create) throw new OptionError('context.create', undefined, 'a registry: createRegistry(…).create')
    const { name, options: inner } = pluginReference(dataset as Parameters<typeof pluginReference>[0], 'dataset')
    return onnxFeatures((await context.create('dataset', name, inner, context)) as Dataset, options)
  },
})
