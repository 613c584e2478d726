import { createRandom } from '@dc/core/random'
import { describe, expect, it } from 'vitest'
import { plainProducts } from '../testing/plain-products'
import { retrievalScores } from './retrieval'

const n = 60
const d = 3
const features = createRandom(4).normals(n * d)
const truth = Array.from({ length: n }, (_, i) => (i === 0 ? 99 : i % 5))

/** Others in order of distance, by a full sort. */
function neighbors(i: number, rows: ArrayLike<number>): number[] {
  const distance = (j: number) =>
    Array.from({ length: d }, (_, c) => (rows[i * d + c] - rows[j * d + c]) ** 2).reduce((a, b) => a + b)
  return Array.from({ length: n }, (_, j) => j)
    .filter((j) => j !== i)
    .sort((a, b) => distance(a) - distance(b) || a - b)
}

describe('retrievalScores', () => {
  it('is what the definitions give', () => {
    const queries = truth.flatMap((own, i) => {
      const relevant = truth.filter((t) => t === own).length - 1
      return relevant === 0 ? [] : [{ hits: neighbors(i, features).map((j) => truth[j] === own), relevant }]
    })
    const mean = (score: (query: (typeof queries)[number]) => number) =>
      queries.reduce((sum, query) => sum + score(query), 0) / queries.length
    const scores = retrievalScores({ values: features, shape: [n, d] }, truth, { recallAt: [1, 4, 10], neighbors: 1 })
    expect(scores.queries).toBe(n - 1)
    for (const k of [1, 4, 10])
      expect(scores.recall[k]).toBe(mean(({ hits }) => Number(hits.slice(0, k).includes(true))))
    expect(scores.rPrecision).toBeCloseTo(
      mean(({ hits, relevant }) => hits.slice(0, relevant).filter(Boolean).length / relevant),
      12,
    )
    expect(scores.meanAveragePrecisionAtR).toBeCloseTo(
      mean(({ hits, relevant }) => {
        let sum = 0
        for (let rank = 1; rank <= relevant; rank++)
          if (hits[rank - 1]) sum += hits.slice(0, rank).filter(Boolean).length / rank
        return sum / relevant
      }),
      12,
    )
    expect(scores.knnAccuracy).toBe(scores.recall[1])
  })

  it('ranks by angle with the cosine metric', () => {
    const stretched = features.map((value, at) => value * (1 + (Math.floor(at / d) % 3)))
    const byAngle = { metric: 'cosine' } as const
    expect(retrievalScores({ values: stretched, shape: [n, d] }, truth, byAngle)).toEqual(
      retrievalScores({ values: features, shape: [n, d] }, truth, byAngle),
    )
  })

  it('votes among several neighbours', () => {
    const line = [0, 1, 2, 10, 11, 12]
    expect(
      retrievalScores({ values: line, shape: [6, 1] }, [0, 0, 0, 1, 1, 1], { recallAt: [1], neighbors: 2 }).knnAccuracy,
    ).toBe(1)
  })

  it('names bad input', () => {
    expect(() => retrievalScores({ values: [1, 2, 3], shape: [3, 1] }, [0, 0, 1], { recallAt: [4] })).toThrow(
      'recallAt and neighbors: got 4',
    )
    expect(() => retrievalScores({ values: [1, 2, 3], shape: [3, 1] }, [0, 0, 1], { neighbors: 3 })).toThrow(
      'recallAt and neighbors: got 3',
    )
    expect(() =>
      retrievalScores({ values: [1, 2, 3], shape: [3, 1] }, [0, 1, 2], { recallAt: [1], neighbors: 1 }),
    ).toThrow('No class in truth has two samples')
    expect(() => retrievalScores({ values: [1, 2], shape: [3, 1] }, [0, 1, 2])).toThrow('features.values has shape [2]')
    expect(() => retrievalScores({ values: [1, 2, 3], shape: [3, 1] }, [0, 1])).toThrow('truth has shape [2]')
  })
  it('takes as many neighbours as there are where none are asked for', () => {
    const scores = retrievalScores({ values: [1, 2, 5], shape: [3, 1] }, [0, 0, 1])
    expect(scores.recall).toEqual({ 1: 1, 2: 1 })
    expect(scores.knnAccuracy).toBe(1)
    expect(() => retrievalScores({ values: [1], shape: [1, 1] }, [0])).toThrow('No class in truth has two samples')
  })

  it('ranks rows of zeros as at a right angle to all, whatever the metric of the others', () => {
    // By angle from (1, 0): (3, 1), then at 0.9 rad, then the blank row, then beyond the right angle.
    const rows = [
      [1, 0],
      [3, 1],
      [Math.cos(0.9), Math.sin(0.9)],
      [0, 0],
      [-1, 2],
    ].flat()
    const ranked = (classes: number[]) =>
      retrievalScores({ values: rows, shape: [5, 2] }, classes, {
        metric: 'cosine',
        recallAt: [1, 2, 3, 4],
        neighbors: 1,
      })
    // Only rows 0 and 3 share a class: row 3 is the third from row 0, row 0 the first of equals from row 3.
    expect(ranked([0, 1, 2, 0, 3]).recall).toEqual({ 1: 0.5, 2: 0.5, 3: 1, 4: 1 })
  })

  it('finds the same with products, at an offset and of near points in groups far apart', () => {
    const spaces = [
      features,
      features.map((value) => value + 1e4),
      Float64Array.from(features, (value) => 1e9 + value),
      Float64Array.from(features, (value, at) => 1e4 * (Math.floor(at / d) % 3) + 1e-3 * value),
      Float64Array.from(features, (value) => Math.round(value)),
    ]
    for (const space of spaces)
      for (const metric of ['euclidean', 'cosine'] as const) {
        const options = { metric, recallAt: [1, 2, 5], neighbors: 3 }
        const found = retrievalScores({ values: space, shape: [n, d] }, truth, { ...options, products: plainProducts })
        expect(found).toEqual(retrievalScores({ values: space, shape: [n, d] }, truth, options))
      }
  })
})
