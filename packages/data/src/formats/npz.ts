import { DataError, quoted } from '@dc/core/plugin'
import { ByteStream } from '../byte-stream'
import type { FileSource } from '../file-source'
import { type FileParts, type ReadOptions, readParts } from '../files'
import { someOf } from '../some-of'
import { tooLarge, unpackingLimit } from '../unpacking'
import { type NpyArray, type NpyHeader, parseNpy, parseNpyHeader } from './npy'
import { readZipDirectory, unzip, type ZipEntry } from './zip'

/**
 * Reads a NumPy `.npz` file, a ZIP archive of `.npy` arrays, stored (`np.savez`) or deflated (`np.savez_compressed`).
 *
 * @param names the arrays to read; all by default. Others are not unpacked.
 * @returns arrays by name, without `.npy`
 * @throws DataError if the file is no ZIP archive, is encrypted or broken (checksums are verified); if an array is absent or
 * cannot be read (see {@link readNpy}); if the arrays become more than `maxUnpackedBytes`
 * @see PKWARE, "APPNOTE.TXT: .ZIP File Format Specification", 4.3
 * @example
 * const { features, labels } = await readNpz('embeddings.npz', ['features', 'labels'])
 */
export function readNpz(
  path: FileSource,
  names?: readonly string[],
  options: ReadOptions = {},
): Promise<Record<string, NpyArray>> {
  return openNpz(path, options, async ({ names: known, read }) => {
    const arrays: [string, NpyArray][] = []
    for (const name of names ?? known) arrays.push([name, await read(name)])
    return Object.fromEntries(arrays)
  })
}

/** The arrays of an open `.npz` file. */
export interface Npz {
  readonly names: readonly string[]
  /** An array's header; null if it is no array that can be read. */
  header(name: string): Promise<NpyHeader | null>
  /** @throws DataError as {@link readNpz} */
  read(name: string): Promise<NpyArray>
}

/** Opens a `.npz` file, and closes it afterwards. Errors are those of {@link readNpz}. */
export async function openNpz<T>(source: FileSource, options: ReadOptions, use: (npz: Npz) => Promise<T>): Promise<T> {
  return readParts(source, async (file) => {
    const { path } = file
    const entries = new Map<string, ZipEntry>()
    for (const entry of await readZipDirectory(file))
      if (entry.name.endsWith('.npy')) entries.set(entry.name.slice(0, -'.npy'.length), entry)
    const names = [...entries.keys()]
    const limit = unpackingLimit(file.size, options.maxUnpackedBytes)
    let total = 0
    const find = (name: string): ZipEntry => {
      const entry = entries.get(name)
      if (entry) return entry
      const list = someOf(names, 10) || 'none'
      throw new DataError(`${quoted(path)} has no array ${quoted(name)}; it has ${list}.`, { path, known: names })
    }
    return use({
      names,
      header: (name) => unpack(file, name, find(name), parseNpyHeader).catch(nullIfBroken),
      async read(name) {
        const entry = find(name)
        total += entry.size
        if (total > limit) throw tooLarge(path, limit)
        return unpack(file, name, entry, parseNpy)
      },
    })
  })
}

async function unpack<T>(
  file: FileParts,
  name: string,
  entry: ZipEntry,
  parse: (stream: ByteStream) => Promise<T>,
): Promise<T> {
  const stream = new ByteStream(`${file.path}:${name}`, unzip(file, entry), entry.size)
  try {
    return await parse(stream)
  } finally {
    await stream.close()
  }
}

function nullIfBroken(error: unknown): null {
  if (DataError.isInstance(error)) return null
  throw error
}
