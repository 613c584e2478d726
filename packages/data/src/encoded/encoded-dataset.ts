import { checksum, defaultCacheFolder, rowsChecksum } from '@dc/core/cache'
import {
  DataError,
  type Dataset,
  describesPictures,
  type Encoder,
  letEventsIn,
  OptionError,
  quoted,
} from '@dc/core/plugin'
import { type MemoryDataset, memoryDataset } from '../memory-dataset'
import { FeatureCache } from './feature-cache'
import { picturesFor } from './fit-pictures'

/** How {@link encodedDataset} works. */
export interface EncodeOptions {
  /** Folder for computed features; by default the user's cache folder. `false` computes them each time. */
  readonly cache?: string | false
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/** Increase this number whenever other features are made of the same rows by the same encoder. */
const version = 1

/**
 * The rows of a data set as an encoder describes them: pictures or texts become features. Labels, names, files and notices stay
 * with their rows, and `seen` is the data set that was given.
 *
 * Features are kept on disk, under the checksums of the encoder and of the rows: what was described once is not computed again.
 *
 * @param dataset pictures of any size, or texts; pictures of another size than the encoder's are resized
 * @returns `[n, features]`
 * @throws OptionError if the encoder describes texts and the rows are none, or the other way round; DataError if a feature is
 * not finite; InterruptedError once the signal is aborted
 * @example
 * const features = await encodedDataset(photos, encoder)
 */
export async function encodedDataset(
  dataset: Dataset,
  encoder: Encoder,
  options: EncodeOptions = {},
): Promise<MemoryDataset> {
  const rows = rowsFor(dataset, encoder)
  const { name, checksum: sum, features: width, input } = encoder
  const facts = { version, encoder: sum, input, size: dataset.size, machine: [process.platform, process.arch] }
  const cache = options.cache === false ? null : new FeatureCache(options.cache || defaultCacheFolder(), facts)
  const identity = cache && (await identityOf(dataset))
  const known = cache && identity !== null ? await cache.read(identity, dataset.size) : null
  if (known && known.length === dataset.size * width) return featureDataset(dataset, encoder, Float32Array.from(known))
  const found = new Float32Array(dataset.size * width)
  const { batchSize } = encoder
  const batch = (start: number) =>
    Int32Array.from({ length: Math.min(batchSize, dataset.size - start) }, (_, at) => start + at)
  // The next rows are read while these are described.
  let next = rows(batch(0))
  for (let start = 0; start < dataset.size; start += batchSize) {
    const encode = await next
    const after = start + batchSize
    if (after < dataset.size) {
      next = rows(batch(after))
      // If this batch fails, nobody waits for that one.
      next.catch(() => {})
    }
    await letEventsIn(options.signal)
    const part = await encode()
    const { length } = batch(start)
    if (part.length !== length * width)
      throw new DataError(
        `The encoder ${quoted(name)} gives ${part.length} values for ${length} rows; expected ${length * width}.`,
        { encoder: name },
      )
    found.set(part, start * width)
    options.onProgress?.(start + length, dataset.size)
  }
  const made = featureDataset(dataset, encoder, found)
  try {
    if (cache && identity !== null) await cache.write(identity, found)
  } catch (error) {
    if (!DataError.isInstance(error)) throw error
    const notice = `features are not kept, and will be computed again: ${error.message}`
    return { ...made, notices: [...(made.notices ?? []), notice] }
  }
  return made
}

/** A text that tells these rows from all others. */
async function identityOf(dataset: Dataset): Promise<string> {
  if (dataset.texts) return checksum(JSON.stringify(dataset.texts))
  const { image, sampleShape } = dataset
  const rows = (await dataset.fingerprint?.()) ?? (await rowsChecksum(dataset))
  return checksum(JSON.stringify([rows, image, sampleShape]))
}

/** Reads rows, and says how they are described then. */
type Rows = (rows: Int32Array) => Promise<() => Promise<Float32Array>>

function rowsFor(dataset: Dataset, encoder: Encoder): Rows {
  const { texts } = dataset
  if (describesPictures(encoder)) {
    if (texts) throw new OptionError('encoder', encoder.name, 'one that describes texts: so do the rows')
    const pictures = picturesFor(dataset, encoder.input)
    return async (rows) => {
      const values = await pictures(rows)
      return () => encoder.encode(values)
    }
  }
  if (!texts)
    throw new OptionError('encoder', encoder.name, `one that describes pictures; ${quoted(dataset.name)} has no texts`)
  return async (rows) => {
    const values = Array.from(rows, (row) => texts[row])
    return () => encoder.encode(values)
  }
}

function featureDataset(dataset: Dataset, encoder: Encoder, values: Float32Array): MemoryDataset {
  const { name, labels, classNames, rowNames, rowFiles, notices, leftOut, metadata } = dataset
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw new DataError(
      `The encoder ${quoted(encoder.name)} gives ${values[bad]} for row ${Math.floor(bad / encoder.features)} of ${quoted(name)}.`,
      { encoder: encoder.name },
    )
  return memoryDataset({
    name,
    values,
    sampleShape: [encoder.features],
    ...(labels && { labels }),
    ...(classNames && { classNames }),
    ...(rowNames && { rowNames }),
    ...(rowFiles && { rowFiles }),
    ...(notices && { notices }),
    ...(leftOut && { leftOut }),
    seen: dataset,
    encoder: factsOf(encoder),
    metadata: { ...metadata, features: encoder.name },
  })
}

/** Without what is only for those who call it. */
function factsOf(encoder: Encoder): NonNullable<Dataset['encoder']> {
  const { name, features, checksum, input, mean, deviation, source, revision, licence } = encoder
  return {
    name,
    features,
    checksum,
    input,
    ...(mean && { mean }),
    ...(deviation && { deviation }),
    ...(source !== undefined && { source }),
    ...(revision !== undefined && { revision }),
    ...(licence !== undefined && { licence }),
  }
}
