import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { checksum, writeWhole } from '@dc/core/cache'
import { DataError, fileReason, quoted } from '@dc/core/plugin'
import { type Matrix, unitRows } from '@dc/core/points'
import { loadShards, type ShardedDataset } from '@dc/data'
import { z } from 'zod'

/** A folder of shards, as a call names it. */
export const folderSchema = z.strictObject({
  folder: z.string().min(1),
  /** Made of names, sizes and checksums of the files: what is asked for and what is there are the same. */
  identity: z.string(),
})
export type Folder = z.output<typeof folderSchema>

/** A folder of shards, and how long each is. */
export interface OpenFolder extends Folder {
  readonly data: ShardedDataset
  readonly width: number
  /** Rows of each shard, and the number of its first among all. */
  readonly rows: readonly number[]
  readonly starts: readonly number[]
}

const opened = new Map<string, Promise<OpenFolder>>()

/** Opens a folder; only the headers of its files are read. */
export async function openFolder(path: string): Promise<OpenFolder> {
  const folder = resolve(path)
  const data = await loadShards(folder, { check: 'read', names: false })
  const facts = data.parts.map(({ path, rows, type }) => [basename(path), rows, type, statSync(path).size])
  return {
    folder,
    identity: checksum(JSON.stringify([data.sampleShape, facts])),
    data,
    width: data.sampleShape[0],
    rows: data.parts.map(({ rows }) => rows),
    starts: data.parts.map(({ start }) => start),
  }
}

/** The folder that a call names, opened once in each process. @throws DataError if it is another one here */
async function known({ folder, identity }: Folder): Promise<OpenFolder> {
  const key = `${identity} ${folder}`
  if (!opened.has(key)) opened.set(key, openFolder(folder))
  const found = await opened.get(key)!
  if (found.identity === identity) return found
  opened.delete(key)
  throw new DataError(`The shards in ${quoted(folder)} are others on this machine than where they were asked for.`, {
    folder,
  })
}

/** Rows of one shard. @param normalize whether each is scaled to length 1 */
export async function shardRows(at: Folder, shard: number, normalize = false): Promise<Matrix> {
  const { data, width } = await known(at)
  const part = data.parts[shard]
  if (!part) throw new DataError(`There is no shard ${shard} in ${quoted(at.folder)}.`, { shard })
  const points = { values: await part.read(0, part.rows), rows: part.rows, columns: width }
  return normalize ? unitRows(points) : points
}

/** The number of the first row of a shard among all rows. */
export async function startOf(at: Folder, shard: number): Promise<number> {
  return (await known(at)).data.parts[shard].start
}

const digits = (number: number) => String(number).padStart(6, '0')
/** The file of a shard's results, by what they are. */
export const shardFile = (folder: string, what: string, shard: number) => join(folder, `${what}-${digits(shard)}.npy`)

const descriptions = new Map<unknown, string>([
  [Float32Array, '<f4'],
  [Float64Array, '<f8'],
  [Int32Array, '<i4'],
])

/**
 * Writes an array as a `.npy` file, whole or not at all.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function writeNpy(
  path: string,
  values: Float32Array | Float64Array | Int32Array,
  shape: readonly number[],
): Promise<void> {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${descriptions.get(values.constructor)}', 'fortran_order': False, 'shape': (${sides}), }`
  // The values begin at a multiple of 64 bytes; the header ends with a line end.
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10
  const start = Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 255, length >> 8])
  await writeWhole(path, async (file) => {
    await file.writeFile(start)
    await file.writeFile(`${text.padEnd(length - 1)}\n`, 'latin1')
    await file.writeFile(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  })
}

/** The numbers of a `.npy` file that {@link writeNpy} wrote. @throws DataError for another file, or one that cannot be read */
export async function readNumbers(path: string): Promise<Float32Array | Float64Array | Int32Array> {
  const bytes = await readFile(path).catch((error) => {
    throw new DataError(`Cannot read ${quoted(path)}: ${fileReason(error)}.`, { path }, error)
  })
  const start = 10 + bytes[8] + 256 * bytes[9]
  const header = bytes.toString('latin1', 1, start)
  const kind = [...descriptions].find(([, type]) => header.startsWith('NUMPY') && header.includes(`'descr': '${type}'`))
  if (!kind) throw new DataError(`${quoted(path)} holds no numbers that were written here.`, { path })
  const Type = kind[0] as typeof Float64Array
  return new Type(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length) as ArrayBuffer)
}
