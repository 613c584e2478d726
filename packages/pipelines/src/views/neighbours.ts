import { type Augmentation, DataError, type Dataset, definePlugin, letEventsIn, type Random, tf } from '@dc/core'
import { unitRows } from '@dc/core/points'
import { matrix } from '@dc/spectral'
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
}

/** Values that are held: 1 GiB as float32. */
const mostValues = 2 ** 28
const none = new Int32Array(0)

/**
 * Views of feature vectors that know the data: a row, and one of its nearest neighbours by direction, drawn anew each time.
 * What near rows have in common is what a cluster is, where no transformation is known that leaves it.
 *
 * `prepare` finds the neighbours of all rows, exactly, on rows of length 1. They depend on the data alone, so a resumed
 * training finds the same. Before that a row has no neighbours, and every view is the row.
 *
 * @returns two tensors of the batch's shape
 * @throws DataError, in `prepare`, for more than 2²⁸ values, which are held in memory
 * @see Van Gansbeke et al. 2020, "SCAN: Learning to classify images without labels", for neighbours as positives
 * @example
 * const views = neighbourViews({ neighbours: 20, mix: 1, mutual: false, both: false })
 * await views.prepare?.(dataset)
 * const [row, neighbour] = views.apply(batch, random)
 */
export function neighbourViews({ neighbours, mix, mutual, both }: NeighbourViewsOptions): Augmentation {
  let known: { readonly values: Float32Array; readonly near: Near } | undefined
  return {
    views: 2,
    async prepare(dataset, { signal } = {}) {
      const values = await wholeInMemory(dataset)
      await letEventsIn(signal)
      const points = () => unitRows(matrix(values, dataset.size, rowWidth(dataset)))
      const k = Math.min(neighbours, dataset.size - 1)
      const indices =
        k > 0 ? (await datasetNeighbours(dataset, { k, by: 'direction in float32', points })).indices : none
      await letEventsIn(signal)
      known = { values, near: nearOf(indices, dataset.size, k, mutual) }
    },
    apply({ rows, values, sampleShape }, random) {
      const drawn = (own: Random) => {
        if (!known) return values
        const width = values.length / rows.length
        return towards(
          values,
          known.values,
          Int32Array.from(rows, (row) => draw(row, known!.near, own)),
          width,
          mix,
        )
      }
      const shape = [rows.length, ...sampleShape]
      const first = both ? drawn(random.split('first')) : values
      return [tf.tensor(first, shape), tf.tensor(drawn(random.split('second')), shape)]
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

function towards(own: Float32Array, all: Float32Array, others: Int32Array, width: number, mix: number): Float32Array {
  const out = new Float32Array(own.length)
  others.forEach((other, row) => {
    const neighbour = all.subarray(other * width, (other + 1) * width)
    if (mix === 1) out.set(neighbour, row * width)
    else
      for (let c = 0; c < width; c++) {
        const at = row * width + c
        out[at] = own[at] + mix * (neighbour[c] - own[at])
      }
  })
  return out
}

async function wholeInMemory(dataset: Dataset): Promise<Float32Array> {
  const count = dataset.size * rowWidth(dataset)
  if (count > mostValues)
    throw new DataError(`'neighbours' holds all rows in memory, at most ${mostValues} values; there are ${count}.`, {
      count,
    })
  return dataset.read(allRows(dataset))
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
