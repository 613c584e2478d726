import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { DataError, fileReason, quoted } from '@dc/core/plugin'
import { ByteStream } from './byte-stream'
import { mostFromDeflate, tooLarge, unpackingLimit } from './unpacking'

/** How files are read. */
export interface ReadOptions {
  /** Most bytes that a compressed file may become; by default 256 MiB, or 200 times its size if that is more. */
  readonly maxUnpackedBytes?: number
}

/** Most bytes read from a pipe or a device, whose length is unknown. */
const mostWithoutSize = 1 << 30
const pieceBytes = 1 << 20

/**
 * Reads a file, and unpacks it if it is gzip. Its first bytes tell, not its name.
 *
 * @throws DataError naming the path if it cannot be read, is empty, or does not fit into memory; if its gzip stream is
 * broken or becomes more than `maxUnpackedBytes`
 */
export function readBytes(path: string, options: ReadOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  return readStream(path, options, (stream, exact) => (exact ? stream.take(stream.left, 'its bytes') : stream.rest()))
}

/**
 * Reads a file as {@link readBytes} does, but piece by piece: `use` takes what it needs.
 *
 * @param use gets the bytes, and whether `left` is exact (in gzip files it is not)
 */
export async function readStream<T>(
  path: string,
  options: ReadOptions,
  use: (stream: ByteStream, exact: boolean) => Promise<T>,
): Promise<T> {
  return withFile(path, async (file) => {
    const size = await sizeOf(file, path)
    const pieces = readPieces(file, path)
    const first = await pieces.next()
    if (first.done) throw new DataError(`${quoted(path)} is empty.`, { path })
    const all = startingWith(first.value, pieces)
    const packed = isGzip(first.value)
    const limit = packed ? unpackingLimit(size ?? 0, options.maxUnpackedBytes) : mostWithoutSize
    const most = size === null ? limit : packed ? mostFromDeflate(size) : size
    const stream =
      size !== null && !packed
        ? new ByteStream(path, all, most)
        : new ByteStream(path, limited(packed ? unpacked(all, path) : all, limit, path), most, limit)
    try {
      return await use(stream, size !== null && !packed)
    } finally {
      await stream.close()
    }
  })
}

/** A file of which any part can be read. */
export interface FileParts {
  readonly path: string
  readonly size: number
  /** @throws DataError if the file has no such bytes */
  read(offset: number, count: number): Promise<Uint8Array>
}

/**
 * Opens a file for reading parts of it, and closes it afterwards.
 *
 * @throws DataError naming the path if it cannot be read
 */
export async function readParts<T>(path: string, use: (file: FileParts) => Promise<T>): Promise<T> {
  return withFile(path, async (file) => {
    const size = await sizeOf(file, path)
    if (size === null) throw new DataError(`${quoted(path)} is empty, or no file that can be read in parts.`, { path })
    const read = async (offset: number, count: number) => {
      const bytes = new Uint8Array(count)
      for (let at = 0; at < count; ) {
        const { bytesRead } = await file.read(bytes, at, count - at, offset + at).catch(cannotRead(path))
        if (bytesRead === 0) throw new DataError(`${quoted(path)} ends at byte ${offset + at}.`, { path })
        at += bytesRead
      }
      return bytes
    }
    return use({ path, size, read })
  })
}

/**
 * Reads a JSON file, plain or gzip.
 *
 * @throws DataError as {@link readBytes}, and if it is not JSON
 */
export async function readJson(path: string, options: ReadOptions = {}): Promise<unknown> {
  const bytes = await readBytes(path, options)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new DataError(`${quoted(path)} is not a readable JSON file: ${fileReason(error)}.`, { path }, error)
  }
}

/** For `catch`: turns an error of the file system into one that names the file. */
export function cannotRead(path: string): (error: unknown) => never {
  return (error) => {
    throw new DataError(
      `Cannot read ${quoted(path)}: ${fileReason(error)}.`,
      { path, code: (error as NodeJS.ErrnoException).code },
      error,
    )
  }
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path).catch(cannotRead(path))
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

/** The size of a regular file; null for a pipe or a device, and for files that say 0, as those of /proc do. */
async function sizeOf(file: FileHandle, path: string): Promise<number | null> {
  const found = await file.stat().catch(cannotRead(path))
  if (found.isDirectory()) return cannotRead(path)({ code: 'EISDIR' })
  return found.isFile() && found.size > 0 ? found.size : null
}

async function* readPieces(file: FileHandle, path: string): AsyncGenerator<Uint8Array, undefined> {
  for (;;) {
    // Each piece is a new buffer: the decompressor may still hold the last one.
    const { bytesRead, buffer } = await file
      .read(new Uint8Array(pieceBytes), 0, pieceBytes, null)
      .catch(cannotRead(path))
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

async function* startingWith(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

/** The unpacked bytes of a gzip file, all its members; checksums are verified. */
export async function* unpacked(packed: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 1 << 17 })
  // The loop below meets this error too.
  pipeline(Readable.from(packed), gunzip).catch(() => {})
  try {
    yield* gunzip
  } catch (error) {
    if (DataError.isInstance(error)) throw error
    throw new DataError(`${quoted(path)} is not a whole gzip file: ${fileReason(error)}.`, { path }, error)
  }
}

/** Passes pieces on, and throws when they exceed a limit. */
export async function* limited(
  pieces: AsyncIterable<Uint8Array>,
  limit: number,
  path: string,
): AsyncGenerator<Uint8Array> {
  let total = 0
  for await (const piece of pieces) {
    total += piece.length
    if (total > limit) throw tooLarge(path, limit)
    yield piece
  }
}
