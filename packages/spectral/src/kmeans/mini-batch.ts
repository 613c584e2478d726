import type { Random } from '@dc/core/plugin'
import { checkInteger } from '@dc/core/plugin'
import type { Products } from '@dc/core/points'
import { checkPoints, type Rows, takeRows } from '../matrix'
import { checkSeeding } from './check'
import { inertiaOf } from './clusters'
import { type KMeansFit, predictNearest, startCentroids } from './kmeans'
import { createNearest } from './nearest'
import { finishPartials, kmeansPartial } from './partial'
import type { Seeding } from './seeding'

export interface MiniBatchKMeansOptions {
  readonly k: number
  /** Draws seeds and batches. Not advanced. */
  readonly random: Random
  /** Points per step. Default 1024. */
  readonly batchSize?: number
  /** Most passes over as many points as there are. Default 10. */
  readonly epochs?: number
  /** Stops after this many steps without a better smoothed inertia. Default 20. */
  readonly patience?: number
  readonly seeding?: Seeding | Rows
  readonly products?: Products | null
}

/** Seeds are chosen among this many batches' worth of rows. */
const seedBatches = 3

/**
 * k-means on random batches, for data that are too large for many passes. Each centroid is the running mean of all points
 * that batches brought to it (Sculley 2010). The inertia ends a few percent above Lloyd's.
 *
 * @param rows `[n, d]`
 * @throws ShapeError, DataError, OptionError as `kmeans`
 * @example
 * const fit = miniBatchKMeans(points, { k: 10, random: createRandom(0) })
 */
export function miniBatchKMeans(rows: Rows, options: MiniBatchKMeansOptions): KMeansFit {
  const { k, random, epochs = 10, patience = 20, seeding = 'greedy-k-means++', products = null } = options
  const points = checkPoints(rows)
  checkInteger('k', k, 1, points.rows, `there are ${points.rows} points`)
  checkInteger('epochs', epochs, 1, Number.MAX_SAFE_INTEGER)
  checkInteger('patience', patience, 1, Number.MAX_SAFE_INTEGER)
  checkInteger('batchSize', options.batchSize ?? 1024, 1, Number.MAX_SAFE_INTEGER)
  const seeds = checkSeeding(seeding, k, points.columns)
  const batchSize = Math.min(options.batchSize ?? 1024, points.rows)
  const draws = random.split('mini-batch')

  const sample = takeRows(points, draws.permutation(points.rows).subarray(0, Math.max(k, seedBatches * batchSize)))
  let centroids = startCentroids(seeds, sample, k, random, 0, createNearest(sample, products))
  const masses = new Float64Array(k)
  const steps = Math.ceil((epochs * points.rows) / batchSize)
  let best = Number.POSITIVE_INFINITY
  let smoothed: number | null = null
  let [step, waited] = [0, 0]
  for (; step < steps && waited < patience; step++) {
    const batch = takeRows(
      points,
      Int32Array.from({ length: batchSize }, () => draws.integer(points.rows)),
    )
    const part = kmeansPartial(batch, centroids, { products })
    part.masses.forEach((mass, c) => {
      masses[c] += mass
    })
    // The mean so far weighs as much as the points behind it: a batch moves a centroid by its share of the mass.
    centroids = finishPartials({ ...part, masses }, centroids).centroids
    // The average looks back over about one pass of the data.
    const rate: number = Math.min(1, (2 * batchSize) / (points.rows + 1))
    smoothed = smoothed === null ? part.inertia : smoothed * (1 - rate) + part.inertia * rate
    waited = smoothed < best ? 0 : waited + 1
    best = Math.min(best, smoothed)
  }
  const labels = new Int32Array(points.rows)
  createNearest(points, products).assign(centroids, labels)
  return {
    labels,
    centroids,
    inertia: inertiaOf(points, centroids, labels),
    iterations: step,
    converged: waited >= patience,
    predict: (rows) => predictNearest(rows, centroids, products),
  }
}
