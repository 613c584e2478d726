import { type Augmentation, definePlugin, letEventsIn, namedParts, partOf, type Random, tf } from '@dc/core'
import { unitRows } from '@dc/core/points'
import { type Matrix, matrix, takeRows } from '@dc/spectral'
import { z } from 'zod'
import { datasetNeighbours } from '../dataset-neighbours'
import { allRows, rowWidth } from '../host-rows'

/** How {@link neighbourViews} draws. */
export interface NeighbourViewsOptions {
  /** Nearest rows that a view is drawn from; fewer where there are not as many. */
  readonly neighbours: number
  /** How far a view lies from the row towards its neighbour: 1 is the neighbour itself. */
  readonly mix: number
  /** Draws only neighbours that have the row among their own; a row without any stays itself. */
  readonly mutual: boolean
  /** Whether both views are drawn; else the first is the row itself. */
  readonly both: boolean
  /** Values that may be held; of larger data the rows are read anew. Default 2²⁸. */
  readonly most?: number
}

/** Values that are held: 1 GiB as float32. */
const usualMost = 2 ** 28
const none = new Int32Array(0)

/**
 * Views of feature vectors that know the data: a row, and one of its nearest neighbours by direction, drawn anew each time.
 * What near rows have in common is what a cluster is, where no transformation is known that leaves it.
 *
 * `prepare` finds the neighbours of all rows, exactly, on rows of length 1. They depend on the data alone, so a resumed
 * training finds the same. Before that a row has no neighbours, and every view is the row. Data of more than `most` values are
 * not held: `beside` names the neighbours of a batch, which the caller reads from where the data are.
 *
 * @returns two tensors of the batch's shape
 * @see Van Gansbeke et al. 2020, "SCAN: Learning to classify images without labels", for neighbours as positives
 * @example
 * const views = neighbourViews({ neighbours: 20, mix: 1, mutual: false, both: false })
 * await views.prepare?.(dataset)
 * const [row, neighbour] = views.apply(batch, random)
 */
export function neighbourViews({
  neighbours,
  mix,
  mutual,
  both,
  most = usualMost,
}: NeighbourViewsOptions): Augmentation {
  let known: { readonly points: Matrix | null; readonly near: Near } | undefined
  /** Neighbours of each row for each view that is drawn. */
  const drawn = (rows: Int32Array, random: Random): Int32Array[] =>
    (both ? ['first', 'second'] : ['second']).map((view) => {
      const own = random.split(view)
      return known ? rows.map((row) => draw(row, known!.near, own)) : rows
    })
  return {
    views: 2,
    async prepare(dataset, { signal } = {}) {
      const width = rowWidth(dataset)
      const held = dataset.size * width <= most
      const points = held ? matrix(await dataset.read(allRows(dataset)), dataset.size, width) : null
      await letEventsIn(signal)
      const k = Math.min(neighbours, dataset.size - 1)
      const unit = points && (() => unitRows(points))
      const wanted = { k, by: 'direction in float32', points: unit, most, signal } as const
      const indices = k > 0 ? (await datasetNeighbours(dataset, wanted)).indices : none
      await letEventsIn(signal)
      known = { points, near: nearOf(indices, dataset.size, k, mutual) }
    },
    resident: {
      hold: (rows) => ({ rows: rows.clone() }),
      draw({ rows }, random) {
        const near = drawn(rows, random).map((near) => ({ near: tf.tensor1d(near, 'int32') }))
        return { own: tf.tensor1d(rows, 'int32'), ...namedParts('view', near) }
      },
      make({ rows }, numbers) {
        const own = rows.gather(numbers.own)
        const views = (both ? [0, 1] : [0]).map((at) => {
          const near = rows.gather(partOf('view', numbers, at).near)
          return mix === 1 ? near : own.add(near.sub(own).mul(mix))
        })
        return both ? views : [own, ...views]
      },
    },
    beside: (rows, random) =>
      known?.points === null ? Int32Array.from(drawn(rows, random).flatMap((near) => [...near])) : null,
    apply({ rows, values, sampleShape, beside }, random) {
      const shape = [rows.length, ...sampleShape]
      const others = drawn(rows, random).map((near, view) => {
        // Rows are read in float32.
        if (known?.points) return takeRows(known.points, near).values as Float32Array
        // Without what was asked for, such as for a look at the views, a row stands for its neighbours.
        return beside?.subarray(view * values.length, (view + 1) * values.length) ?? values
      })
      return [
        tf.tensor(both ? towards(values, others[0], mix) : values, shape),
        tf.tensor(towards(values, others.at(-1)!, mix), shape),
      ]
    },
  }
}

/** The rows that each row's views are drawn from, compressed by rows. */
interface Near {
  readonly offsets: Int32Array
  readonly indices: Int32Array
}

function nearOf(indices: Int32Array, size: number, k: number, mutual: boolean): Near {
  const has = (row: number, other: number) => indices.subarray(row * k, (row + 1) * k).includes(other)
  const offsets = new Int32Array(size + 1)
  const kept: number[] = []
  for (let row = 0; row < size; row++) {
    for (let at = row * k; at < (row + 1) * k; at++) if (!mutual || has(indices[at], row)) kept.push(indices[at])
    offsets[row + 1] = kept.length
  }
  return { offsets, indices: Int32Array.from(kept) }
}

function draw(row: number, { offsets, indices }: Near, random: Random): number {
  const count = offsets[row + 1] - offsets[row]
  return count === 0 ? row : indices[offsets[row] + random.integer(count)]
}

function towards(own: Float32Array, others: Float32Array, mix: number): Float32Array {
  return mix === 1 ? others : own.map((value, at) => value + mix * (others[at] - value))
}

export const neighbours = definePlugin({
  kind: 'augmentation',
  name: 'neighbours',
  apiVersion: 1,
  description:
    'A row and one of its nearest neighbours by direction: for embeddings, of which no transformation is known',
  options: z.strictObject({
    neighbours: z.int().positive().default(20).describe('nearest rows that a view is drawn from'),
    mix: z.number().gt(0).max(1).default(1).describe('how far from the row towards its neighbour; 1 is the neighbour'),
    mutual: z.boolean().default(false).describe('only neighbours that have the row among their own'),
    both: z.boolean().default(false).describe('both views are drawn; else the first is the row itself'),
    views: z.literal(2).default(2),
  }),
  create: (options) => neighbourViews(options),
})
