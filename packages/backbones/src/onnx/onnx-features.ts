import { basename } from 'node:path'
import { runtimeVersion } from '@dc/backend-onnx/model'
import { DataError, type Dataset, OptionError, quoted, ShapeError } from '@dc/core'
import { defaultCacheFolder, rowsChecksum, rowsHash } from '@dc/core/cache'
import { FeatureCache, type Features } from '@dc/data/encoded'
import { type MemoryDataset, memoryDataset } from '@dc/data/rows'
import { featureOutput, type Tokens } from './feature-output'
import { imageInput, type Layout } from './image-input'
import { type ModelFiles, openModel, readModel } from './model-files'

/** How {@link onnxFeatures} runs a model. */
export interface OnnxFeatureOptions {
  /** An ONNX file with one image input. Weights in other files are found beside it. */
  readonly model: string
  /** Subtracted from and divided into each channel before the model sees it; nothing by default. */
  readonly mean?: readonly number[]
  readonly std?: readonly number[]
  /** Order of the model's input. By default its shape decides; `nchw`, PyTorch's order, if both would fit. */
  readonly layout?: Layout
  /** Name of the model's output; may be left out if there is one only. */
  readonly output?: string
  /**
   * How one feature is made of several vectors. Of an output `[n, tokens, d]`: `first` takes the first token, for models that
   * have one for the whole image; `mean` takes the mean of all. Of a map `[n, d, h, w]` (`[n, h, w, d]` in layout `nhwc`):
   * `mean` of all places. Required for such outputs.
   */
  readonly tokens?: Tokens
  /** Images that the model sees at once: by default as many as its input's shape says, or 32. */
  readonly batchSize?: number
  /** Folder for computed features; by default the user's cache folder. `false` computes them each time. */
  readonly cache?: string | false
  readonly threads?: number
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * A dataset of the features that a frozen ONNX model computes of the images of another. Any file that ONNX Runtime reads will
 * do.
 *
 * Features are kept on disk. Their file's name is made of the SHA-256 of the model and of the files beside it that hold its
 * weights, these options, the version of ONNX Runtime, and all rows. A file whose checksum is wrong is made again.
 *
 * @returns features `[d]` with the labels and names of the rows of `dataset`, its notices, and its list of files that were left out
 * @throws DataError if the model or a file of its weights cannot be read, its input is of another type or shape than the images,
 * its output is of a type that cannot be read, has no row for each image, or is not finite
 * @throws BackendError with ONNX Runtime's message; OptionError if the output, or what to take of it, must be chosen; ShapeError
 * if samples are no images or mean and std do not fit their channels
 * @example
 * const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
 * const features = await onnxFeatures(photos, { model: 'dinov2.onnx', ...imageNet })
 */
export async function onnxFeatures(dataset: Dataset, options: OnnxFeatureOptions): Promise<Dataset> {
  checkOptions(dataset, options)
  const model = await readModel(options.model)
  const cache = options.cache === false ? null : featureCache(model, dataset, options)
  const known = cache && (await cache.hasAny()) ? await cache.read(await rowsChecksum(dataset), dataset.size) : null
  if (known) return featureDataset(dataset, options.model, known)
  const { features, rows } = await extract(model, dataset, options)
  const made = featureDataset(dataset, options.model, features)
  try {
    await cache?.write(rows, features)
  } catch (error) {
    if (!DataError.isInstance(error)) throw error
    const notice = `features are not kept, and will be computed again: ${error.message}`
    return { ...made, notices: [...(made.notices ?? []), notice] }
  }
  return made
}

function featureCache({ checksums }: ModelFiles, dataset: Dataset, options: OnnxFeatureOptions): FeatureCache {
  const { cache, onProgress, model, ...deciding } = options
  const { size, sampleShape, image } = dataset
  const runtime = [runtimeVersion(), process.platform, process.arch]
  const facts = { version: 1, checksums, deciding: Object.entries(deciding).sort(), size, sampleShape, image, runtime }
  return new FeatureCache(cache || defaultCacheFolder(), facts)
}

/** A dataset by the rules for all values: finite, and also in float64 where float32 would make different values equal. */
function featureDataset(dataset: Dataset, model: string, values: Features): MemoryDataset {
  const { name, labels, classNames, rowNames, rowFiles, notices, leftOut, metadata } = dataset
  return memoryDataset({
    name: `${name} (${basename(model)})`,
    values,
    sampleShape: [values.length / dataset.size],
    ...(labels && { labels }),
    ...(classNames && { classNames }),
    ...(rowNames && { rowNames }),
    ...(rowFiles && { rowFiles }),
    ...(notices && { notices }),
    ...(leftOut && { leftOut }),
    metadata: { ...metadata, features: model },
  })
}

function checkOptions({ sampleShape, size }: Dataset, { mean, std, batchSize = 1 }: OnnxFeatureOptions): void {
  if (sampleShape.length !== 3)
    throw new ShapeError('dataset.sampleShape', sampleShape, 'images [height, width, channels]')
  if (size === 0) throw new DataError('There are no images to see features in.')
  for (const [name, values] of Object.entries({ mean, std })) {
    if (values && values.length !== sampleShape[2])
      throw new ShapeError(name, [values.length], `[${sampleShape[2]}], one for each channel`)
    if (values && !values.every((value) => Number.isFinite(value) && (name === 'mean' || value > 0)))
      throw new OptionError(name, values, name === 'mean' ? 'finite numbers' : 'numbers > 0')
  }
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new OptionError('batchSize', batchSize, 'an integer ≥ 1')
}

async function extract(
  { path }: ModelFiles,
  dataset: Dataset,
  options: OnnxFeatureOptions,
): Promise<{ features: Features; rows: string }> {
  const { onProgress = () => {} } = options
  const session = openModel(path, options)
  try {
    const { inputs, outputs } = session.values
    const input = imageInput(inputs, dataset, options.model, options)
    const output = featureOutput(outputs, options.model, input.layout, options)
    const batch = batchOf(input.batch, options.batchSize)
    const hash = rowsHash(dataset)
    let features: Features | null = null
    for (let start = 0; start < dataset.size; start += batch) {
      const rows = Array.from({ length: Math.min(batch, dataset.size - start) }, (_, i) => start + i)
      const values = await dataset.read(rows)
      hash.add(values)
      // A model of a fixed batch size gets a full batch.
      const size = input.batch ?? rows.length
      const feed = input.feed(values, rows.length, size, start)
      const found = session.run({ [input.name]: feed }, { [output.name]: null })[output.name]
      const part = output.features(found, size, rows.length, start)
      features ??= output.array((part.length / rows.length) * dataset.size)
      if (part.length * dataset.size !== features.length * rows.length)
        throw new DataError(`The model ${quoted(options.model)} gives features of different widths.`, { rows })
      features.set(part, start * (part.length / rows.length))
      onProgress(start + rows.length, dataset.size)
    }
    return { features: features!, rows: hash.digest() }
  } finally {
    session.dispose()
  }
}

function batchOf(fixed: number | null, asked: number | undefined): number {
  if (fixed !== null && asked !== undefined && asked !== fixed)
    throw new OptionError('batchSize', asked, `${fixed}, which the model is made for`)
  return fixed ?? asked ?? 32
}
