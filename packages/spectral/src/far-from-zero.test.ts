// What is measured by distances does not change when all points are moved together.
import { createRandom } from '@dc/core/plugin'
import type { Products } from '@dc/core/points'
import { beforeAll, describe, expect, it } from 'vitest'
import { columnSpaceClustering } from './clustering/column-space-clustering'
import { landmarkEmbedding } from './embedding/landmark-embedding'
import { gaussianGraph } from './graphs/gaussian-graph'
import { edgeWeights, knnGraph } from './graphs/knn-graph'
import { kmeans } from './kmeans/kmeans'
import { miniBatchKMeans } from './kmeans/mini-batch'
import { finishPartials, kmeansPartial, mergePartials } from './kmeans/partial'
import { sizeConstrainedKMeans } from './kmeans/size-constrained'
import { type Matrix, matrix, takeRows } from './matrix'
import { nativeProducts } from './native-products'

let lent: Products
beforeAll(async () => {
  lent = await nativeProducts()
})
const random = createRandom(4)
const [n, d] = [240, 3]
/** Of 2^-10, so that float64 holds every point exactly at all offsets. */
const near = matrix(
  Float64Array.from(
    random.split('points').normals(n * d),
    (v, at) => Math.round(1024 * v) / 1024 + 8 * (Math.floor(at / d) % 3),
  ),
  n,
  d,
)
const moved = (offset: number): Matrix => matrix(near.values.map((value) => value + offset) as Float64Array, n, d)

describe.each([1e4, 1748735999, 1e11])('points moved by %d', (offset) => {
  const far = moved(offset)
  /** Without products and with them. */
  const runs = () => [null, lent]

  it('have the same graphs', () => {
    expect(gaussianGraph(far, { gamma: 0.5 })).toEqual(gaussianGraph(near, { gamma: 0.5 }))
    expect(gaussianGraph(far, { gamma: 'self-tuning' })).toEqual(gaussianGraph(near, { gamma: 'self-tuning' }))
    for (const weight of edgeWeights.filter((each) => each !== 'cosine'))
      for (const products of runs())
        expect(knnGraph(far, { neighbours: 6, weight, products })).toEqual(knnGraph(near, { neighbours: 6, weight }))
  })

  it('have the same landmark embedding', () => {
    const options = { components: 3, random, landmarks: 40 }
    for (const products of runs())
      expect(landmarkEmbedding(far, { ...options, products }).embedding).toEqual(
        landmarkEmbedding(near, options).embedding,
      )
  })

  it('have the same clusters', () => {
    for (const products of runs())
      for (const cluster of [
        (points: Matrix) => kmeans(points, { k: 3, random, products }),
        (points: Matrix) => sizeConstrainedKMeans(points, { k: 3, random, products }),
        (points: Matrix) => miniBatchKMeans(points, { k: 3, random, batchSize: 60, products }),
        (points: Matrix) => columnSpaceClustering(points, { k: 3, random, products }),
      ]) {
        const [here, there] = [cluster(near), cluster(far)]
        expect(there.labels).toEqual(here.labels)
        expect(Math.abs(there.inertia - here.inertia)).toBeLessThan(1e-6 * here.inertia)
      }
  })

  it('have the same round of k-means in shards', () => {
    const start = takeRows(near, [0, 1, 2])
    const round = (points: Matrix, centroids: Matrix) => {
      const shards = [0, 1, 2, 3].map((s) =>
        takeRows(
          points,
          Array.from({ length: n / 4 }, (_, i) => 4 * i + s),
        ),
      )
      return finishPartials(shards.map((shard) => kmeansPartial(shard, centroids)).reduce(mergePartials), centroids)
    }
    const [here, there] = [round(near, start), round(far, takeRows(far, [0, 1, 2]))]
    for (let at = 0; at < 9; at++)
      expect(Math.abs(there.centroids.values[at] - offset - here.centroids.values[at])).toBeLessThanOrEqual(
        2 * offset * 2 ** -52,
      )
    expect(there.inertia).toBe(here.inertia)
  })
})
