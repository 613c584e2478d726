import { readNumbers, shardFile } from './folder'

/** The rows of a symmetric graph that belong to one shard. */
export interface GraphRows {
  readonly rows: number
  readonly offsets: Int32Array
  /** Numbers among all rows, ascending in each row. */
  readonly columns: Int32Array
  readonly values: Float64Array
}

export async function graphRows(folder: string, shard: number): Promise<GraphRows> {
  const read = (what: string) => readNumbers(shardFile(folder, what, shard))
  const offsets = (await read('offsets')) as Int32Array
  return {
    rows: offsets.length - 1,
    offsets,
    columns: (await read('columns')) as Int32Array,
    values: (await read('values')) as Float64Array,
  }
}

/**
 * `W X` for the rows of one shard. The shards of X are read one after the other, and added in their order.
 *
 * @param starts the number of the first row of each shard, and of all rows
 * @param read the rows of a shard of X, `[rows, width]`
 */
export async function timesShards(
  { rows, offsets, columns, values }: GraphRows,
  starts: readonly number[],
  width: number,
  read: (shard: number) => Promise<ArrayLike<number>>,
): Promise<Float64Array> {
  const out = new Float64Array(rows * width)
  const next = offsets.slice(0, rows)
  for (let shard = 0; shard + 1 < starts.length; shard++) {
    const [start, end] = [starts[shard], starts[shard + 1]]
    const reaches = (row: number) => next[row] < offsets[row + 1] && columns[next[row]] < end
    let x: ArrayLike<number> | undefined
    for (let row = 0; row < rows; row++)
      while (reaches(row)) {
        x ??= await read(shard)
        const at = next[row]++
        const from = (columns[at] - start) * width
        for (let c = 0; c < width; c++) out[row * width + c] += values[at] * x[from + c]
      }
  }
  return out
}
