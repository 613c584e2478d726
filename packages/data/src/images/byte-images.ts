import { type FileHandle, open } from 'node:fs/promises'
import { DataError, type Dataset, quoted } from '@dc/core/plugin'
import { cannotRead } from '../files'
import { mapBounded } from './concurrency'

/** A file of images of one size, one byte per value, at equal distances. */
export interface ByteImageFile {
  readonly path: string
  /** Number of images in the file. */
  readonly count: number
  /** Bytes from the start of one image to the next. */
  readonly stride: number
  /** Bytes before the pixels of the first image. */
  readonly start: number
}

/** The order of an image's bytes: pixel by pixel, or channel by channel in rows or in columns. */
export type ByteOrder = 'height-width-channel' | 'channel-height-width' | 'channel-width-height'

/** What {@link byteImageDataset} takes. */
export interface ByteImagesInit extends Omit<Dataset, 'size' | 'sampleShape' | 'read' | 'image'> {
  readonly files: readonly ByteImageFile[]
  /** Height, width, channels. */
  readonly shape: readonly [number, number, 1 | 3]
  readonly order: ByteOrder
}

const readsAtOnce = 16

/**
 * A dataset that reads images from files when they are asked for, so that the data are never whole in memory.
 *
 * @returns images `[height, width, channels]` with values 0…1 (bytes divided by 255)
 */
export function byteImageDataset({ files, shape, order, ...facts }: ByteImagesInit): Dataset {
  const [height, width, channels] = shape
  const bytes = height * width * channels
  const size = files.reduce((count, file) => count + file.count, 0)
  if (size === 0) throw new DataError(`Dataset ${quoted(facts.name)} is empty.`, { name: facts.name })
  const target = targets(shape, order)
  return {
    ...facts,
    size,
    sampleShape: shape,
    image: { height, width, channels, range: [0, 1] },
    async read(rows) {
      const wanted = Array.from(rows, (row) => locate(files, row, facts.name, size))
      const handles = await openFiles(wanted.map(({ file }) => file))
      const out = new Float32Array(rows.length * bytes)
      try {
        await mapBounded(wanted, readsAtOnce, async ({ file, position }, i) => {
          const pixels = new Uint8Array(bytes)
          const { bytesRead } = await handles.get(file)!.read(pixels, 0, bytes, position).catch(cannotRead(file.path))
          if (bytesRead !== bytes)
            throw new DataError(`${quoted(file.path)} ends before image ${rows[i]}.`, { path: file.path, row: rows[i] })
          for (let p = 0; p < bytes; p++) out[i * bytes + target[p]] = pixels[p] / 255
        })
      } finally {
        await Promise.all([...handles.values()].map((handle) => handle.close()))
      }
      return out
    },
  }
}

function locate(files: readonly ByteImageFile[], row: number, name: string, size: number) {
  let left = row
  if (Number.isInteger(row) && row >= 0)
    for (const file of files) {
      if (left < file.count) return { file, position: file.start + left * file.stride }
      left -= file.count
    }
  throw new DataError(`Row ${row} is outside dataset ${quoted(name)} of ${size} samples.`, { name, row, size })
}

async function openFiles(files: readonly ByteImageFile[]): Promise<Map<ByteImageFile, FileHandle>> {
  const handles = new Map<ByteImageFile, FileHandle>()
  try {
    for (const file of new Set(files)) handles.set(file, await open(file.path).catch(cannotRead(file.path)))
  } catch (error) {
    await Promise.all([...handles.values()].map((handle) => handle.close()))
    throw error
  }
  return handles
}

/** The place of each byte of a stored image in height, width, channel order. */
function targets([height, width, channels]: readonly number[], order: ByteOrder): Int32Array {
  const out = new Int32Array(height * width * channels)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) {
        const at = (y * width + x) * channels + c
        if (order === 'height-width-channel') out[at] = at
        else if (order === 'channel-height-width') out[(c * height + y) * width + x] = at
        else out[(c * width + x) * height + y] = at
      }
  return out
}
