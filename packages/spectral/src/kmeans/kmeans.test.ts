import { createRandom } from '@dc/core/plugin'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asMatrix, type Matrix, matrix, type Rows, squaredDistance, takeRows } from '../matrix'
import { type KMeansState, kmeans } from './kmeans'
import { miniBatchKMeans } from './mini-batch'
import { finishPartials, kmeansPartial, mergePartials } from './partial'
import { sizeConstrainedKMeans } from './size-constrained'

const random = createRandom(3)

/** `perBlob` points around each of `k` centres on a circle. */
function blobs(k: number, perBlob: number, spread: number): { points: Matrix; truth: Int32Array } {
  const draws = createRandom(11)
  const values = new Float64Array(k * perBlob * 2)
  const truth = new Int32Array(k * perBlob)
  for (let i = 0; i < truth.length; i++) {
    truth[i] = i % k
    values[2 * i] = 10 * Math.cos((2 * Math.PI * truth[i]) / k) + spread * draws.normal()
    values[2 * i + 1] = 10 * Math.sin((2 * Math.PI * truth[i]) / k) + spread * draws.normal()
  }
  return { points: matrix(values, truth.length, 2), truth }
}

describe('kmeans', () => {
  it('finds separated blobs', () => {
    const { points, truth } = blobs(5, 40, 0.5)
    const fit = kmeans(points, { k: 5, random })
    const pairs = new Set(Array.from(truth, (t, i) => `${t}:${fit.labels[i]}`))
    expect(pairs.size).toBe(5)
    expect(fit.converged).toBe(true)
    expect(fit.predict(points)).toEqual(fit.labels)
  })

  it('reports the inertia of its labels and centroids, and centroids that are means', () => {
    const { points } = blobs(4, 30, 3)
    const fit = kmeans(points, { k: 4, random, nInit: 2, tolerance: 0 })
    let inertia = 0
    for (let i = 0; i < points.rows; i++) inertia += squaredDistance(points, i, fit.centroids, fit.labels[i])
    expect(fit.inertia).toBeCloseTo(inertia, 9)
    for (let c = 0; c < 4; c++) {
      const members = [...fit.labels.keys()].filter((i) => fit.labels[i] === c)
      const mean = members.reduce((sum, i) => sum + points.values[2 * i], 0) / members.length
      expect(fit.centroids.values[2 * c]).toBeCloseTo(mean, 10)
    }
  })

  it('never does worse with more rounds or more starts', () => {
    const { points } = blobs(6, 50, 4)
    const inertias: number[] = []
    kmeans(points, {
      k: 6,
      random,
      nInit: 1,
      tolerance: 0,
      onIteration: ({ current }) => {
        let sum = 0
        const centroids = matrix(current.centroids, 6, 2)
        for (let i = 0; i < points.rows; i++) sum += squaredDistance(points, i, centroids, current.labels[i])
        inertias.push(sum)
      },
    })
    expect(inertias.length).toBeGreaterThan(2)
    for (let i = 1; i < inertias.length; i++) expect(inertias[i]).toBeLessThanOrEqual(inertias[i - 1] + 1e-9)
    const one = kmeans(points, { k: 6, random, nInit: 1, seeding: 'random' }).inertia
    expect(kmeans(points, { k: 6, random, nInit: 8, seeding: 'random' }).inertia).toBeLessThanOrEqual(one)
  })

  it('continues exactly from a state, in another start too', () => {
    const { points } = blobs(6, 50, 4)
    const options = { k: 6, random, nInit: 3, tolerance: 0 }
    const whole = kmeans(points, options)
    for (const at of [2, 14]) {
      let state: KMeansState | undefined
      let seen = 0
      const onIteration = (current: KMeansState) => {
        if (++seen !== at) return undefined
        state = current
        return 'stop'
      }
      kmeans(points, { ...options, onIteration })
      expect(state).toBeDefined()
      const resumed = kmeans(points, { ...options, resume: state })
      expect(resumed.centroids.values).toEqual(whole.centroids.values)
      expect(resumed.inertia).toBe(whole.inertia)
    }
  })

  it('refills clusters that start empty', () => {
    const points = asMatrix([[0], [0.1], [0.2], [10], [10.1], [30]])
    const seeding = asMatrix([[0.1], [0.1], [1000]])
    const fit = kmeans(points, { k: 3, random, seeding })
    expect(new Set(fit.labels).size).toBe(3)
    expect(fit.inertia).toBeCloseTo(0.02 + 0.005, 10)
  })

  it('answers for fewer different points than clusters', () => {
    const fit = kmeans(asMatrix([[1], [1], [1], [2]]), { k: 3, random })
    expect(fit.inertia).toBe(0)
    expect(fit.labels[0]).toBe(fit.labels[1])
    expect(fit.labels[0]).not.toBe(fit.labels[3])
    expect([...fit.centroids.values].every(Number.isFinite)).toBe(true)
  })

  it('counts a point of weight w as w points', () => {
    const once = asMatrix([[0], [1], [5], [9]])
    const repeated = asMatrix([[0], [0], [0], [1], [5], [9], [9]])
    const seeding = asMatrix([[0], [9]])
    const weighted = kmeans(once, { k: 2, random, seeding, weights: [3, 1, 1, 2] })
    expect([...weighted.centroids.values]).toEqual([...kmeans(repeated, { k: 2, random, seeding }).centroids.values])
  })

  it('gives every point its nearest centroid (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 2 }), {
          minLength: 3,
          maxLength: 30,
        }),
        fc.integer({ min: 1, max: 3 }),
        (rows, k) => {
          const points = asMatrix(rows)
          const fit = kmeans(points, { k, random, nInit: 1 })
          for (let i = 0; i < points.rows; i++)
            for (let c = 0; c < k; c++)
              expect(squaredDistance(points, i, fit.centroids, fit.labels[i])).toBeLessThanOrEqual(
                squaredDistance(points, i, fit.centroids, c),
              )
        },
      ),
    )
  })

  it('says what is wrong with its input', () => {
    const points = asMatrix([[0], [1]])
    const run = (p: Rows, more: object) => () => kmeans(p, { k: 1, random, ...more })
    expect(run(points, { k: 3 })).toThrow('k: got 3; allowed: an integer from 1 to 2 (there are 2 points).')
    expect(run(points, { k: 0 })).toThrow('k: got 0')
    expect(run([], {})).toThrow('points has shape [0, 0]; expected at least one row and one column.')
    expect(run(asMatrix([[1], [Number.NaN]]), {})).toThrow('points holds NaN at row 1, column 0')
    expect(run(points, { seeding: 'forgy' })).toThrow("seeding: got 'forgy'; allowed: 'greedy-k-means++'")
    expect(run(points, { seeding: asMatrix([[0], [1]]) })).toThrow('seeding has shape [2, 1]')
    expect(run(points, { weights: [1] })).toThrow('weights has shape [1]')
    expect(run(points, { weights: [1, -1] })).toThrow('weights[1]: got -1')
    expect(run(points, { weights: [0, 0] })).toThrow('at least one weight > 0')
    expect(() => kmeans(points, { k: 2, random }).predict(asMatrix([[1, 2]]))).toThrow('rows has shape [1, 2]')
    expect(() => matrix(new Float32Array(5), 2, 2)).toThrow('values has shape [5]')
  })
})

describe('bounds on distances', () => {
  it('skips no point that changes its nearest centroid', () => {
    // Every round against the definition, over many rounds, so that bounds are carried along.
    const points = matrix(createRandom(2).normals(400 * 3), 400, 3)
    let rounds = 0
    let before: Float64Array | undefined
    kmeans(points, {
      k: 9,
      random,
      nInit: 1,
      tolerance: 0,
      onIteration: ({ current }) => {
        if (before) {
          const centroids = matrix(before, 9, 3)
          for (let i = 0; i < 400; i++) {
            const distances = Array.from({ length: 9 }, (_, c) => squaredDistance(points, i, centroids, c))
            expect(current.labels[i]).toBe(distances.indexOf(Math.min(...distances)))
          }
        }
        before = current.centroids
        rounds++
      },
    })
    expect(rounds).toBeGreaterThan(5)
  })
})

describe('spherical k-means', () => {
  it('compares directions, whatever the lengths', () => {
    const points = asMatrix([
      [1, 0.1],
      [50, 4],
      [0.1, 1],
      [-3, 90],
      [7, 0],
    ])
    const fit = kmeans(points, { k: 2, random, metric: 'cosine' })
    expect(fit.labels[0]).toBe(fit.labels[1])
    expect(fit.labels[0]).toBe(fit.labels[4])
    expect(fit.labels[2]).toBe(fit.labels[3])
    for (const c of [0, 1]) expect(Math.hypot(...fit.centroids.values.subarray(2 * c, 2 * c + 2))).toBeCloseTo(1, 14)
    expect(fit.predict(asMatrix([[1e6, 1]]))[0]).toBe(fit.labels[0])
  })

  it('takes rows of zeros, which are as near to every direction, and given centroids of any length', () => {
    const points = asMatrix([
      [0, 0],
      [9, 1],
      [2, 0],
      [0, 0],
      [0.1, 3],
      [0, 1],
    ])
    const fit = kmeans(points, {
      k: 2,
      random,
      metric: 'cosine',
      seeding: asMatrix([
        [100, 0],
        [0, 1e-3],
      ]),
    })
    expect([1, 2, 4, 5].map((i) => fit.labels[i])).toEqual([0, 0, 1, 1])
    expect(fit.labels[0]).toBe(fit.labels[3])
    expect([...fit.predict(asMatrix([[0, 5]]))]).toEqual([1])
    const inertia = kmeans(
      asMatrix([
        [0, 0],
        [0, 0],
      ]),
      { k: 2, random, metric: 'cosine' },
    ).inertia
    expect(inertia).toBe(0)
    expect(() => fit.predict(asMatrix([[Number.POSITIVE_INFINITY, 1]]))).toThrow('rows holds Infinity')
  })
})

describe('partial k-means', () => {
  it('of shards is a round of the whole', () => {
    const { points } = blobs(4, 25, 3)
    const centroids = asMatrix([
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ])
    const shards = [0, 1, 2].map((s) =>
      takeRows(
        points,
        [...Array(100).keys()].filter((i) => i % 3 === s),
      ),
    )
    const merged = shards.map((shard) => kmeansPartial(shard, centroids)).reduce(mergePartials)
    const whole = kmeans(points, { k: 4, random, seeding: centroids, maxIterations: 1 })
    const next = finishPartials(merged, centroids)
    for (let at = 0; at < 8; at++) expect(next.centroids.values[at]).toBeCloseTo(whole.centroids.values[at], 12)
    expect(next.empty).toEqual([])
    const far = finishPartials(
      kmeansPartial(
        points,
        asMatrix([
          [0, 0],
          [1e9, 0],
        ]),
      ),
      asMatrix([
        [0, 0],
        [1e9, 0],
      ]),
    )
    expect(far.empty).toEqual([1])
    expect(() => kmeansPartial(points, asMatrix([[0]]))).toThrow('centroids has shape [1, 1]')
  })
})

describe('miniBatchKMeans', () => {
  it('comes near the inertia of Lloyd', () => {
    const { points } = blobs(5, 400, 1)
    const full = kmeans(points, { k: 5, random }).inertia
    const fit = miniBatchKMeans(points, { k: 5, random, batchSize: 128 })
    expect(fit.inertia).toBeLessThan(1.05 * full)
    expect(fit.inertia).toBeGreaterThanOrEqual(full * (1 - 1e-9))
    expect(fit.predict(points)).toEqual(fit.labels)
  })
})

describe('sizeConstrainedKMeans', () => {
  const { points } = blobs(3, 30, 4)
  const sizesOf = (labels: Int32Array) => [0, 1, 2].map((c) => labels.filter((label) => label === c).length)

  it('gives every cluster its size', () => {
    expect(sizesOf(sizeConstrainedKMeans(points, { k: 3, random }).labels)).toEqual([30, 30, 30])
    expect(sizesOf(sizeConstrainedKMeans(points, { k: 3, random, sizes: [70, 15, 5] }).labels)).toEqual([70, 15, 5])
    expect(sizesOf(sizeConstrainedKMeans(points, { k: 3, random, sizes: [90, 0, 0] }).labels)).toEqual([90, 0, 0])
  })

  it('leaves no two points that would gain by a swap, beyond the entropy', () => {
    const epsilon = 1e-3
    const { labels, centroids } = sizeConstrainedKMeans(points, { k: 3, random, epsilon, maxIterations: 200 })
    const cost = (i: number, c: number) => squaredDistance(points, i, centroids, c)
    const mean = [...labels.keys()].reduce((sum, i) => sum + cost(i, 0) + cost(i, 1) + cost(i, 2), 0) / 270
    for (let i = 0; i < 90; i++)
      for (let j = 0; j < i; j++) {
        const gain = cost(i, labels[i]) + cost(j, labels[j]) - cost(i, labels[j]) - cost(j, labels[i])
        expect(gain).toBeLessThan(10 * epsilon * mean)
      }
  })

  it('is k-means where k-means has these sizes anyway', () => {
    const apart = blobs(3, 30, 0.3).points
    const plain = kmeans(apart, { k: 3, random })
    expect(sizeConstrainedKMeans(apart, { k: 3, random }).inertia).toBeCloseTo(plain.inertia, 8)
  })

  it('says what is wrong with its input', () => {
    expect(() => sizeConstrainedKMeans(points, { k: 3, random, sizes: [1, 2] })).toThrow('sizes has shape [2]')
    expect(() => sizeConstrainedKMeans(points, { k: 3, random, sizes: [1, 2, 3] })).toThrow('a sum of 90')
    expect(() => sizeConstrainedKMeans(points, { k: 3, random, sizes: [89.5, 0.5, 0] })).toThrow('sizes[0]: got 89.5')
  })
})
