import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { DataError } from '@dc/core'
import type { ByteImageFile } from './byte-images'
import { mapBounded } from './concurrency'
import { type DecodeOptions, decodeImage } from './decode'
import { type BadImage, badImage, type ImageFile } from './image-file'

/** `$XDG_CACHE_HOME/deep-clustering`, or `~/.cache/deep-clustering`. */
export function defaultCacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'deep-clustering')
}

interface CacheOptions extends DecodeOptions {
  readonly cache: string
  readonly concurrency: number
  readonly onBadImage?: 'skip' | 'error'
  readonly onProgress: (done: number, total: number) => void
}

/** What lies beside the pixels: which images they are, and their checksum. */
interface Manifest {
  readonly format: 1
  readonly sha256: string
  readonly kept: readonly number[]
  readonly bad: readonly BadImage[]
}

/** The decoded pixels of images in one file: made now, or found, and whole. */
export interface CachedImages {
  readonly file: ByteImageFile
  readonly kept: readonly ImageFile[]
  readonly bad: readonly BadImage[]
}

/**
 * Finds the decoded pixels of images in a cache folder, or decodes the images and keeps them there.
 *
 * The name of an entry is the SHA-256 of the files' paths, sizes, modification times and of the decoding options, so a
 * changed file is a new entry. An entry whose pixels do not have the checksum noted beside them is made again.
 *
 * @throws DataError if an image is bad and the policy is `error`, or all are bad
 */
export async function cachedImages(images: readonly ImageFile[], options: CacheOptions): Promise<CachedImages> {
  const { size, channels = 3, cache, onBadImage = 'error' } = options
  const key = await entryName(images, options)
  const [pixels, note] = [join(cache, `${key}.pixels`), join(cache, `${key}.json`)]
  const bytes = size[0] * size[1] * channels
  let manifest = await readManifest(note)
  if (!manifest || (await checksum(pixels)) !== manifest.sha256) {
    await mkdir(cache, { recursive: true })
    manifest = await decodeAll(images, pixels, options)
    await writeFile(note, JSON.stringify(manifest))
  }
  const { kept, bad } = manifest
  if (bad.length > 0 && onBadImage === 'error')
    throw new DataError(bad[0].reason, { path: bad[0].path, bad: bad.length })
  if (kept.length === 0) throw new DataError(`All ${images.length} images are bad: ${bad[0].reason}`, { bad })
  return {
    file: { path: pixels, count: kept.length, stride: bytes, start: 0 },
    kept: kept.map((i) => images[i]),
    bad,
  }
}

async function entryName(images: readonly ImageFile[], options: CacheOptions): Promise<string> {
  const { size, fit = 'crop', channels = 3, concurrency } = options
  const hash = createHash('sha256').update(JSON.stringify({ format: 1, size, fit, channels }))
  const lines = await mapBounded(images, concurrency, async ({ path, box }) => {
    const found = await stat(path).catch(() => undefined)
    return JSON.stringify([path, found?.size, found?.mtimeMs, box])
  })
  for (const line of lines) hash.update(line)
  return hash.digest('hex').slice(0, 32)
}

async function readManifest(path: string): Promise<Manifest | null> {
  try {
    const manifest = JSON.parse(await readFile(path, 'utf8'))
    return manifest.format === 1 ? manifest : null
  } catch {
    return null // Absent or half written: it is made again.
  }
}

/** SHA-256 of a file, or null if it cannot be read. */
async function checksum(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part)
  } catch {
    return null
  }
  return hash.digest('hex')
}

/** Decodes all images into one file, some at a time, in order; the file appears only when it is whole. */
async function decodeAll(images: readonly ImageFile[], path: string, options: CacheOptions): Promise<Manifest> {
  const hash = createHash('sha256')
  const kept: number[] = []
  const bad: BadImage[] = []
  const unfinished = `${path}.${process.pid}`
  const handle = await open(unfinished, 'w')
  const together = 16 * options.concurrency
  try {
    for (let start = 0; start < images.length; start += together) {
      const part = images.slice(start, start + together)
      const decoded = await mapBounded(part, options.concurrency, async (image) =>
        decodeImage(image.path, options, image.box).catch((error) => badImage(image.path, error)),
      )
      const good: Uint8Array[] = []
      for (const [i, result] of decoded.entries()) {
        if (result instanceof Uint8Array) {
          hash.update(result)
          good.push(result)
          kept.push(start + i)
        } else bad.push(result)
      }
      if (good.length > 0) await handle.writev(good)
      options.onProgress(start + part.length, images.length)
    }
    await handle.close()
    await rename(unfinished, path)
  } catch (error) {
    await handle.close().catch(() => {})
    await rm(unfinished, { force: true })
    throw error
  }
  return { format: 1, sha256: hash.digest('hex'), kept, bad }
}
