import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileChecksum, writeWhole } from '@dc/core/cache'
import { DataError, printable } from '@dc/core/plugin'
import { z } from 'zod'
import type { ByteImageFile } from './byte-images'
import { mapBounded } from './concurrency'
import { type DecodeOptions, decoderVersions } from './decode'
import { decodeEach } from './decode-each'
import type { BadImage, ImageFile } from './image-file'

interface CacheOptions extends DecodingOptions {
  readonly cache: string
}
interface DecodingOptions extends DecodeOptions {
  readonly concurrency: number
  readonly onProgress: (done: number, total: number) => void
}

/** Increase this number whenever `decodeFile` makes other pixels of the same file. */
const format = 2

/** A note about a list of images: the checksum of their pixels, and which images have none. */
interface Manifest {
  readonly format: number
  readonly sha256: string
  readonly bad: readonly { readonly image: number; readonly reason: string }[]
}
const manifestSchema = z.strictObject({
  format: z.literal(format),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bad: z.array(z.strictObject({ image: z.int().nonnegative(), reason: z.string().max(10_000) })),
})

/** The decoded pixels of images, whole in one file, which was made now or found. */
export interface CachedImages extends SiftedImages {
  readonly file: ByteImageFile
}

/** Which images have pixels. */
export interface SiftedImages {
  readonly kept: readonly ImageFile[]
  readonly bad: readonly BadImage[]
  /** SHA-256 of the pixels of all that are kept. */
  readonly sha256: string
}

/**
 * Finds the decoded pixels of images in a cache folder. If they are not there, decodes the images and keeps the pixels.
 *
 * A note's name is the SHA-256 of all that decides the pixels: the files' paths, sizes, inodes, times of modification and of
 * change, boxes, the decoding options, the decoder's versions. A pixel file's name is its own checksum: it is the same
 * whoever writes it, and it is made again if its bytes differ. Labels are the caller's and never cached. Images that could
 * not be read are not noted, since the next call may read them.
 *
 * @throws DataError if the folder cannot be written; `facts.cache` then names it
 */
export async function cachedImages(images: readonly ImageFile[], options: CacheOptions): Promise<CachedImages> {
  const { size, channels = 3, cache } = options
  const bytes = size[0] * size[1] * channels
  const note = join(cache, `${await entryName(images, options)}.json`)
  const pixelsOf = ({ sha256 }: Manifest) => join(cache, `${sha256.slice(0, 32)}.pixels`)
  let manifest = await readManifest(note, images.length)
  if (!manifest || (await fileChecksum(pixelsOf(manifest))) !== manifest.sha256)
    try {
      const made = await writeWhole(
        note,
        (file) => decodeAll(images, options, (pixels) => file.writeFile(pixels)),
        (made) => pixelsOf(made.manifest),
      )
      manifest = made.manifest
      if (made.lasting) await writeWhole(note, (file) => file.writeFile(JSON.stringify(manifest)))
    } catch (error) {
      if (!DataError.isInstance(error)) throw error
      const remedy = 'Name another folder for decoded pixels (option cache), or none (false).'
      throw new DataError(`${error.message} ${remedy}`, { cache }, error)
    }
  const sifted = sift(images, manifest)
  return { ...sifted, file: { path: pixelsOf(manifest), count: sifted.kept.length, stride: bytes, start: 0 } }
}

/** Decodes all images once, and keeps of them which are bad and the checksum of the others. */
export async function siftImages(images: readonly ImageFile[], options: DecodingOptions): Promise<SiftedImages> {
  const { manifest } = await decodeAll(images, options, async () => {})
  return sift(images, manifest)
}

function sift(images: readonly ImageFile[], { bad, sha256 }: Manifest): SiftedImages {
  const without = new Set(bad.map(({ image }) => image))
  return {
    kept: images.filter((_, i) => !without.has(i)),
    bad: bad.map(({ image, reason }) => ({ path: images[image].path, reason: printable(reason, 1000) })),
    sha256,
  }
}

async function entryName(images: readonly ImageFile[], options: CacheOptions): Promise<string> {
  const { size, fit = 'crop', channels = 3, ground = 'white', concurrency } = options
  const decoding = { format, decoder: await decoderVersions(), size, fit, channels, ground: ground.toLowerCase() }
  const hash = createHash('sha256').update(JSON.stringify(decoding))
  const lines = await mapBounded(images, concurrency, async ({ path, rawPath, box }) => {
    const found = await stat(rawPath ? Buffer.from(rawPath) : path, { bigint: true }).catch(() => undefined)
    // A copied file may keep its size and time of modification. The time of change is set by the system.
    const state = found && [found.size, found.mtimeNs, found.ctimeNs, found.ino].map(String)
    const name = rawPath ? Buffer.from(rawPath).toString('hex') : resolve(path)
    return JSON.stringify([name, state, box && [box.left, box.top, box.width, box.height]])
  })
  for (const line of lines) hash.update(line).update('\n')
  return hash.digest('hex').slice(0, 32)
}

/** Reads a note; null unless it is whole and about this number of images. */
async function readManifest(path: string, images: number): Promise<Manifest | null> {
  try {
    const manifest = manifestSchema.parse(JSON.parse(await readFile(path, 'utf8')))
    const inOrder = manifest.bad.every(({ image }, i, all) => image < images && (i === 0 || image > all[i - 1].image))
    return inOrder ? manifest : null
  } catch {
    return null // Absent, or no note: it is made again.
  }
}

/**
 * Decodes all images in order, several at a time.
 *
 * @returns whether every bad image will be bad next time too: its file could be read
 */
async function decodeAll(
  images: readonly ImageFile[],
  options: DecodingOptions,
  write: (pixels: Uint8Array) => Promise<void>,
): Promise<{ manifest: Manifest; lasting: boolean }> {
  const hash = createHash('sha256')
  const bad: { image: number; reason: string }[] = []
  let lasting = true
  const together = 16 * options.concurrency
  for (let start = 0; start < images.length; start += together) {
    const part = images.slice(start, start + together)
    const decoded = await decodeEach(part, options, options.concurrency)
    const good: Uint8Array[] = []
    for (const [i, result] of decoded.entries())
      if (DataError.isInstance(result)) {
        bad.push({ image: start + i, reason: result.message })
        if (result.facts.unread) lasting = false
      } else good.push(result)
    const pixels = Buffer.concat(good)
    hash.update(pixels)
    await write(pixels)
    options.onProgress(start + part.length, images.length)
  }
  return { manifest: { format, sha256: hash.digest('hex'), bad }, lasting }
}
