import { DataError, OptionError, ShapeError } from '@dc/core/plugin'
import { createRandom } from '@dc/core/random'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ContingencyTable, contingencyTable } from '../contingency'
import type { Labels } from '../labels'
import { accuracy, alignedConfusion, headMediumTail, macroF1, meanClassAccuracy, purity } from './accuracy'
import {
  adjustedMutualInformation,
  expectedMutualInformation,
  mutualInformation,
  normalizedMutualInformation,
  variationOfInformation,
  vMeasure,
} from './information'
import { optimalMatching } from './matching'
import { adjustedRandIndex, fowlkesMallows, pairCounts, randIndex } from './pairs'

const pair = fc.integer({ min: 2, max: 40 }).chain((n) => {
  const labels = fc.array(fc.integer({ min: -2, max: 4 }), { minLength: n, maxLength: n })
  return fc.tuple(labels, labels)
})
type PlainScore = { (truth: Labels, labels: Labels): number; (table: ContingencyTable): number }
const scores: Record<string, PlainScore> = {
  accuracy,
  purity,
  adjustedRandIndex,
  randIndex,
  fowlkesMallows,
  normalizedMutualInformation,
}

/** All orders of 0 … n−1. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]]
  return permutations(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)]),
  )
}

describe('external scores', () => {
  it('do not change when labels are renamed', () => {
    fc.assert(
      fc.property(pair, ([truth, labels]) => {
        const renamed = labels.map((label) => 1000 - 7 * label)
        for (const score of [
          ...Object.values(scores),
          adjustedMutualInformation,
          variationOfInformation,
        ] as PlainScore[])
          expect(score(truth, renamed)).toBeCloseTo(score(truth, labels), 12)
      }),
    )
  })

  it('are 1 for the truth itself, and the distance is 0', () => {
    fc.assert(
      fc.property(pair, ([truth]) => {
        for (const score of [
          accuracy,
          purity,
          adjustedRandIndex,
          randIndex,
          adjustedMutualInformation,
          vMeasure,
        ] as PlainScore[])
          expect(score(truth, truth)).toBeCloseTo(1, 12)
        expect(variationOfInformation(truth, truth)).toBe(0)
      }),
    )
  })

  it('take typed arrays, plain arrays and tables alike', () => {
    const [truth, labels] = [
      [0, 0, 1, 1, 2],
      [1, 1, 0, 2, 2],
    ]
    const table = contingencyTable(truth, labels)
    for (const score of Object.values(scores)) {
      expect(score(Int32Array.from(truth), Int32Array.from(labels))).toBe(score(truth, labels))
      expect(score(table)).toBe(score(truth, labels))
    }
  })

  it('count pairs like two nested loops', () => {
    fc.assert(
      fc.property(pair, ([truth, labels]) => {
        const counts = { both: 0, truthOnly: 0, labelsOnly: 0, neither: 0 }
        for (let i = 0; i < truth.length; i++)
          for (let j = 0; j < i; j++) {
            const [t, l] = [truth[i] === truth[j], labels[i] === labels[j]]
            counts[t && l ? 'both' : t ? 'truthOnly' : l ? 'labelsOnly' : 'neither']++
          }
        expect(pairCounts(contingencyTable(truth, labels))).toEqual(counts)
      }),
    )
  })

  it('names what is wrong with bad labels', () => {
    expect(() => accuracy([], [])).toThrow(DataError)
    expect(() => accuracy([], [])).toThrow('truth is empty; at least one label is needed.')
    expect(() => accuracy([0, 1], [0])).toThrow(ShapeError)
    expect(() => accuracy([0, 1], [0])).toThrow('labels has shape [1]; expected [2]')
    expect(() => accuracy([0, 1], [0, Number.NaN])).toThrow('labels[1] is NaN; labels are 32-bit integers.')
    expect(() => accuracy([0, 0.5], [0, 1])).toThrow('truth[1] is 0.5')
    expect(() => normalizedMutualInformation([0, 1], [0, 1], { average: 'mean' as 'min' })).toThrow(OptionError)
    expect(() => accuracy([0, 1], [0, 1], { matching: 'any' as 'one-to-one' })).toThrow(
      "matching: got 'any'; allowed: one-to-one, many-to-one.",
    )
    expect(() => vMeasure([0, 1], [0, 1], { beta: -1 })).toThrow('beta: got -1')
    expect(() => vMeasure([0, 1], [0, 1], { beta: Number.POSITIVE_INFINITY })).toThrow('beta: got Infinity')
    expect(() => accuracy([0, 1], [0, 1], { noise: 'skip' as 'drop' })).toThrow("noise: got 'skip'")
  })
})

describe('noise policies', () => {
  const truth = [0, 0, 0, 1, 1, 1]
  const labels = [0, 0, -1, 1, -1, -1]
  it('cluster: −1 is a cluster', () => expect(purity(truth, labels)).toBeCloseTo(5 / 6))
  it('singletons: noise never agrees', () => {
    expect(accuracy(truth, labels, { noise: 'singletons' })).toBeCloseTo(3 / 6)
    expect(adjustedRandIndex(truth, labels, { noise: 'singletons' })).toBe(adjustedRandIndex(truth, [0, 0, 2, 1, 3, 4]))
  })
  it('drop: only the other samples count', () => {
    expect(accuracy(truth, labels, { noise: 'drop' })).toBe(1)
    expect(() => accuracy([0, 1], [-1, -1], { noise: 'drop' })).toThrow("noise: 'drop' leaves none")
  })
})

describe('mutual information', () => {
  it('expects under permutations what all permutations average to', () => {
    const truth = [0, 0, 0, 1, 1, 2, 2]
    const labels = [0, 1, 1, 1, 0, 0, 2]
    const all = permutations(7).map((order) =>
      mutualInformation(
        truth,
        order.map((i) => labels[i]),
      ),
    )
    const average = all.reduce((sum, value) => sum + value, 0) / all.length
    expect(expectedMutualInformation(contingencyTable(truth, labels))).toBeCloseTo(average, 12)
  })

  it('counts 0/0 after adjustment as the match that it is, not as rounding', () => {
    const singletons = Array.from({ length: 11 }, (_, i) => i)
    const two = singletons.map((i) => Number(i > 4))
    expect(adjustedMutualInformation(two, singletons, { average: 'min' })).toBe(1)
    expect(adjustedMutualInformation(two, singletons)).toBe(0)
  })

  it('is near 0 for chance after adjustment, where plain NMI is not', () => {
    const random = createRandom(3)
    const draw = () => Array.from({ length: 500 }, () => random.integer(50))
    const [truth, labels] = [draw(), draw()]
    expect(normalizedMutualInformation(truth, labels)).toBeGreaterThan(0.3)
    expect(Math.abs(adjustedMutualInformation(truth, labels))).toBeLessThan(0.05)
  })

  it('variation of information is a metric', () => {
    fc.assert(
      fc.property(pair, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), ([a, b], stream) => {
        const c = a.map(() => stream.next().value as number)
        const [ab, bc, ac] = [variationOfInformation(a, b), variationOfInformation(b, c), variationOfInformation(a, c)]
        expect(ac).toBeLessThanOrEqual(ab + bc + 1e-12)
        expect(variationOfInformation(b, a)).toBeCloseTo(ab, 12)
      }),
    )
  })
})

describe('optimalMatching', () => {
  it('finds the best of all matchings, for tall, wide and square tables', () => {
    const table = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, columns]) =>
        fc.tuple(
          fc.constant(rows),
          fc.constant(columns),
          fc.array(fc.integer({ min: -9, max: 30 }), { minLength: rows * columns, maxLength: rows * columns }),
        ),
      )
    fc.assert(
      fc.property(table, ([rows, columns, weights]) => {
        const size = Math.max(rows, columns)
        const best = Math.max(
          ...permutations(size).map((order) =>
            order.reduce((sum, c, r) => sum + (r < rows && c < columns ? weights[r * columns + c] : 0), 0),
          ),
        )
        const matching = optimalMatching(weights, rows, columns)
        const used = [...matching].filter((c) => c >= 0)
        expect(used.length).toBe(Math.min(rows, columns))
        expect(new Set(used).size).toBe(used.length)
        expect([...matching].reduce((sum, c, r) => sum + (c < 0 ? 0 : weights[r * columns + c]), 0)).toBe(best)
      }),
      { numRuns: 300 },
    )
  })

  it('names what is wrong', () => {
    expect(() => optimalMatching([1, 2, 3], 2, 2)).toThrow('weights has shape [3]; expected [2 × 2] values.')
    expect(() => optimalMatching([1, Number.NaN], 1, 2)).toThrow('weights[1] is NaN')
  })
})

describe('scores after matching', () => {
  const truth = [0, 0, 0, 1, 2, 2]
  const labels = [5, 5, 9, 9, 5, 7]
  it('are what a hand computes', () => {
    // 5 → 0 (2 right), 9 → 1 (1), 7 → 2 (1)
    expect(accuracy(truth, labels)).toBeCloseTo(4 / 6)
    expect(meanClassAccuracy(truth, labels)).toBeCloseTo((2 / 3 + 1 + 1 / 2) / 3)
    expect(macroF1(truth, labels)).toBeCloseTo((4 / 6 + 2 / 3 + 2 / 3) / 3)
    expect(accuracy(truth, labels, { matching: 'many-to-one' })).toBe(purity(truth, labels))
  })

  it('align the confusion matrix, spare clusters last', () => {
    const { classes, clusters, counts, classOf } = alignedConfusion(truth, [5, 5, 9, 9, 8, 7])
    expect([...classes]).toEqual([0, 1, 2])
    expect([...clusters.slice(0, 2)]).toEqual([5, 9])
    expect([...clusters.slice(2)].sort()).toEqual([7, 8])
    expect([...counts]).toEqual([2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1])
    expect(classOf.get(5)).toBe(0)
    expect(classOf.size).toBe(3)
  })

  it('leave classes without a cluster unmatched', () => {
    const { counts, clusters } = alignedConfusion([0, 1, 2, 2], [4, 4, 4, 4])
    expect([...clusters]).toEqual([4])
    expect([...counts]).toEqual([1, 1, 2])
    expect(meanClassAccuracy([0, 1, 2, 2], [4, 4, 4, 4])).toBeCloseTo(1 / 3)
  })

  it('split classes by size into head, medium and tail', () => {
    const sizes = [1, 8, 2, 7, 3, 6, 4, 5, 10, 9]
    const many = sizes.flatMap((size, c) => Array<number>(size).fill(c))
    const { head, medium, tail } = headMediumTail(many, many)
    expect([[...head.classes], [...medium.classes], [...tail.classes]]).toEqual([
      [8, 9, 1],
      [3, 5, 7, 6],
      [4, 2, 0],
    ])
    expect(tail.accuracy).toBe(1)
    expect(() => headMediumTail(many, many, { shares: [0.8, 0.2] })).toThrow('shares: got [0.8,0.2]')
  })
})
