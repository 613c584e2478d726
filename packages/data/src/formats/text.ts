import { DataError, hasNodeModule, nodeModule, quoted } from '@dc/core/plugin'
import { joinedBytes } from '../joined-bytes'

/** A text file's bytes in UTF-8, without a byte-order mark. */
export interface Utf8 {
  readonly bytes: Uint8Array
  /** A sentence for the user, if the file was not UTF-8. */
  readonly notice?: string
}

/** Bytes converted at a time, so that a file's text is never whole in memory twice. */
const part = 1 << 20

/**
 * The text of a file in UTF-8, for parsers that read bytes. Its bytes tell the encoding:
 *
 * 1. UTF-8 and UTF-16 by their byte-order marks, which are taken off;
 * 2. UTF-16 without a mark if every other byte of the start is NUL;
 * 3. UTF-8 if it is valid;
 * 4. else windows-1252, in which every byte is a character of its own: different texts stay different.
 *
 * @param path names the file in errors
 * @throws DataError if the file is marked as UTF-16 but is not, or holds NUL, which no text does
 */
export function toUtf8(bytes: Uint8Array, path: string): Utf8 {
  const utf16 = utf16Of(bytes)
  const converted: Utf8 = utf16
    ? { notice: utf16.notice, bytes: fromUtf16(bytes.subarray(utf16.start), utf16.encoding, path) }
    : fromBytes(bytes)
  const nul = converted.bytes.indexOf(0)
  if (nul >= 0) throw new DataError(`${quoted(path)} is not text: byte ${nul} is NUL.`, { path, byte: nul })
  return converted
}

/**
 * The text of a file, as {@link toUtf8} reads it.
 *
 * @throws DataError as {@link toUtf8}, and for more text than a string holds (512 MB)
 */
export function decodeText(bytes: Uint8Array, path: string): { text: string; notice?: string } {
  const { bytes: utf8, notice } = toUtf8(bytes, path)
  if (utf8.length > longestText)
    throw new DataError(`${quoted(path)} is too long to be read as one text: ${utf8.length} bytes.`, { path })
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8), ...(notice && { notice }) }
}

interface Utf16 {
  readonly encoding: 'utf-16le' | 'utf-16be'
  readonly start: number
  readonly notice?: string
}

function utf16Of(bytes: Uint8Array): Utf16 | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', start: 2 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', start: 2 }
  // Digits, delimiters and line ends have a NUL as their high byte.
  const start = bytes.subarray(0, Math.min(bytes.length & ~1, 1024))
  const nuls = [0, 0]
  for (let i = 0; i < start.length; i++) if (start[i] === 0) nuls[i % 2]++
  const enough = start.length / 4
  const notice = 'read as UTF-16, though it has no byte-order mark'
  if (nuls[1] > enough && nuls[0] === 0) return { encoding: 'utf-16le', start: 0, notice }
  if (nuls[0] > enough && nuls[1] === 0) return { encoding: 'utf-16be', start: 0, notice }
  return null
}

function fromUtf16(bytes: Uint8Array, encoding: Utf16['encoding'], path: string): Uint8Array {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const parts: Uint8Array[] = []
  try {
    for (let at = 0; at < bytes.length; at += part)
      parts.push(utf8.encode(decoder.decode(bytes.subarray(at, at + part), { stream: at + part < bytes.length })))
  } catch (error) {
    throw new DataError(`${quoted(path)} is marked as UTF-16 but is not.`, { path }, error)
  }
  return joinedBytes(parts)
}

function fromBytes(bytes: Uint8Array): Utf8 {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const text = marked ? bytes.subarray(3) : bytes
  if (isUtf8(text)) return { bytes: text }
  const parts: Uint8Array[] = []
  for (let at = 0; at < text.length; at += few)
    parts.push(
      utf8.encode(
        String.fromCharCode(...text.subarray(at, at + few)).replace(c1, (c) => windows1252[c.charCodeAt(0) - 0x80]),
      ),
    )
  return { bytes: joinedBytes(parts), notice: 'read as windows-1252, for it is not valid UTF-8' }
}

const utf8 = new TextEncoder()
/** Of V8 on 64 bits; other machines take less, and say so. */
const longestText = 2 ** 29 - 24

function isUtf8(bytes: Uint8Array): boolean {
  if (hasNodeModule('node:buffer'))
    return nodeModule<typeof import('node:buffer')>('node:buffer', 'Reading a text').isUtf8(bytes)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (let at = 0; at < bytes.length; at += part)
      decoder.decode(bytes.subarray(at, at + part), { stream: at + part < bytes.length })
    return true
  } catch {
    return false
  }
}

/** Characters that a function takes as arguments. */
const few = 1 << 13
const c1 = /[\x80-\x9f]/g
// As in the WHATWG's table, which not every TextDecoder follows: five bytes without a character stay control characters.
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
