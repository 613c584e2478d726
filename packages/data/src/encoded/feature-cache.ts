import { createHash } from 'node:crypto'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { checksum, writeWhole } from '@dc/core/cache'

export type Features = Float32Array | Float64Array

/** Bytes handled at once. */
const block = 1 << 26
const tags = { f32: Float32Array, f64: Float64Array } as const
const hashBytes = 32
const headerBytes = hashBytes + 8

/**
 * Features on disk, one file for each pair of what computes the features and the rows they are of. The name of a file is made
 * of the checksums of both. The file holds the SHA-256 of the rest, the type of the numbers, and the numbers.
 */
export class FeatureCache {
  private readonly prefix: string

  /** @param facts everything that decides the features, but for the rows */
  constructor(
    private readonly folder: string,
    facts: unknown,
  ) {
    this.prefix = checksum(JSON.stringify(facts)).slice(0, 32)
  }

  /** Whether any features of this model and these options are kept. If none are, the checksum of the rows is not needed. */
  async hasAny(): Promise<boolean> {
    const names = await readdir(this.folder).catch(() => [])
    return names.some((name) => name.startsWith(`${this.prefix}-`) && name.endsWith('.features'))
  }

  /** The features of `n` rows with this checksum; null if there are none, or the file is damaged. */
  async read(rows: string, n: number): Promise<Features | null> {
    const file = await open(this.path(rows)).catch(() => null)
    try {
      return file && (await readFeatures(file, n))
    } catch {
      return null
    } finally {
      await file?.close()
    }
  }

  /** @throws DataError if the disk is full or not to be written */
  async write(rows: string, features: Features): Promise<void> {
    const tag = Buffer.from(features.BYTES_PER_ELEMENT === 4 ? 'f32     ' : 'f64     ')
    const hash = createHash('sha256').update(tag)
    for (const part of blocks(features)) hash.update(part)
    await writeWhole(this.path(rows), async (file) => {
      await file.writeFile(Buffer.concat([hash.digest(), tag]))
      for (const part of blocks(features)) await file.writeFile(part)
    })
  }

  private path(rows: string): string {
    return join(this.folder, `${this.prefix}-${rows.slice(0, 32)}.features`)
  }
}

async function readFeatures(file: FileHandle, n: number): Promise<Features | null> {
  const { size } = await file.stat()
  const header = new Uint8Array(headerBytes)
  await file.read(header, 0, headerBytes, 0)
  const tag = String.fromCharCode(...header.subarray(hashBytes)).trim()
  const array = Object.hasOwn(tags, tag) ? tags[tag as keyof typeof tags] : null
  const count = array ? (size - headerBytes) / array.BYTES_PER_ELEMENT : 0
  if (!array || count < n || count % n !== 0) return null
  const features = new array(count)
  const hash = createHash('sha256').update(header.subarray(hashBytes))
  let at = headerBytes
  for (const part of blocks(features)) {
    const { bytesRead } = await file.read(part, 0, part.length, at)
    if (bytesRead !== part.length) return null
    hash.update(part)
    at += bytesRead
  }
  return hash.digest().equals(header.subarray(0, hashBytes)) ? features : null
}

/** The bytes of an array, part after part. */
function* blocks({ buffer, byteOffset, byteLength }: Features): Generator<Uint8Array> {
  for (let at = 0; at < byteLength; at += block)
    yield new Uint8Array(buffer, byteOffset + at, Math.min(block, byteLength - at))
}
