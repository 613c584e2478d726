import { DataError, fileReason, quoted } from '@dc/core/plugin'
import { ByteStream } from './byte-stream'
import { type FileSource, sourceName } from './file-source'
import { unpacked } from './gunzip'
import { cannotRead, type OpenedFile, withFile } from './opened-file'
import { mostFromDeflate, tooLarge, unpackingLimit } from './unpacking'

export { cannotRead, unpacked }

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
export function readBytes(file: FileSource, options: ReadOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  return readStream(file, options, (stream, exact) => (exact ? stream.take(stream.left, 'its bytes') : stream.rest()))
}

/**
 * Reads a file as {@link readBytes} does, but piece by piece: `use` takes what it needs.
 *
 * @param use gets the bytes, and whether `left` is exact (in gzip files it is not)
 */
export async function readStream<T>(
  file: FileSource,
  options: ReadOptions,
  use: (stream: ByteStream, exact: boolean) => Promise<T>,
): Promise<T> {
  return withFile(file, async (opened) => {
    const { path, size } = opened
    const pieces = readPieces(opened)
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
export async function readParts<T>(file: FileSource, use: (file: FileParts) => Promise<T>): Promise<T> {
  return withFile(file, async (opened) => {
    const { path, size } = opened
    if (size === null) throw new DataError(`${quoted(path)} is empty, or no file that can be read in parts.`, { path })
    const read = async (offset: number, count: number) => {
      const first = await opened.read(count, offset)
      if (first.length === count) return first
      const bytes = new Uint8Array(count)
      bytes.set(first)
      for (let at = first.length; at < count; ) {
        const part = await opened.read(count - at, offset + at)
        if (part.length === 0) throw new DataError(`${quoted(path)} ends at byte ${offset + at}.`, { path })
        bytes.set(part, at)
        at += part.length
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
export async function readJson(file: FileSource, options: ReadOptions = {}): Promise<unknown> {
  const bytes = await readBytes(file, options)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    const path = sourceName(file)
    throw new DataError(`${quoted(path)} is not a readable JSON file: ${fileReason(error)}.`, { path }, error)
  }
}

async function* readPieces(file: OpenedFile): AsyncGenerator<Uint8Array, undefined> {
  for (;;) {
    const piece = await file.read(pieceBytes, null)
    if (piece.length === 0) return
    yield piece
  }
}

async function* startingWith(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

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
