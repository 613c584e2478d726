import { DataError, quoted } from '@dc/core/plugin'
import { Inflate } from 'fflate'
import type { FileParts } from '../files'
import { mostFromDeflate } from '../unpacking'
import { crc32 } from './crc32'

/** One file of an archive, as the archive's directory lists it. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly packedSize: number
  readonly size: number
  readonly crc: number
  /** Where its local header is. */
  readonly offset: number
  /** Where the next entry, or the directory, begins. */
  readonly limit: number
}

const signatures = { end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50, entry: 0x02014b50, local: 0x04034b50 }
const [endBytes, end64Bytes, locatorBytes, entryBytes, localBytes] = [22, 56, 20, 46, 30]
const longestComment = 0xffff
/** Most packed bytes unpacked in one piece: each piece can become 1,000 times as long at once. */
const longestPiece = 1 << 15
const [none16, none32] = [0xffff, 0xffffffff]

/**
 * Lists the files in a ZIP or ZIP64 archive by its directory.
 *
 * @throws DataError if it is no ZIP archive, is encrypted or in several volumes; if two files have one name or share bytes;
 * if a size or a place is not inside the archive
 * @see PKWARE, "APPNOTE.TXT: .ZIP File Format Specification", 4.3
 */
export async function readZipDirectory(file: FileParts): Promise<ZipEntry[]> {
  const { start, size, count } = await findDirectory(file)
  const broken = (what: string) =>
    new DataError(`${quoted(file.path)} has a broken ZIP directory: ${what}.`, { path: file.path })
  if (start + size > file.size) throw broken('it is not inside the file')
  if (count * entryBytes > size) throw broken(`${count} files do not fit into ${size} bytes`)
  const bytes = await file.read(start, size)
  const view = new DataView(bytes.buffer)
  const entries: Omit<ZipEntry, 'limit'>[] = []
  const names = new Set<string>()
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + entryBytes > size || view.getUint32(at, true) !== signatures.entry) throw broken('an entry is cut')
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)]
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    const next = at + entryBytes + nameBytes + extraBytes + commentBytes
    if (next > size) throw broken('an entry is cut')
    const name = textOf(bytes.subarray(at + entryBytes, at + entryBytes + nameBytes))
    if (flags & 0b1000001) throw new DataError(`${quoted(file.path)} is encrypted.`, { path: file.path, name })
    if (names.has(name)) throw broken(`two files have the name ${quoted(name)}`)
    names.add(name)
    const extra = bytes.subarray(next - commentBytes - extraBytes, next - commentBytes)
    const [whole, packedSize, offset] = longSizes(
      [24, 20, 42].map((field) => view.getUint32(at + field, true)),
      extra,
    )
    if (![whole, packedSize, offset].every(Number.isSafeInteger)) throw broken(`${quoted(name)} has no sizes`)
    if (method === 0 && whole !== packedSize) throw broken(`${quoted(name)} is stored in two sizes`)
    if (whole > Math.max(mostFromDeflate(packedSize), packedSize))
      throw broken(`${quoted(name)} cannot become ${whole} bytes`)
    entries.push({ name, method, size: whole, packedSize, crc: view.getUint32(at + 16, true), offset })
    at = next
  }
  const ordered = entries.map((entry) => entry.offset).sort((a, b) => a - b)
  const limits = new Map(ordered.map((offset, i) => [offset, ordered[i + 1] ?? start]))
  if (limits.size < entries.length) throw broken('two files begin at one place')
  return entries.map((entry) => {
    const limit = limits.get(entry.offset)!
    if (entry.offset + localBytes + entry.packedSize > limit)
      throw broken(`${quoted(entry.name)} overlaps what follows it`)
    return { ...entry, limit }
  })
}

async function findDirectory(file: FileParts): Promise<{ start: number; size: number; count: number }> {
  const length = Math.min(file.size, endBytes + longestComment)
  const tail = file.size - length
  const bytes = await file.read(tail, length)
  const view = new DataView(bytes.buffer)
  let at = length - endBytes
  // The comment may hold anything, but it must reach to the end.
  while (
    at >= 0 &&
    !(view.getUint32(at, true) === signatures.end && at + endBytes + view.getUint16(at + 20, true) === length)
  )
    at--
  if (at < 0)
    throw new DataError(`${quoted(file.path)} is not a ZIP archive, or is cut: its end is missing.`, {
      path: file.path,
    })
  const volumes = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)]
  const [here, count] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)]
  const [size, start] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)]
  const several = () => new DataError(`${quoted(file.path)} is a ZIP archive in several volumes.`, { path: file.path })
  if (count === none16 || size === none32 || start === none32) {
    const long = await findDirectory64(file, tail + at - locatorBytes)
    if (long) return long
  }
  if (volumes.some((volume) => volume !== 0) || here !== count) throw several()
  return { start, size, count }
}

/** The end of directory in 64 bits (ZIP64); null if there is none. */
async function findDirectory64(file: FileParts, at: number) {
  if (at < 0) return null
  const locator = new DataView((await file.read(at, locatorBytes)).buffer as ArrayBuffer)
  if (locator.getUint32(0, true) !== signatures.locator64) return null
  const broken = () => new DataError(`${quoted(file.path)} has a broken ZIP64 directory.`, { path: file.path })
  const place = Number(locator.getBigUint64(8, true))
  if (place + end64Bytes > at) throw broken()
  const end = new DataView((await file.read(place, end64Bytes)).buffer as ArrayBuffer)
  const [count, size, start] = [32, 40, 48].map((field) => Number(end.getBigUint64(field, true)))
  if (end.getUint32(0, true) !== signatures.end64 || start + size > place) throw broken()
  return { start, size, count }
}

/**
 * Size, packed size and offset. Those that do not fit 32 bits stand, in this order, in extra field 1; NaN if absent there.
 */
function longSizes(sizes: readonly number[], extra: Uint8Array): number[] {
  if (!sizes.includes(none32)) return [...sizes]
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength)
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + view.getUint16(at + 2, true)
    if (view.getUint16(at, true) === 1 && end <= extra.length) {
      let next = at + 4
      return sizes.map((size) => {
        if (size !== none32) return size
        next += 8
        return next <= end ? Number(view.getBigUint64(next - 8, true)) : Number.NaN
      })
    }
    at = end
  }
  return sizes.map((size) => (size === none32 ? Number.NaN : size))
}

/** Decodes UTF-8, or one byte a character, so that different bytes stay different names. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return new TextDecoder('latin1').decode(bytes)
  }
}

/**
 * The bytes of one file of the archive, stored or deflated, piece by piece.
 *
 * @throws DataError if it is compressed otherwise, its length is not the directory's, or its checksum is wrong
 */
export async function* unzip(file: FileParts, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const { method, packedSize, size, crc, offset, limit } = entry
  const broken = (what: string, cause?: unknown) =>
    new DataError(`${quoted(file.path)} has a broken file ${quoted(entry.name)}: ${what}.`, { path: file.path }, cause)
  if (method !== 0 && method !== 8)
    throw new DataError(
      `${quoted(file.path)} has ${quoted(entry.name)} packed by method ${method}; read are 0 (stored) and 8 (deflated).`,
      { path: file.path, method },
    )
  const header = await file.read(offset, localBytes)
  const view = new DataView(header.buffer)
  if (view.getUint32(0, true) !== signatures.local) throw broken('it is not where the directory says')
  if (view.getUint16(8, true) !== method) throw broken('its two headers differ')
  // The lengths in the local header, not the directory's: NumPy pads the local extra field.
  const start = offset + localBytes + view.getUint16(26, true) + view.getUint16(28, true)
  const name = textOf(await file.read(offset + localBytes, view.getUint16(26, true)))
  if (name !== entry.name) throw broken('its two headers differ')
  if (start + packedSize > limit) throw broken('it overlaps what follows it')
  let [found, sum] = [0, 0]
  const ready: Uint8Array[] = []
  const inflate = new Inflate((piece) => void ready.push(piece))
  for (let at = start, step = 1 << 10; at < start + packedSize; step = Math.min(2 * step, longestPiece)) {
    const count = Math.min(step, start + packedSize - at)
    const packed = await file.read(at, count)
    at += count
    try {
      if (method === 0) ready.push(packed)
      else inflate.push(packed, at === start + packedSize)
    } catch (error) {
      throw broken((error as Error).message, error)
    }
    for (const piece of ready.splice(0)) {
      found += piece.length
      if (found > size) throw broken(`it becomes more than the ${size} bytes that the directory says`)
      sum = crc32(piece, sum)
      yield piece
    }
  }
  if (found !== size) throw broken(`it becomes ${found} bytes; the directory says ${size}`)
  if (sum !== crc) throw broken('its checksum is wrong')
}
