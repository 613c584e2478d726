import { createRandom, type Dataset, InterruptedError } from '@dc/core'
import { adjustedRandIndex } from '@dc/metrics'
import { describe, expect, it } from 'vitest'
import { fit } from '../fitting/fit'
import { datasetOf } from '../rows'
import { chooseK, type KCurvePoint, scored } from './choose-k'
import { kCurve } from './k-curve'
import { principalCoordinates } from './principal-coordinates'
import { agreementElbow, resolutionOf } from './resolutions'
import { labelingAgreement, nearness, relativeGap } from './signals'

/** Round groups far from each other; `sizes` rows in each. */
function groups(sizes: readonly number[], width: number, seed: number, spread = 1) {
  const random = createRandom(seed)
  const centres = sizes.map(() => random.normals(width, 0, 6))
  const rows = sizes.flatMap((size, group) =>
    Array.from({ length: size }, () => Array.from(centres[group], (value) => value + spread * random.normal())),
  )
  return { rows, truth: sizes.flatMap((size, group) => Array<number>(size).fill(group)) }
}

const curveOf = async (rows: number[][], seed = 0) => kCurve(await datasetOf(rows), { random: createRandom(seed) })

describe('signals', () => {
  it('labelingAgreement is the mean ARI of all pairs', () => {
    // Pairs: 1 for the renamed labels; the ARI of [0, 0, 1, 1] and [0, 1, 0, 1] is −0.5.
    const labelings = [
      [0, 0, 1, 1],
      [7, 7, 3, 3],
      [0, 1, 0, 1],
    ]
    expect(adjustedRandIndex(labelings[0], labelings[2])).toBeCloseTo(-0.5, 12)
    expect(labelingAgreement(labelings)).toBeCloseTo((1 - 0.5 - 0.5) / 3, 12)
  })

  it('relativeGap is a share of the next eigenvalue', () => {
    const values = [0, 0, 0.01, 0.5]
    expect(relativeGap(values, 3)).toBeCloseTo(0.98, 12)
    expect(relativeGap(values, 2)).toBe(1)
    // Two parts of the graph already: no gap between eigenvalues of 0, however the solver rounds them.
    expect(relativeGap(values, 1)).toBe(0)
    expect(relativeGap([-1e-17, 1e-9, 0.3], 1)).toBe(0)
    expect(relativeGap([0.2, 0.2], 1)).toBe(0)
    expect(relativeGap(values, 4)).toBeNull()
  })

  it('nearness is 1 at the proposal, and the same at twice and half of it', () => {
    expect(nearness(8, 8)).toBe(1)
    expect(nearness(4, 8)).toBeCloseTo(Math.exp(-((Math.LN2 / 0.7) ** 2) / 2), 12)
    expect(nearness(16, 8)).toBeCloseTo(nearness(4, 8), 12)
  })

  it('resolutionOf lies between those that were tried', () => {
    const tried = [
      { resolution: 0.5, k: 4 },
      { resolution: 2, k: 16 },
    ]
    expect(resolutionOf(tried, 8)).toBe(1)
    expect(resolutionOf(tried, 16)).toBe(2)
    expect(resolutionOf(tried, 3)).toBeNull()
    expect(resolutionOf(tried, 17)).toBeNull()
  })

  it('agreementElbow is where finer communities begin to part neighbours', () => {
    const seen = [
      { k: 9, agreement: 0.86 },
      { k: 4, agreement: 1 },
      { k: 6, agreement: 0.9 },
      { k: 6, agreement: 1 },
      { k: 27, agreement: 0.4 },
    ]
    expect(agreementElbow(seen, 6)).toBeCloseTo((0.14 - 0.08) / 0.12, 12)
    // Beyond 9 it falls in proportion to the logarithm.
    const fall = (0.46 * Math.log(1.5)) / Math.log(3)
    expect(agreementElbow(seen, 9)).toBeCloseTo(Math.max(0, fall - 0.14 - 0.08) / 0.12, 12)
    // The ends stand for what is beyond them, and no elbow is below 0.
    expect(agreementElbow(seen, 27)).toBe(0)
    expect(agreementElbow([{ k: 1, agreement: 1 }], 2)).toBe(0)
    // Up to one community it parts none: 2 is no elbow where it falls as fast before as after.
    const even = [1.5, 2, 3].map((k) => ({ k, agreement: 1 - Math.log(k) }))
    expect(agreementElbow(even, 2)).toBe(0)
    expect(
      agreementElbow(
        [
          { k: 2, agreement: 1 },
          { k: 3, agreement: 0.2 },
        ],
        2,
      ),
    ).toBe(1)
  })

  it('principalCoordinates keep the distances within a plane, whatever noise is beside it', () => {
    const random = createRandom(3)
    const axes = [random.normals(60), random.normals(60)]
    const places = Array.from({ length: 90 }, () => [random.normal(), random.normal()])
    const values = Float32Array.from({ length: 90 * 60 }, (_, at) => {
      const [x, y] = places[Math.floor(at / 60)]
      return 5 + x * axes[0][at % 60] + y * axes[1][at % 60] + 0.01 * random.normal()
    })
    const points = { values, rows: 90, columns: 60 }
    const found = principalCoordinates(points, 2, random, null)
    expect([found.rows, found.columns]).toEqual([90, 2])
    const distance = ({ values: v, columns: d }: typeof found, a: number, b: number) =>
      Math.hypot(...Array.from({ length: d }, (_, c) => v[a * d + c] - v[b * d + c]))
    // In units of the largest deviation: the ratios are kept.
    const unit = distance(points, 0, 1) / distance(found, 0, 1)
    for (let row = 2; row < 90; row++)
      expect((unit * distance(found, 0, row)) / distance(points, 0, row)).toBeCloseTo(1, 1)
    expect(principalCoordinates(points, 60, random, null)).toBe(points)
  })
})

describe('chooseK', () => {
  const point = (k: number, change: Partial<KCurvePoint>): KCurvePoint => ({
    ...{
      k,
      stability: 0,
      silhouette: 0,
      eigengap: 0,
      balance: 0,
      agreement: 0,
      elbow: 0,
      nearness: 0,
      resolution: null,
    },
    ...change,
  })

  it('weighs the signals as shares of the best, 2 : 2 : 1 : 1 : ½ : ½', () => {
    const points = scored([
      point(2, { silhouette: 0.4, stability: 0.5, eigengap: null }),
      point(3, { silhouette: 0.2, stability: 0.25, eigengap: 0.1, balance: 0.5, nearness: 1, elbow: 0.5 }),
    ])
    expect(points[0].score).toBeCloseTo((2 + 1) / 7, 12)
    expect(points[1].score).toBeCloseTo((1 + 0.5 + 0.5 + 0.25 + 1 + 1) / 7, 12)
  })

  it('signals that are nowhere above 0 have no say', () => {
    expect(scored([point(2, { silhouette: -0.1, stability: -0.2 })])[0].score).toBe(0)
  })

  it('reads off the best, the runner-up apart from it, and the finest within 10 %', () => {
    const at = (k: number, score: number) => ({ ...point(k, {}), score })
    const points = [at(2, 0.5), at(10, 0.8), at(11, 0.79), at(14, 0.73), at(20, 0.71)]
    expect(chooseK(points)).toEqual({ k: 10, runnerUp: 14, finest: 14 })
    expect(chooseK([at(2, 0)])).toEqual({ k: 2, runnerUp: null, finest: 2 })
  })
})

describe('kCurve', () => {
  it.each([
    ['few rows', [50, 50, 50], 2],
    ['sizes from 100 to 25', [100, 60, 45, 35, 30, 25], 8],
    ['rows by direction', Array<number>(12).fill(25), 40],
  ] as const)('counts groups that are apart: %s', async (_, sizes, width) => {
    const { rows } = groups(sizes, width, 1)
    const curve = await curveOf(rows)
    expect(curve.k).toBe(sizes.length)
    expect(curve).toMatchObject({ rows: rows.length, of: rows.length, metric: width >= 32 ? 'cosine' : 'euclidean' })
    expect(curve.finest).toBeGreaterThanOrEqual(curve.k)
    const best = curve.points.find(({ k }) => k === curve.k)!
    expect(best.stability).toBeGreaterThan(0.8)
    expect(curve.points.map(({ k }) => k)).toEqual([...new Set(curve.points.map(({ k }) => k))].sort((a, b) => a - b))
  })

  it('gives the same curve for the same seed, and looks at no labels', async () => {
    const { rows, truth } = groups([60, 60, 60, 60], 5, 2, 2)
    const first = await curveOf(rows)
    expect(await curveOf(rows)).toEqual(first)
    const labelled = await datasetOf({ values: rows.flat(), shape: [240, 5], labels: truth })
    expect(await kCurve(labelled, { random: createRandom(0) })).toEqual(first)
  })

  it('looks at a part of many rows', async () => {
    const dataset = await datasetOf(groups([300, 200, 150], 3, 4).rows)
    expect(await kCurve(dataset, { random: createRandom(0), rows: 200 })).toMatchObject({ k: 3, rows: 200, of: 650 })
    for (const rows of [1, 2.5, Number.NaN])
      await expect(kCurve(dataset, { random: createRandom(0), rows })).rejects.toThrow(`rows: got ${rows}`)
  })

  it('tells where it stands, and ends when it is told to', async () => {
    const dataset = await datasetOf(groups([40, 40], 3, 5).rows)
    const told: number[][] = []
    await kCurve(dataset, { random: createRandom(0), onProgress: (done, total) => told.push([done, total]) })
    expect(told.at(-1)![0]).toBe(told.at(-1)![1])
    for (let at = 1; at < told.length; at++) expect(told[at][0]).toBeGreaterThan(told[at - 1][0])
    const abort = new AbortController()
    const onProgress = (done: number) => {
      if (done === 2) abort.abort()
    }
    const stopped = kCurve(dataset, { random: createRandom(0), signal: abort.signal, onProgress })
    await expect(stopped).rejects.toThrow(InterruptedError)
    const before = kCurve(dataset, { random: createRandom(0), signal: AbortSignal.abort() })
    await expect(before).rejects.toThrow(InterruptedError)
  })

  it.each([
    [
      'two rows',
      [
        [0, 1],
        [5, 2],
      ],
      2,
    ],
    ['three rows', [[0], [1], [9]], 2],
    ['two values', Array.from({ length: 30 }, (_, row) => [row % 2, 1]), 2],
    [
      'three values, 40 wide',
      Array.from({ length: 31 }, (_, row) => Array.from({ length: 40 }, (_, c) => Number(c % 3 === row % 3))),
      3,
    ],
    ['one row apart', Array.from({ length: 30 }, (_, row) => [row === 7 ? 1 : 0, 0]), 2],
    ['huge values', groups([20, 20, 20], 3, 6).rows.map((row) => row.map((value) => 1e150 * value)), 3],
    ['a row without a direction among others', [...groups([20, 20], 33, 7).rows, Array<number>(33).fill(0)], 2],
  ])('takes %s', async (_, rows, k) => {
    const curve = await curveOf(rows)
    expect(curve.k).toBe(k)
    for (const { score } of curve.points) expect(score).toBeGreaterThanOrEqual(0)
  })

  it.each([
    [[[1, 2]], /There is 1 row: clusters are counted of two at least/],
    [Array.from({ length: 9 }, () => [4, 4]), /All 9 rows are equal.*name k/],
    [Array.from({ length: 9 }, () => Array<number>(40).fill(0)), /All 9 rows point the same way.*name k/],
    [
      [
        [1, 2],
        [Number.NaN, 3],
        [4, 5],
      ],
      /NaN/,
    ],
  ])('refuses rows %#', async (rows, message) => {
    await expect(curveOf(rows)).rejects.toThrow(message)
  })
})

describe("fit with k: 'auto'", () => {
  it('clusters by the choice, and keeps the curve', async () => {
    const { rows, truth } = groups([40, 40, 40, 40], 6, 8)
    const phases = new Set<string>()
    const found = await fit(rows, { method: 'kmeans', k: 'auto', onProgress: ({ phase }) => phases.add(phase) })
    expect(found.k).toBe(4)
    expect(adjustedRandIndex(truth, found.labels)).toBe(1)
    expect(found.kCurve).toMatchObject({ k: 4, communities: 4 })
    expect(phases).toContain('number of clusters')
    expect(await fit(rows, { method: 'kmeans', k: 4 })).not.toHaveProperty('kCurve')
  })

  it('ends when it is told to while it counts', async () => {
    const abort = new AbortController()
    const dataset: Dataset = await datasetOf(groups([40, 40], 6, 9).rows)
    const onProgress = ({ phase }: { phase: string }) => {
      if (phase === 'number of clusters') abort.abort()
    }
    const stopped = fit(dataset, { method: 'kmeans', k: 'auto', onProgress, signal: abort.signal })
    await expect(stopped).rejects.toThrow(InterruptedError)
  })
})
