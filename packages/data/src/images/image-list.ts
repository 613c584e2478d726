import { DataError, type Dataset } from '@dc/core'
import { byteImageDataset } from './byte-images'
import { defaultConcurrency, mapBounded } from './concurrency'
import { type DecodeOptions, decodeImage } from './decode'
import { cachedImages, defaultCacheFolder } from './image-cache'
import { type BadImage, badImage, type ImageFile } from './image-file'

/** How image files become a dataset. */
export interface ImageListOptions extends DecodeOptions {
  /** What happens to a file that cannot be decoded: left out and reported, or an error (default). */
  readonly onBadImage?: 'skip' | 'error'
  /**
   * Folder for decoded pixels, so that every file is decoded once, ever; by default the user's cache folder. `false`
   * decodes whenever rows are read; then `skip` decodes everything once more, at the start, to find the bad files.
   */
  readonly cache?: string | false
  /** How many files are decoded at once. */
  readonly concurrency?: number
  /** Called while all files are decoded at the start. */
  readonly onProgress?: (done: number, total: number) => void
}

/** A dataset of image files. */
export interface ImageListDataset extends Dataset {
  /** The file of each row. */
  readonly paths: readonly string[]
  /** Files left out. */
  readonly bad: readonly BadImage[]
}

/**
 * A dataset of image files, decoded on libvips' threads to one size.
 *
 * @param init name, files, class names and facts
 * @returns images `[height, width, channels]` with values 0…1; `bad` lists what was left out
 * @throws DataError if there are no files, one is bad and the policy is `error`, or all are bad
 * @example
 * const dataset = await imageListDataset(
 *   { name: 'cats', images: [{ path: 'a.jpg', label: -1 }, { path: 'b.png', label: -1 }] },
 *   { size: [64, 64], onBadImage: 'skip' },
 * )
 */
export async function imageListDataset(
  init: { name: string; images: readonly ImageFile[]; classNames?: readonly string[]; metadata?: Dataset['metadata'] },
  options: ImageListOptions,
): Promise<ImageListDataset> {
  const { name, images } = init
  if (images.length === 0) throw new DataError(`Dataset '${name}' has no images.`, { name })
  const { cache = defaultCacheFolder(), concurrency = defaultConcurrency, onProgress = () => {} } = options
  if (cache !== false) {
    const { file, kept, bad } = await cachedImages(images, { ...options, cache, concurrency, onProgress })
    const pixels = { files: [file], shape: shapeOf(options), order: 'height-width-channel' } as const
    return { ...byteImageDataset({ ...facts(init, kept, bad, options), ...pixels }), ...listed(kept, bad) }
  }
  const bad = options.onBadImage === 'skip' ? await findBad(images, options, concurrency, onProgress) : []
  const badPaths = new Set(bad.map(({ path }) => path))
  const kept = images.filter(({ path }) => !badPaths.has(path))
  if (kept.length === 0)
    throw new DataError(`All ${images.length} images of '${name}' are bad: ${bad[0].reason}`, { name })
  return { ...decodingDataset(facts(init, kept, bad, options), kept, options, concurrency), ...listed(kept, bad) }
}

const shapeOf = ({ size, channels = 3 }: DecodeOptions) => [size[0], size[1], channels] as const
const listed = (kept: readonly ImageFile[], bad: readonly BadImage[]) => ({ paths: kept.map(({ path }) => path), bad })

function facts(
  { name, classNames, metadata }: { name: string; classNames?: readonly string[]; metadata?: Dataset['metadata'] },
  kept: readonly ImageFile[],
  bad: readonly BadImage[],
  { fit = 'crop' }: DecodeOptions,
) {
  const known = kept.some(({ label }) => label >= 0)
  return {
    name,
    ...(known ? { labels: Int32Array.from(kept, ({ label }) => label), ...(classNames ? { classNames } : {}) } : {}),
    leftOut: bad,
    metadata: { ...metadata, fit },
  }
}

/** Decodes rows whenever they are read. */
function decodingDataset(
  facts: Pick<Dataset, 'name' | 'labels' | 'classNames' | 'metadata'>,
  kept: readonly ImageFile[],
  options: DecodeOptions,
  concurrency: number,
): Dataset {
  const shape = shapeOf(options)
  const [height, width, channels] = shape
  const values = height * width * channels
  return {
    ...facts,
    size: kept.length,
    sampleShape: shape,
    image: { height, width, channels, range: [0, 1] },
    async read(rows) {
      const outside = Array.from(rows).find((row) => !(row >= 0 && row < kept.length))
      if (outside !== undefined)
        throw new DataError(`Row ${outside} is outside dataset '${facts.name}' of ${kept.length} samples.`, {
          row: outside,
        })
      const out = new Float32Array(rows.length * values)
      await mapBounded(Array.from(rows), concurrency, async (row, i) => {
        const pixels = await decodeImage(kept[row].path, options, kept[row].box)
        for (let p = 0; p < values; p++) out[i * values + p] = pixels[p] / 255
      })
      return out
    },
  }
}

async function findBad(
  images: readonly ImageFile[],
  options: DecodeOptions,
  concurrency: number,
  onProgress: (done: number, total: number) => void,
): Promise<BadImage[]> {
  let done = 0
  const found = await mapBounded(images, concurrency, async ({ path, box }): Promise<BadImage | null> => {
    try {
      await decodeImage(path, options, box)
      return null
    } catch (error) {
      return badImage(path, error)
    } finally {
      onProgress(++done, images.length)
    }
  })
  return found.filter((bad) => bad !== null)
}
