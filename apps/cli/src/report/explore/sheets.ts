import { createRandom, type Dataset, letEventsIn } from '@dc/core'
import sharp from 'sharp'
import { bytesAt, pictureOf, within } from '../picture'
import { packed } from './pack'
import type { PagePictures } from './page-data'

/** Tiles in a line of a sheet, and lines of a sheet. */
const across = 16
const perSheet = across * across
/** Most pictures of a page; of more rows a random part has one. */
const mostPictures = 10_000
/** Longer sides in pixels, by how many pictures there are at most. */
const sides = [
  [2500, 64],
  [5000, 48],
  [mostPictures, 40],
] as const
/** Bytes of all sheets: 7.5 MB in the page, where three bytes take four letters. */
const mostBytes = 5.6e6
/** From good to poor: the first that keeps within the bytes is taken. */
const qualities = [80, 65, 50, 35, 20, 8]
/** Pictures of at most this side are kept to the pixel. */
const tiny = 32

/** Sheets of small pictures of the rows. */
export interface Sheets {
  readonly pictures: PagePictures
  /** WebP files. */
  readonly files: readonly Uint8Array[]
}

/**
 * Small pictures of rows, for a page: at most 10,000 and 5.6 MB. A sheet that would not fit is left out, and its rows have none.
 *
 * @param rows those of the page
 * @returns undefined where the rows are no images
 * @throws InterruptedError once the signal is aborted
 */
export async function pictureSheets(
  dataset: Dataset,
  rows: Int32Array,
  signal?: AbortSignal,
): Promise<Sheets | undefined> {
  const source = dataset.image ? dataset : dataset.seen
  if (!source?.image) return undefined
  const { image } = source
  const chosen = someOf(rows.length, mostPictures)
  const longest = Math.max(image.height, image.width)
  const side = Math.min(longest, sides.find(([most]) => chosen.length <= most)![1])
  const places = new Uint16Array(rows.length)
  const files: Uint8Array[] = []
  const sheets = Math.ceil(chosen.length / perSheet)
  let [bytes, grade] = [0, 0]
  for (let sheet = 0; sheet < sheets; sheet++) {
    await letEventsIn(signal)
    const own = chosen.subarray(sheet * perSheet, (sheet + 1) * perSheet)
    const values = await source.read(Array.from(own, (at) => rows[at]))
    const pixels = tiles(values, image, own.length, side)
    // What is left is for this sheet and those after it alike.
    const share = (mostBytes - bytes) / (sheets - sheet)
    let file = await encode(pixels, grade, side, longest <= tiny)
    while (file.length > share && grade < qualities.length - 1) file = await encode(pixels, ++grade, side, false)
    if (bytes + file.length > mostBytes) break
    bytes += file.length
    own.forEach((at, tile) => {
      places[at] = sheet * perSheet + tile + 1
    })
    files.push(file)
  }
  return { pictures: { side, across, places: packed(places), pixels: longest <= 44 }, files }
}

interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
}

/** A sheet of tiles; a picture that is no square lies in the middle of its tile. */
function tiles(values: Float32Array, image: NonNullable<Dataset['image']>, count: number, side: number): Pixels {
  const { channels } = image
  const [wide, lines] = [across * side, Math.ceil(count / across)]
  const data = new Uint8Array(wide * lines * side * channels).fill(255)
  const size = values.length / count
  const [high, broad] = within(side, image.height, image.width)
  for (let tile = 0; tile < count; tile++) {
    const bytes = bytesAt(pictureOf(values.subarray(tile * size, (tile + 1) * size), image), high, broad)
    const top = Math.floor(tile / across) * side + ((side - high) >> 1)
    const left = (tile % across) * side + ((side - broad) >> 1)
    for (let y = 0; y < high; y++)
      data.set(bytes.subarray(y * broad * channels, (y + 1) * broad * channels), ((top + y) * wide + left) * channels)
  }
  return { data, width: wide, height: lines * side, channels }
}

async function encode({ data, ...raw }: Pixels, grade: number, side: number, exact: boolean): Promise<Uint8Array> {
  const whole = exact && grade === 0 && side <= tiny
  return sharp(data, { raw })
    .webp(whole ? { lossless: true, effort: 2 } : { quality: qualities[grade], effort: 2 })
    .toBuffer()
}

/** Places of all of n, or of a random part, ascending. */
function someOf(n: number, most: number): Int32Array {
  if (n <= most) return Int32Array.from({ length: n }, (_, at) => at)
  return createRandom(0).split('pictures').permutation(n).slice(0, most).sort()
}
