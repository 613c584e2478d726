import { createRandom } from '@dc/core'
import { clusterSizes } from '@dc/metrics'
import { kmeans, matrix } from '@dc/spectral'
import { describe, expect, it } from 'vitest'
import { matchSizes } from './match-sizes'

/** Groups of these sizes on a line, far apart. */
function groups(sizes: readonly number[], gap = 10) {
  const random = createRandom(3)
  const values = sizes.flatMap((size, group) => Array.from({ length: size }, () => gap * group + random.normal()))
  return matrix(Float64Array.from(values), values.length, 1)
}

describe('matchSizes', () => {
  it('gives each cluster of k-means the size that it has, whatever the order they come in', async () => {
    const points = groups([20, 60, 40])
    const fit = kmeans(points, { k: 3, random: createRandom(0) })
    const { sizes } = await matchSizes(points, fit, [4, 2, 6], createRandom(1))
    expect(sizes).toEqual([...clusterSizes(fit.labels, { k: 3 }).sizes])
  })

  it('mends what rank gets wrong: k-means that split a large group and merged two small ones', async () => {
    // Two halves of the large group are larger than the two small groups together.
    const points = groups([200, 30, 30], 6)
    const wrong = {
      labels: Int32Array.from({ length: 260 }, (_, i) => (i < 90 ? 0 : i < 200 ? 1 : 2)),
      centroids: matrix(Float64Array.of(-0.7, 0.7, 9), 3, 1),
    }
    const fit = { ...kmeans(points, { k: 3, random: createRandom(0) }), ...wrong }
    const { sizes, centroids } = await matchSizes(points, fit, [200, 30, 30], createRandom(1))
    const order = [0, 1, 2].sort((a, b) => centroids.values[a] - centroids.values[b])
    expect(order.map((cluster) => sizes[cluster])).toEqual([200, 30, 30])
    order.forEach((cluster, group) => {
      expect(centroids.values[cluster]).toBeCloseTo(6 * group, 0)
    })
  })

  it('turns relative sizes into whole ones of at least a row', async () => {
    const points = groups([30, 30, 1])
    const fit = kmeans(points, { k: 3, random: createRandom(0) })
    const { sizes } = await matchSizes(points, fit, [0.4999, 0.5, 0.0001], createRandom(1))
    expect([...sizes].sort((a, b) => a - b)).toEqual([1, 30, 30])
  })
})
