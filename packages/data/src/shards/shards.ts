import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileChecksum } from '@dc/core/cache'
import { DataError, type Dataset, definePlugin, quoted } from '@dc/core/plugin'
import { z } from 'zod'
import { eachCsvRecord } from '../formats/csv-cells'
import { encodeLabels, type LabelValue } from '../labels'
import { listFolder } from '../list-files'
import { someOf } from '../some-of'
import { manifestName, readManifest, type ShardManifest } from './manifest'
import { heldPart, npyPart, parquetPart, type ShardPart } from './part'

/** How {@link loadShards} reads. */
export interface ShardsOptions {
  /**
   * `all` (default): every value is looked at, and every checksum of the manifest, when the folder is opened. `read`: only the
   * headers; values are looked at when they are read. For workers of which each reads few.
   */
  readonly check?: 'all' | 'read'
  /** Columns of Parquet parts, as `loadParquet` has them. */
  readonly features?: string | number | (string | number)[]
  readonly label?: string | number
  readonly id?: string | number
  /** Whether names and classes of rows are read, where there are any. Default true. */
  readonly names?: boolean
}

/** A data set in several files, none of which is ever whole in memory if it is `.npy`. */
export interface ShardedDataset extends Dataset {
  readonly folder: string
  /** Its files in their order, and the number of the first row of each. */
  readonly parts: readonly (ShardPart & { readonly start: number })[]
}

/** Names of so many rows are held at most: more take gigabytes. */
const mostNames = 10_000_000
const rowsAtOnce = (width: number) => Math.max(1, Math.floor(2 ** 22 / width))

/**
 * A folder of `.npy` or Parquet files as one data set: the rows of all, in the order of the manifest, or of the names of the files.
 * Rows are read from the files when they are asked for.
 *
 * All files have the same width and type of values, which are finite. Names and classes of rows are in a `.rows.csv` file beside
 * each `.npy` file, as `dclust extract` writes them, or in the Parquet files.
 *
 * @throws DataError naming the file that cannot be read, differs from the first in width or type, is not as the manifest says, or
 * holds a value that is not finite
 * @example
 * const rows = await loadShards('features')
 */
export async function loadShards(folder: string, options: ShardsOptions = {}): Promise<ShardedDataset> {
  const manifest = existsSync(join(folder, manifestName)) ? await readManifest(join(folder, manifestName)) : undefined
  const { check = 'all', names = true, label, ...columns } = options
  // As `dclust extract` writes it.
  const classColumn = label ?? (manifest?.classNames ? 'class' : undefined)
  const held = heldPart()
  const parts: (ShardPart & { start: number })[] = []
  let size = 0
  for (const { file, rows } of manifest?.parts ?? (await partsIn(folder))) {
    const path = join(folder, file)
    const part = file.toLowerCase().endsWith('.npy')
      ? await npyPart(path)
      : await parquetPart(path, { ...columns, ...(classColumn !== undefined && { label: classColumn }) }, held)
    if (rows !== undefined && part.rows !== rows)
      throw new DataError(`${quoted(path)} has ${part.rows} rows; the manifest says ${rows}.`, { path })
    if (parts.length > 0) requireSame(part, parts[0])
    parts.push({ ...part, start: size })
    size += part.rows
  }
  if (check === 'all') await checkAll(parts, manifest, folder)
  const [{ width, single, columns: named }] = parts
  const notices = [...(parts[0].notices ?? [])]
  if (names && size > mostNames) notices.push(`names of ${size.toLocaleString('en-US')} rows are not held in memory`)
  const known = names && size <= mostNames ? await namesOf(parts, manifest, folder) : {}
  const sums = manifest?.parts.map(({ sha256 }) => sha256)
  const read = (rows: ArrayLike<number>) => rowsOf({ folder, parts, size, width }, rows)
  return {
    name: basename(resolve(folder)) || folder,
    folder,
    parts,
    size,
    sampleShape: [width],
    ...(named && { columns: named }),
    ...known,
    ...(notices.length > 0 && { notices }),
    metadata: { source: folder, parts: parts.length },
    read: async (rows) => Float32Array.from(await read(rows)),
    ...(!single && { readExact: async (rows: ArrayLike<number>) => Float64Array.from(await read(rows)) }),
    async fingerprint() {
      // Checksums that were checked stand for the rows.
      const checked = check === 'all' && sums?.every((sum) => sum !== undefined)
      const all = checked ? sums : await Promise.all(parts.map(({ path }) => fileChecksum(path)))
      return JSON.stringify(['shards', width, all])
    },
  }
}

/** The files of a folder without a manifest. */
async function partsIn(folder: string): Promise<{ file: string; rows?: number }[]> {
  const found = (await listFolder({ path: folder })).filter(({ kind }) => kind === 'file').map(({ name }) => name)
  const files = found.filter((name) => /\.(npy|parquet)$/i.test(name))
  if (files.length === 0)
    throw new DataError(
      `${quoted(folder)} holds no shards (.npy, .parquet). ${found.length === 0 ? 'It is empty.' : `It holds ${someOf(found)}.`}`,
      { folder },
    )
  return files.map((file) => ({ file }))
}

function requireSame(part: ShardPart, first: ShardPart): void {
  const fail = (what: string) =>
    new DataError(`${quoted(part.path)} ${what}; all shards are alike.`, { path: part.path, first: first.path })
  if (part.width !== first.width)
    throw fail(`has ${part.width} columns, ${quoted(basename(first.path))} has ${first.width}`)
  if (part.type !== first.type)
    throw fail(`holds ${quoted(part.type)}, ${quoted(basename(first.path))} ${quoted(first.type)}`)
  const other = part.columns?.find((name, at) => name !== first.columns?.[at])
  if (other !== undefined && !/\[\d+\]$/.test(other)) throw fail(`has the column ${quoted(other)} in another place`)
}

/** Every value and every checksum, a block at a time. */
async function checkAll(
  parts: readonly ShardPart[],
  manifest: ShardManifest | undefined,
  folder: string,
): Promise<void> {
  for (const [at, { path, rows, width, read }] of parts.entries()) {
    const expected = manifest?.parts[at].sha256
    if (expected !== undefined && (await fileChecksum(path)) !== expected)
      throw new DataError(
        `${quoted(path)} is not the file that the manifest of ${quoted(folder)} names: its SHA-256 differs.`,
        {
          path,
        },
      )
    const block = rowsAtOnce(width)
    for (let from = 0; from < rows; from += block) await read(from, Math.min(rows, from + block))
  }
}

/** Names and classes of all rows, where every part has them. */
async function namesOf(
  parts: readonly ShardPart[],
  manifest: ShardManifest | undefined,
  folder: string,
): Promise<Pick<Dataset, 'rowNames' | 'labels' | 'classNames' | 'notices'>> {
  const names: string[] = []
  const classes: LabelValue[] = []
  let [named, classed] = [true, true]
  for (const [at, part] of parts.entries()) {
    const file = manifest?.parts[at].names?.file ?? basename(part.path).replace(/\.npy$/i, '.rows.csv')
    const found = part.known ? await part.known() : await rowsFile(join(folder, file), part.rows)
    named &&= found.names !== undefined
    classed &&= found.classes !== undefined
    if (named) for (const name of found.names!) names.push(name)
    if (classed) for (const name of found.classes!) classes.push(name)
  }
  const { classNames } = manifest ?? {}
  const known = new Set(classNames)
  // In the order of the manifest, so that a class has its number also if a part has none of its rows.
  const inOrder = classNames && classes.every((name) => name === null || known.has(String(name)))
  const numbers = new Map(classNames?.map((name, number) => [name, number]))
  return {
    ...(named && { rowNames: names }),
    ...(classed &&
      (inOrder
        ? { labels: Int32Array.from(classes, (name) => numbers.get(String(name)) ?? -1), classNames }
        : withoutNotices(encodeLabels(classes)))),
  }
}

function withoutNotices({ labels, classNames }: ReturnType<typeof encodeLabels>) {
  return labels ? { labels, classNames } : {}
}

// `csvCell` of dclust puts an apostrophe before what a spreadsheet would take for a formula.
const disarmed = /(?<=^|[;\t\r\n])'(?='*(?:[^\S\t\r\n]*[=+\-@＝＋－＠]|[\t\r\n]))/g
const plainText = (cell: string) => cell.replace(disarmed, '')

/** What `dclust extract` writes beside an array. */
async function rowsFile(path: string, rows: number): ReturnType<NonNullable<ShardPart['known']>> {
  if (!existsSync(path)) return {}
  const names: string[] = []
  const classes: (string | null)[] = []
  let header: readonly string[] = []
  await eachCsvRecord(path, (cells) => {
    if (header.length === 0) header = [...cells]
    else {
      names.push(plainText(cells[header.indexOf('name')] ?? ''))
      const name = cells[header.indexOf('class')] ?? ''
      classes.push(name === '' ? null : plainText(name))
    }
  })
  if (!header.includes('name') || names.length !== rows)
    throw new DataError(`${quoted(path)} names ${names.length} rows; its shard has ${rows}.`, { path })
  return { names, ...(header.includes('class') && { classes }) }
}

/** Rows by their numbers; those beside each other are read together. */
async function rowsOf(
  { folder, parts, size, width }: Pick<ShardedDataset, 'folder' | 'parts' | 'size'> & { width: number },
  rows: ArrayLike<number>,
): Promise<Float32Array | Float64Array> {
  const out = parts[0].single ? new Float32Array(rows.length * width) : new Float64Array(rows.length * width)
  const block = rowsAtOnce(width)
  for (let at = 0; at < rows.length; ) {
    const row = rows[at]
    if (!(Number.isInteger(row) && row >= 0 && row < size))
      throw new DataError(`Row ${row} is outside the shards ${quoted(folder)} of ${size} rows.`, { row, size })
    const part = parts[partOf(parts, row)]
    let count = 1
    while (
      at + count < rows.length &&
      count < block &&
      rows[at + count] === row + count &&
      row + count < part.start + part.rows
    )
      count++
    out.set(await part.read(row - part.start, row - part.start + count), at * width)
    at += count
  }
  return out
}

/** The part that a row is in, by bisection. */
function partOf(parts: ShardedDataset['parts'], row: number): number {
  let [low, high] = [0, parts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (parts[middle].start <= row) low = middle
    else high = middle - 1
  }
  return low
}

const column = z.union([z.string(), z.int()])

export const shards = definePlugin({
  kind: 'dataset',
  name: 'shards',
  apiVersion: 1,
  description: 'A folder of .npy or Parquet files of rows, read as they are asked for: larger than memory',
  options: z.strictObject({
    path: z.string().min(1),
    check: z
      .enum(['all', 'read'])
      .default('all')
      .describe('whether every value is looked at first, or when it is read'),
    features: z
      .union([column, z.array(column).min(1)])
      .optional()
      .describe('columns of Parquet files'),
    label: column.optional().describe('column of the labels, of Parquet files'),
    id: column.optional().describe('column that names the rows, of Parquet files'),
    names: z.boolean().default(true).describe('whether names and classes of rows are read'),
  }),
  describe: () => ({}),
  create: ({ path, ...options }) => loadShards(path, options),
})
