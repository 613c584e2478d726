import { neighboursPartial } from '@dc/spectral'
import { z } from 'zod'
import { folderSchema, readNumbers, shardFile, shardRows, startOf, writeNpy } from '../folder'
import { packed } from '../packed'
import { defineTask } from '../runner'
import { productsHere } from './kmeans'

/** Neighbours of the rows of one shard among those of another. */
export const neighbours = defineTask({
  name: 'neighbours',
  args: z.strictObject({
    data: folderSchema,
    shard: z.int().nonnegative(),
    among: z.int().nonnegative(),
    k: z.int().positive(),
    normalize: z.boolean(),
  }),
  async run({ data, shard, among, k, normalize }) {
    const queries = await shardRows(data, shard, normalize)
    const points = among === shard ? queries : await shardRows(data, among, normalize)
    const start = await startOf(data, among)
    const found = neighboursPartial(queries, points, k, { start, products: await productsHere() })
    return packed({ indices: found.indices, squares: found.squares, k: Int32Array.of(found.k) })
  },
})

/** Where the rows of a graph in shards lie: the number of the first row of each shard, and of all rows. */
export const rowsSchema = z.array(z.int().nonnegative()).min(2)

/**
 * The rows of the symmetric graph `(A + Aᵀ)/2` that belong to one shard, A the directed graph of neighbours with weights 1, in
 * three files. Its entries are sorted by row, then by column. Its answer is how many there are.
 */
export const graph = defineTask({
  name: 'graph',
  args: z.strictObject({
    folder: z.string().min(1),
    shard: z.int().nonnegative(),
    starts: rowsSchema,
    k: z.int().positive(),
  }),
  async run({ folder, shard, starts, k }, { signal }) {
    const [first, end] = [starts[shard], starts[shard + 1]]
    const weights = Array.from({ length: end - first }, () => new Map<number, number>())
    const add = (row: number, column: number) => {
      if (row >= first && row < end) weights[row - first].set(column, (weights[row - first].get(column) ?? 0) + 0.5)
    }
    for (let other = 0; other + 1 < starts.length; other++) {
      signal?.throwIfAborted()
      const indices = await readNumbers(shardFile(folder, 'neighbours', other))
      for (let at = 0; at < indices.length; at++) {
        const row = starts[other] + Math.floor(at / k)
        add(row, indices[at])
        add(indices[at], row)
      }
    }
    const offsets = new Int32Array(weights.length + 1)
    for (const [row, edges] of weights.entries()) offsets[row + 1] = offsets[row] + edges.size
    const total = offsets[weights.length]
    const [columns, values, degrees] = [
      new Int32Array(total),
      new Float64Array(total),
      new Float64Array(weights.length),
    ]
    for (const [row, edges] of weights.entries()) {
      const sorted = [...edges].sort(([a], [b]) => a - b)
      for (const [at, [column, weight]] of sorted.entries()) {
        columns[offsets[row] + at] = column
        values[offsets[row] + at] = weight
        degrees[row] += weight
      }
    }
    for (const [what, array] of Object.entries({ offsets, columns, values, degrees }))
      await writeNpy(shardFile(folder, what, shard), array, [array.length])
    return packed({ total: Float64Array.of(total) })
  },
})
