import { createRandom } from '@dc/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Matrix, matrix, matrixFrom, squaredDistance } from '../matrix'
import { type KMeansState, kmeans } from './kmeans'

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
    const points = matrixFrom([[0], [0.1], [0.2], [10], [10.1], [30]])
    const seeding = matrixFrom([[0.1], [0.1], [1000]])
    const fit = kmeans(points, { k: 3, random, seeding })
    expect(new Set(fit.labels).size).toBe(3)
    expect(fit.inertia).toBeCloseTo(0.02 + 0.005, 10)
  })

  it('answers for fewer different points than clusters', () => {
    const fit = kmeans(matrixFrom([[1], [1], [1], [2]]), { k: 3, random })
    expect(fit.inertia).toBe(0)
    expect(fit.labels[0]).toBe(fit.labels[1])
    expect(fit.labels[0]).not.toBe(fit.labels[3])
    expect([...fit.centroids.values].every(Number.isFinite)).toBe(true)
  })

  it('counts a point of weight w as w points', () => {
    const once = matrixFrom([[0], [1], [5], [9]])
    const repeated = matrixFrom([[0], [0], [0], [1], [5], [9], [9]])
    const seeding = matrixFrom([[0], [9]])
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
          const points = matrixFrom(rows)
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
    const points = matrixFrom([[0], [1]])
    const run = (p: Matrix, more: object) => () => kmeans(p, { k: 1, random, ...more })
    expect(run(points, { k: 3 })).toThrow('k: got 3; allowed: an integer from 1 to 2 (there are 2 points).')
    expect(run(points, { k: 0 })).toThrow('k: got 0')
    expect(run(matrixFrom([]), {})).toThrow('points has shape [0, 0]; expected at least one row and one column.')
    expect(run(matrixFrom([[1], [Number.NaN]]), {})).toThrow('points holds NaN at row 1, column 0')
    expect(run(points, { seeding: 'forgy' })).toThrow("seeding: got 'forgy'; allowed: 'greedy-k-means++'")
    expect(run(points, { seeding: matrixFrom([[0], [1]]) })).toThrow('seeding has shape [2, 1]')
    expect(run(points, { weights: [1] })).toThrow('weights has shape [1]')
    expect(run(points, { weights: [1, -1] })).toThrow('weights[1]: got -1')
    expect(run(points, { weights: [0, 0] })).toThrow('at least one weight > 0')
    expect(() => kmeans(points, { k: 2, random }).predict(matrixFrom([[1, 2]]))).toThrow('rows has shape [1, 2]')
    expect(() => matrix(new Float32Array(5), 2, 2)).toThrow('values has shape [5]')
  })
})
