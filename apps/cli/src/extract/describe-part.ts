import { relative, sep } from 'node:path'
import { DataError, type Dataset, describesPictures, type Encoder, letEventsIn, OptionError } from '@dc/core'
import { decodeEach, subset } from '@dc/data'
import { encodedDataset } from '@dc/data/encoded'
import { type ListedPicture, pictureOf } from './partition'
import { plainValues } from './plain-values'
import type { Features } from './write-features'

/** The features of a partition, and the pictures without any. */
export interface DescribedPart extends Features {
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[]
}

/** How it is watched. */
export interface Watched {
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

/** Pictures decoded at once, of which few are held at a time. */
const mostHeld = 2 ** 26

/**
 * The features of pictures, each decoded once. Those that cannot be decoded are left out.
 *
 * @param about the folder that the pictures lie in, and the names of their classes
 */
export async function describePictures(
  listed: readonly ListedPicture[],
  encoder: Encoder,
  about: { readonly folder?: string; readonly classNames?: readonly string[] },
  { signal, onProgress }: Watched = {},
): Promise<DescribedPart> {
  if (!describesPictures(encoder)) throw new OptionError('encoder', encoder.name, 'one that describes pictures')
  const { height, width, channels, fit } = encoder.input
  const pixels = height * width * channels
  const { batchSize, features: columns } = encoder
  const together = batchSize * Math.max(1, Math.floor(mostHeld / pixels / 4 / batchSize))
  const pictures = listed.map(pictureOf)
  const kept: typeof pictures = []
  const leftOut: { path: string; reason: string }[] = []
  const values = new Float32Array(pictures.length * columns)
  // Pixels that wait for a whole batch: the batches are those of the pictures that can be decoded, whatever lies between.
  let waiting: Uint8Array[] = []
  let described = 0
  const encode = async (count: number) => {
    const batch = new Float32Array(count * pixels)
    for (let at = 0; at < count; at++) for (let p = 0; p < pixels; p++) batch[at * pixels + p] = waiting[at][p] / 255
    waiting = waiting.slice(count)
    const found = await encoder.encode(batch)
    if (found.length !== count * columns)
      throw new DataError(`The encoder ${encoder.name} gives ${found.length} values for ${count} pictures.`)
    values.set(found, described * columns)
    described += count
    onProgress?.(described + leftOut.length, pictures.length)
    await letEventsIn(signal)
  }
  for (let from = 0; from < pictures.length; from += together) {
    const some = pictures.slice(from, from + together)
    const decoded = await decodeEach(some, { size: [height, width], channels, fit })
    await letEventsIn(signal)
    for (const [at, found] of decoded.entries())
      if (found instanceof Uint8Array) {
        kept.push(some[at])
        waiting.push(found)
      } else leftOut.push({ path: some[at].path, reason: found.message })
    while (waiting.length >= batchSize) await encode(batchSize)
  }
  if (waiting.length > 0) await encode(waiting.length)
  const { folder, classNames } = about
  return {
    values: checked(values.slice(0, described * columns), columns, encoder),
    width: columns,
    names: kept.map(({ path }) => nameOf(path, folder)),
    ...(classNames && { classes: kept.map(({ label }) => (label < 0 ? null : classNames[label])) }),
    leftOut,
  }
}

/** The features of some rows of a data set of pictures or texts. */
export async function describeRows(
  whole: Dataset,
  [from, to]: readonly [number, number],
  encoder: Encoder,
  { signal, onProgress }: Watched = {},
): Promise<DescribedPart> {
  const rows = Int32Array.from({ length: to - from }, (_, at) => from + at)
  const part = subset(whole, rows, whole.name)
  const found = await encodedDataset(part, encoder, { cache: false, signal, onProgress })
  const { labels, classNames } = found
  return {
    values: await plainValues(found),
    width: encoder.features,
    names: found.rowNames ?? Array.from(rows, String),
    ...(labels && {
      classes: Array.from(labels, (label) => (label < 0 ? null : (classNames?.[label] ?? String(label)))),
    }),
    leftOut: [],
  }
}

/** As an address has it: with `/` between folders. */
const nameOf = (path: string, folder: string | undefined) =>
  folder === undefined ? path : relative(folder, path).replaceAll(sep, '/')

function checked(values: Float32Array, columns: number, encoder: Encoder): Float32Array {
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw new DataError(`The encoder ${encoder.name} gives ${values[bad]} for picture ${Math.floor(bad / columns)}.`)
  return values
}
