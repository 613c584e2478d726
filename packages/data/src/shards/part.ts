import { basename } from 'node:path'
import { DataError, quoted } from '@dc/core/plugin'
import { loadParquet, type ParquetOptions } from '../datasets/parquet'
import { readParts, readStream } from '../files'
import { parseNpyHeader } from '../formats/npy'
import { elementOf } from '../formats/npy-elements'
import { describeColumns } from '../formats/parquet/columns'
import { readFooter } from '../formats/parquet/footer'
import { readHints } from '../formats/parquet/hints'
import type { LabelValue } from '../labels'
import type { MemoryDataset } from '../memory-dataset'

/** One file of a folder of shards, of which any rows can be read. */
export interface ShardPart {
  readonly path: string
  readonly rows: number
  /** Values of a row. */
  readonly width: number
  /** Type of the values: `<f4`, or `float32` and `float64` of Parquet. */
  readonly type: string
  /** Whether float32 holds every value of the type. */
  readonly single: boolean
  /** Names of the columns, of a table. */
  readonly columns?: readonly string[]
  readonly notices?: readonly string[]
  /** Rows `from` to below `to`, `[to − from, width]`: float64 unless float32 holds them all. @throws DataError for a value that is not finite */
  read(from: number, to: number): Promise<Float32Array | Float64Array>
  /** What the file itself says of its rows. */
  known?(): Promise<{ readonly names?: readonly string[]; readonly classes?: readonly LabelValue[] }>
}

/** Types that float64 holds exactly. */
const readable = /^[<>|=]?(f[248]|[iu][124]|b1|\?)$/
const singles = /(f[24]|[iu][12]|b1|\?)$/

/** A `.npy` file in C order. Its values stay in the file. */
export async function npyPart(path: string): Promise<ShardPart> {
  const { dtype, shape, fortranOrder, bytes: start } = await readStream(path, {}, parseNpyHeader)
  const fail = (what: string) => new DataError(`${quoted(path)} ${what}`, { path, shape, dtype })
  if (shape.length !== 2) throw fail(`holds an array of shape [${shape.join(', ')}]; each shard is [rows, columns].`)
  const element = elementOf(dtype, path)
  if (!readable.test(dtype))
    throw fail(
      `holds dtype ${quoted(dtype)}; shards hold floats, or integers of up to 32 bits: save x.astype(np.float32).`,
    )
  const [rows, width] = shape
  if (rows === 0 || width === 0) throw fail(`is of shape [${shape.join(', ')}] and has no values.`)
  if (fortranOrder && rows > 1 && width > 1)
    throw fail('is in Fortran order, of which no rows can be read alone; save np.ascontiguousarray(x).')
  const needed = start + rows * width * element.bytes
  await readParts(path, async ({ size }) => {
    if (size !== needed) throw fail(`has ${size} bytes; its header asks for ${needed}.`)
  })
  const single = singles.test(dtype)
  const read = (from: number, to: number) =>
    readParts(path, async (file) => {
      const count = (to - from) * width
      const bytes = await file.read(start + from * width * element.bytes, count * element.bytes)
      const found = element.read(bytes.buffer as ArrayBuffer, path) as ArrayLike<number>
      const values =
        found instanceof Float32Array || found instanceof Float64Array
          ? found
          : single
            ? Float32Array.from(found)
            : Float64Array.from(found)
      return finite(values, path, from, width)
    })
  return { path, rows, width, type: dtype.replace(/^[<=|]/, ''), single, read }
}

/** A Parquet file. Its values are decoded when they are asked for, and held until another one's are. */
export async function parquetPart(path: string, options: ParquetOptions, held: HeldPart): Promise<ShardPart> {
  const load = () => held.get(path, () => loadParquet(path, options))
  const footer = await readParts(path, readFooter)
  const { sampleShape, columns, mapping, metadata, notices } = await load()
  if (mapping)
    throw new DataError(
      `${quoted(path)} holds values that float32 merges, which shards do not: save them as float32, on a scale around 0.`,
      { path },
    )
  // By the types of the columns: whether values of one file need float64 says nothing of the next.
  const names = metadata?.columns as readonly string[]
  const single = describeColumns(footer, readHints(footer).durations).every(
    (column) => column.single || !names.includes(column.name),
  )
  return {
    path,
    rows: Number(footer.num_rows),
    width: sampleShape[0],
    type: single ? 'float32' : 'float64',
    single,
    ...(columns && { columns }),
    ...(notices && { notices }),
    async read(from, to) {
      const found = await load()
      const wanted = Int32Array.from({ length: to - from }, (_, at) => from + at)
      return found.readExact ? found.readExact(wanted) : found.read(wanted)
    },
    async known() {
      const { rowNames, labels, classNames } = await load()
      return {
        ...(rowNames && { names: rowNames }),
        ...(labels && { classes: Array.from(labels, (label) => (label < 0 ? null : classNames?.[label])) }),
      }
    },
  }
}

/** The Parquet file that was read last, decoded. */
export interface HeldPart {
  get(path: string, load: () => Promise<MemoryDataset>): Promise<MemoryDataset>
}

export function heldPart(): HeldPart {
  let held: { path: string; dataset: Promise<MemoryDataset> } | undefined
  return {
    get(path, load) {
      if (held?.path !== path) held = { path, dataset: load() }
      return held.dataset
    },
  }
}

function finite<T extends Float32Array | Float64Array>(values: T, path: string, from: number, width: number): T {
  for (let at = 0; at < values.length; at++) {
    if (Number.isFinite(values[at])) continue
    const [row, column] = [from + Math.floor(at / width), at % width]
    throw new DataError(
      `Shard ${quoted(basename(path))} holds ${values[at]} at row ${row}, column ${column} (both from 0); all values must be finite.`,
      { path, row, column },
    )
  }
  return values
}
