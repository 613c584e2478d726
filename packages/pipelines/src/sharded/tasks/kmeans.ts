import { createRandom } from '@dc/core/random'
import { availableProducts, kmeansPartial, type Products, predictNearest, takeRows } from '@dc/spectral'
import { z } from 'zod'
import { folderSchema, shardFile, shardRows, startOf, writeNpy } from '../folder'
import { packed, unpacked } from '../packed'
import { defineTask, type ShardContext } from '../runner'

const shardSchema = z.strictObject({
  data: folderSchema,
  shard: z.int().nonnegative(),
  normalize: z.boolean(),
})

let found: Promise<Products | null> | undefined
/** Compiled once in each process. */
export const productsHere = () => (found ??= availableProducts())

/** Centroids of a call, `[k, columns]`. */
async function centroidsOf({ value }: ShardContext, columns: number) {
  const { centroids } = unpacked<'centroids'>(await value('centroids'))
  return { values: centroids as Float64Array, rows: centroids.length / columns, columns }
}

/** Some rows of a shard, drawn by a seed. */
export const sample = defineTask({
  name: 'sample',
  args: shardSchema.extend({ seed: z.int().nonnegative(), count: z.int().nonnegative() }),
  async run({ data, shard, normalize, seed, count }) {
    const points = await shardRows(data, shard, normalize)
    const rows = createRandom(seed).split('sample').split(shard).permutation(points.rows).slice(0, count).sort()
    return packed({ values: takeRows(points, rows).values })
  },
})

/** A shard's sums, masses and inertia in a round of k-means. */
export const kmeansRound = defineTask({
  name: 'kmeans',
  args: shardSchema,
  async run({ data, shard, normalize }, context) {
    const points = await shardRows(data, shard, normalize)
    const centroids = await centroidsOf(context, points.columns)
    const { sums, masses, inertia } = kmeansPartial(points, centroids, { products: await productsHere() })
    return packed({ sums, masses, inertia: Float64Array.of(inertia) })
  },
})

/** The rows of a shard that are farthest from their centroids, for clusters without any. */
export const farthest = defineTask({
  name: 'farthest',
  args: shardSchema.extend({ count: z.int().positive() }),
  async run({ data, shard, normalize, count }, context) {
    const points = await shardRows(data, shard, normalize)
    const { values, columns } = points
    const centroids = await centroidsOf(context, columns)
    const labels = predictNearest(points, centroids, await productsHere())
    const squares = Float64Array.from(labels, (label, row) => {
      let square = 0
      for (let c = 0; c < columns; c++)
        square += (values[row * columns + c] - centroids.values[label * columns + c]) ** 2
      return square
    })
    const rows = Int32Array.from(squares.keys())
      .sort((a, b) => squares[b] - squares[a] || a - b)
      .slice(0, count)
    return packed({ squares: Float64Array.from(rows, (row) => squares[row]), values: takeRows(points, rows).values })
  },
})

/** Labels of a shard's rows, written into a file of their own; and how many each cluster has. */
export const label = defineTask({
  name: 'label',
  args: shardSchema.extend({ out: z.string().min(1) }),
  async run({ data, shard, normalize, out }, context) {
    const points = await shardRows(data, shard, normalize)
    const centroids = await centroidsOf(context, points.columns)
    const labels = predictNearest(points, centroids, await productsHere())
    await writeNpy(shardFile(out, 'labels', shard), labels, [labels.length])
    const sizes = new Float64Array(centroids.rows)
    for (const label of labels) sizes[label]++
    return packed({ sizes, start: Float64Array.of(await startOf(data, shard)) })
  },
})
