import { inflateRawSync } from 'node:zlib'
import { DataError } from '@dc/core'
import { readBytes } from '../files'
import { type NpyArray, parseNpy } from './npy'

const signatures = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 }

/**
 * Reads a NumPy `.npz` file, a ZIP archive of `.npy` arrays, stored (`np.savez`) or deflated (`np.savez_compressed`).
 *
 * @param names the arrays to read; all by default. The others are not unpacked.
 * @returns arrays by name, without `.npy`
 * @throws DataError if the file is no ZIP, is encrypted or larger than 4 GiB (ZIP64), or an array is absent or broken
 * @see PKWARE, "APPNOTE.TXT: .ZIP File Format Specification", 4.3
 * @example
 * const { features, labels } = await readNpz('embeddings.npz', ['features', 'labels'])
 */
export async function readNpz(path: string, names?: readonly string[]): Promise<Record<string, NpyArray>> {
  const bytes = await readBytes(path)
  const entries = listEntries(bytes, path)
  const known = [...entries.keys()]
  const absent = names?.find((name) => !entries.has(name))
  if (absent !== undefined)
    throw new DataError(`'${path}' has no array '${absent}'; it has ${known.join(', ') || 'none'}.`, { path, known })
  const arrays: Record<string, NpyArray> = {}
  for (const name of names ?? known) arrays[name] = parseNpy(unpack(bytes, entries.get(name)!, path), `${path}:${name}`)
  return arrays
}

interface Entry {
  readonly method: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/** The central directory: entries by name, without `.npy`. */
function listEntries(bytes: Uint8Array, path: string): Map<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end < 0) throw new DataError(`'${path}' is not a .npz file: it has no ZIP directory.`, { path })
  const entries = new Map<string, Entry>()
  let at = view.getUint32(end + 16, true)
  if (at === 0xffffffff)
    throw new DataError(`'${path}' is a ZIP64 archive, which is not read; save .npy files.`, { path })
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== signatures.entry)
      throw new DataError(`'${path}' has a broken ZIP directory.`, { path })
    if (view.getUint16(at + 8, true) & 1) throw new DataError(`'${path}' is encrypted.`, { path })
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    entries.set(name.replace(/\.npy$/, ''), {
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + extra + comment
  }
  return entries
}

/** Where the end-of-directory record is: the last 22 bytes, or before a comment. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--)
    if (view.getUint32(at, true) === signatures.end) return at
  return -1
}

function unpack(bytes: Uint8Array, { method, packed, size, offset }: Entry, path: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== signatures.local)
    throw new DataError(`'${path}' has a broken ZIP entry.`, { path })
  // The local header's own lengths: NumPy pads here, and the directory does not know.
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const data = bytes.subarray(start, start + packed)
  if (method === 0) return data
  if (method !== 8)
    throw new DataError(`'${path}' is compressed by method ${method}; read are 0 and 8.`, { path, method })
  try {
    return inflateRawSync(data, { maxOutputLength: size || 1 })
  } catch (error) {
    throw new DataError(`'${path}' has a broken ZIP entry: ${(error as Error).message}.`, { path }, error)
  }
}
