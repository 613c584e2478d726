import { createRandom } from '@dc/core/random'
import { z } from 'zod'
import { readNumbers, shardFile, writeNpy } from '../folder'
import { graphRows, timesShards } from '../graph-rows'
import { packed, unpacked } from '../packed'
import { defineTask } from '../runner'
import { rowsSchema } from './neighbours'

// Blocks are matrices of as many rows as the graph, a file for each shard: NAME-000000.npy, `[rows, width]`, float64.
const blockSchema = z.strictObject({
  folder: z.string().min(1),
  shard: z.int().nonnegative(),
})
const name = z.string().regex(/^b\d+$/)
const read = async (folder: string, block: string, shard: number) =>
  (await readNumbers(shardFile(folder, block, shard))) as Float64Array

/** Scales the graph of a shard to `D^(−½) W D^(−½)`, D the degrees of all shards; a row without edges stays empty. */
export const scaleGraph = defineTask({
  name: 'scale-graph',
  args: blockSchema.extend({ graph: z.string().min(1), starts: rowsSchema }),
  async run({ folder, graph, shard, starts }) {
    const { rows, offsets, columns, values } = await graphRows(graph, shard)
    const degreesOf = (other: number) => readNumbers(shardFile(graph, 'degrees', other))
    const own = await degreesOf(shard)
    const scaled = new Float64Array(values.length)
    const next = offsets.slice(0, rows)
    for (let other = 0; other + 1 < starts.length; other++) {
      const degrees = await degreesOf(other)
      for (let row = 0; row < rows; row++)
        for (; next[row] < offsets[row + 1] && columns[next[row]] < starts[other + 1]; next[row]++)
          scaled[next[row]] =
            values[next[row]] / Math.sqrt(own[row]) / Math.sqrt(degrees[columns[next[row]] - starts[other]])
    }
    for (const [what, array] of Object.entries({ offsets, columns, values: scaled }))
      await writeNpy(shardFile(folder, what, shard), array, [array.length])
    return packed({ none: new Float64Array(0) })
  },
})

/** A block of normal draws. */
export const draw = defineTask({
  name: 'draw',
  args: blockSchema.extend({
    seed: z.int().nonnegative(),
    rows: z.int().positive(),
    width: z.int().positive(),
    out: name,
  }),
  async run({ folder, shard, seed, rows, width, out }) {
    const random = createRandom(seed).split('block').split(shard)
    const values = Float64Array.from({ length: rows * width }, () => random.normal())
    await writeNpy(shardFile(folder, out, shard), values, [rows, width])
    return packed({ none: new Float64Array(0) })
  },
})

/** `out = scale (L x − centre x) − keep before`, L = 1 − W the Laplacian of the scaled graph W. */
export const recur = defineTask({
  name: 'recur',
  args: blockSchema.extend({
    graph: z.string().min(1),
    starts: rowsSchema,
    width: z.int().positive(),
    x: name,
    before: name.nullable(),
    scale: z.number(),
    centre: z.number(),
    keep: z.number(),
    out: name,
  }),
  async run({ folder, graph, shard, starts, width, x, before, scale, centre, keep, out }) {
    const own = await read(folder, x, shard)
    const next = await timesShards(await graphRows(graph, shard), starts, width, (other) => read(folder, x, other))
    const earlier = before === null ? null : await read(folder, before, shard)
    for (let at = 0; at < next.length; at++)
      next[at] = scale * (own[at] - next[at] - centre * own[at]) - (earlier ? keep * earlier[at] : 0)
    await writeNpy(shardFile(folder, out, shard), next, [next.length / width, width])
    return packed({ none: new Float64Array(0) })
  },
})

/** A shard's part of `XᵀY`. */
export const gram = defineTask({
  name: 'gram',
  args: blockSchema.extend({ x: name, y: name, rows: z.int().positive() }),
  async run({ folder, shard, x, y, rows }) {
    const left = await read(folder, x, shard)
    const right = y === x ? left : await read(folder, y, shard)
    const [p, q] = [left.length / rows, right.length / rows]
    const sums = new Float64Array(p * q)
    for (let row = 0; row < rows; row++)
      for (let a = 0; a < p; a++) {
        const value = left[row * p + a]
        for (let b = 0; b < q; b++) sums[a * q + b] += value * right[row * q + b]
      }
    return packed({ sums })
  },
})

/** `out = Σ X_f C_f` of some blocks and small matrices `[width_f, columns]`, one under the other in the value `change`. */
export const combine = defineTask({
  name: 'combine',
  args: blockSchema.extend({
    blocks: z.array(name).min(1),
    rows: z.int().positive(),
    columns: z.int().positive(),
    /** Where the result goes, if not beside the blocks; its name then is `embedding`. */
    out: z.union([name, z.literal('embedding')]),
    into: z.string().min(1).optional(),
    /** Divides each row by the root of its degree in this graph. */
    degrees: z.string().min(1).optional(),
  }),
  async run({ folder, shard, blocks, rows, columns, out, into = folder, degrees }, { value }) {
    const change = unpacked<'change'>(await value('change')).change
    const sum = new Float64Array(rows * columns)
    let first = 0
    for (const block of blocks) {
      const x = await read(folder, block, shard)
      const width = x.length / rows
      for (let row = 0; row < rows; row++)
        for (let a = 0; a < width; a++) {
          const factor = x[row * width + a]
          for (let c = 0; c < columns; c++) sum[row * columns + c] += factor * change[(first + a) * columns + c]
        }
      first += width
    }
    if (degrees !== undefined) {
      const own = await readNumbers(shardFile(degrees, 'degrees', shard))
      for (let at = 0; at < sum.length; at++) {
        const degree = own[Math.floor(at / columns)]
        if (degree > 0) sum[at] /= Math.sqrt(degree)
      }
    }
    await writeNpy(shardFile(into, out, shard), sum, [rows, columns])
    return packed({ none: new Float64Array(0) })
  },
})
