import { relative, sep } from 'node:path'
import { defaultCacheFolder } from '@dc/core/cache'
import { DataError, type Dataset, OptionError, quoted, type RowFile } from '@dc/core/plugin'
import { byteImageDataset } from './byte-images'
import { defaultConcurrency, mapBounded } from './concurrency'
import { checkDecodeOptions, type DecodeOptions, decodeFile } from './decode'
import { type CachedImages, cachedImages, type SiftedImages, siftImages } from './image-cache'
import type { BadImage, ImageFile } from './image-file'
import { fileOf } from './picture-files'

/** How image files become a dataset. */
export interface ImageListOptions extends DecodeOptions {
  /** What happens to a file that cannot be read or decoded: left out and reported, or an error (default). */
  readonly onBadImage?: 'skip' | 'error'
  /**
   * Folder for decoded pixels, so that every file is decoded only once; by default the user's cache folder. With `false`,
   * images are decoded whenever their rows are read, and all of them once at the start, to find the bad files.
   */
  readonly cache?: string | false
  /** How many files are decoded at once. */
  readonly concurrency?: number
  /** Called while all files are decoded at the start. */
  readonly onProgress?: (done: number, total: number) => void
}

/** The files and facts from which {@link imageListDataset} makes a dataset. */
export interface ImageList extends Pick<Dataset, 'name' | 'classNames' | 'notices' | 'metadata'> {
  readonly images: readonly ImageFile[]
  /** The folder that they lie in: rows are called by their paths below it. By default by their whole paths. */
  readonly folder?: string
  /** Images, or folders of images, that cannot be read. They count as bad images. */
  readonly unreadable?: readonly BadImage[]
}

/** A dataset of image files. */
export interface ImageListDataset extends Dataset {
  readonly rowNames: readonly string[]
  readonly rowFiles: readonly RowFile[]
  /** Files left out. */
  readonly bad: readonly BadImage[]
}

/**
 * A dataset of image files, decoded on libvips' threads to one size.
 *
 * @param list name, files, class names and facts
 * @returns images `[height, width, channels]` with values 0…1; `bad` lists what was left out
 * @throws DataError if there are no files, a file is bad and the policy is `error`, all files are bad, a label has no class,
 * or a given `cache` cannot be written. If the user's own cache folder cannot be written, a notice says so instead
 * @example
 * const dataset = await imageListDataset(
 *   { name: 'cats', images: [{ path: 'a.jpg', label: -1 }, { path: 'b.png', label: -1 }] },
 *   { size: [64, 64], onBadImage: 'skip' },
 * )
 */
export async function imageListDataset(list: ImageList, options: ImageListOptions): Promise<ImageListDataset> {
  check(list, options)
  const { name, images, unreadable = [] } = list
  const { onBadImage = 'error', concurrency = defaultConcurrency, onProgress = () => {} } = options
  const settled = { ...options, concurrency, onProgress }
  if (onBadImage === 'error') refuse(unreadable)
  const { kept, bad: lost, sha256, file, notice } = await sift(images, settled)
  if (onBadImage === 'error') refuse(lost)
  const bad = [...unreadable, ...lost]
  if (kept.length === 0)
    throw new DataError(`All ${bad.length} images of ${quoted(name)} are bad: ${bad[0].reason}`, { name, bad })
  const facts = { ...factsOf(list, kept, bad, options, notice), fingerprint: async () => sha256 }
  const listed = { rowNames: kept.map(({ path }) => nameOf(path, list.folder)), rowFiles: kept.map(fileOf), bad }
  const shape = shapeOf(options)
  if (!file) return { ...decodingDataset(facts, kept, options, concurrency), ...listed }
  return { ...byteImageDataset({ ...facts, files: [file], shape, order: 'height-width-channel' }), ...listed }
}

/** As an address has it: with `/` between folders. */
function nameOf(path: string, folder: string | undefined): string {
  const name = folder === undefined ? path : relative(folder, path)
  return sep === '/' ? name : name.replaceAll(sep, '/')
}

type Settled = ImageListOptions & Required<Pick<ImageListOptions, 'concurrency' | 'onProgress'>>

function check({ name, images, unreadable = [], classNames }: ImageList, options: ImageListOptions): void {
  checkDecodeOptions(options)
  const { onBadImage = 'error', concurrency = defaultConcurrency, cache } = options
  if (onBadImage !== 'skip' && onBadImage !== 'error') throw new OptionError('onBadImage', onBadImage, 'skip, error')
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new OptionError('concurrency', concurrency, 'an integer ≥ 1')
  if (cache === '') throw new OptionError('cache', cache, 'a folder, or false')
  if (images.length + unreadable.length === 0) throw new DataError(`Dataset ${quoted(name)} has no images.`, { name })
  const classes = classNames?.length ?? 2 ** 31
  const wrong = images.find(({ label }) => !(Number.isInteger(label) && label >= -1 && label < classes))
  if (wrong)
    throw new DataError(
      `${quoted(wrong.path)} has the label ${wrong.label}; labels are integers from -1 (unknown) to ${classes - 1}.`,
      { path: wrong.path },
    )
}

/** @throws DataError for the first of the bad images, with their number and a hint */
function refuse(bad: readonly BadImage[]): void {
  if (bad.length === 0) return
  const more = bad.length > 1 ? ` So it is with ${bad.length - 1} more.` : ''
  throw new DataError(`${bad[0].reason}${more} onBadImage 'skip' leaves out what is bad (--on-bad-image skip).`, {
    path: bad[0].path,
    bad,
  })
}

type Sifted = SiftedImages & { readonly file?: CachedImages['file']; readonly notice?: string }

/**
 * Separates bad images from the pixels of the others. If the user's cache folder fails, it does without; a named one must
 * work.
 */
async function sift(images: readonly ImageFile[], options: Settled): Promise<Sifted> {
  const { cache } = options
  // Without a cache the bad ones are found all the same, before any work is done on the good ones.
  if (cache === false) return siftImages(images, options)
  if (cache !== undefined) return cachedImages(images, { ...options, cache })
  try {
    return await cachedImages(images, { ...options, cache: defaultCacheFolder() })
  } catch (error) {
    if (!DataError.isInstance(error)) throw error
    const notice = `decodes images whenever they are read, which is slower: ${error.message}`
    return { ...(await siftImages(images, options)), notice }
  }
}

const shapeOf = ({ size, channels = 3 }: DecodeOptions) => [size[0], size[1], channels] as const

type Facts = Omit<Dataset, 'size' | 'sampleShape' | 'image' | 'read'>

function factsOf(
  { name, classNames, metadata, notices = [] }: ImageList,
  kept: readonly ImageFile[],
  bad: readonly BadImage[],
  { fit = 'crop' }: DecodeOptions,
  notice: string | undefined,
): Facts {
  const known = kept.some(({ label }) => label >= 0)
  return {
    name,
    ...(known ? { labels: Int32Array.from(kept, ({ label }) => label), ...(classNames ? { classNames } : {}) } : {}),
    notices: notice === undefined ? notices : [...notices, notice],
    leftOut: bad,
    metadata: { ...metadata, fit },
  }
}

/** A dataset that decodes rows whenever they are read. */
function decodingDataset(
  facts: Facts,
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
      const wanted = Array.from(rows)
      const outside = wanted.find((row) => !(Number.isInteger(row) && row >= 0 && row < kept.length))
      if (outside !== undefined)
        throw new DataError(`Row ${outside} is outside dataset ${quoted(facts.name)} of ${kept.length} samples.`, {
          row: outside,
        })
      const out = new Float32Array(wanted.length * values)
      await mapBounded(wanted, concurrency, async (row, i) => {
        const pixels = await decodeFile(kept[row], options)
        for (let p = 0; p < values; p++) out[i * values + p] = pixels[p] / 255
      })
      return out
    },
  }
}
