// Every score stays within the range that it documents, or says why it is not defined.
import { DcError } from '@dc/core/plugin'
import { createRandom, type Random } from '@dc/core/random'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entropy } from './external/information'
import {
  accumulateTable,
  accuracy,
  adjustedMutualInformation,
  adjustedRandIndex,
  bootstrapInterval,
  calinskiHarabasz,
  classScores,
  clusterSizes,
  completeness,
  contingencyTable,
  daviesBouldin,
  dunn,
  type EntropyAverage,
  fowlkesMallows,
  headMediumTail,
  homogeneity,
  macroF1,
  meanClassAccuracy,
  mutualInformation,
  normalizedMutualInformation,
  planEntropy,
  plugins,
  purity,
  randIndex,
  retrievalScores,
  silhouetteSamples,
  variationOfInformation,
  vMeasure,
} from './index'
import { plainProducts } from './testing/plain-products'

/** Labelings of n samples, degenerate ones among them. */
const kinds: Record<string, (random: Random, n: number) => Int32Array> = {
  'one cluster': (_, n) => new Int32Array(n).fill(3),
  'n clusters': (_, n) => Int32Array.from({ length: n }, (_, i) => n - i),
  'two, one of a single sample': (random, n) => {
    const single = random.integer(n)
    return Int32Array.from({ length: n }, (_, i) => Number(i === single))
  },
  unknown: (_, n) => new Int32Array(n).fill(-1),
  'some unknown': (random, n) => Int32Array.from({ length: n }, () => random.integer(4) - 1),
  'many unknown': (random, n) =>
    Int32Array.from({ length: n }, () => (random.uniform() < 0.9 ? -1 : random.integer(3))),
  few: (random, n) => Int32Array.from({ length: n }, () => random.integer(3)),
  many: (random, n) => Int32Array.from({ length: n }, () => random.integer(n)),
  uneven: (random, n) => Int32Array.from({ length: n }, () => Math.floor(-2 * Math.log(1 - random.uniform()))),
}
const names = Object.keys(kinds)

/** Two labelings of the same samples; the second may be the first under other names. */
const pair = fc
  .record({
    n: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 300 })),
    seed: fc.nat(),
    truth: fc.constantFrom(...names),
    labels: fc.constantFrom('renamed', 'merged', ...names),
  })
  .map(({ n, seed, truth, labels }) => {
    const random = createRandom(seed)
    const first = kinds[truth](random, n)
    if (labels === 'renamed') return { truth: first, labels: first.map((label) => 70 - 3 * label) }
    if (labels === 'merged') return { truth: first, labels: first.map((label) => label >> 1) }
    return { truth: first, labels: kinds[labels](random, n) }
  })

/** Runs a score; null if it says that it is not defined. */
function orNull<T>(compute: () => T): T | null {
  try {
    return compute()
  } catch (error) {
    if (DcError.isInstance(error) && error.name === 'DataError') return null
    throw error
  }
}

function expectWithin(name: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high)) expect.fail(`${name} is ${value}, outside ${low} … ${high}`)
}

const averages: EntropyAverage[] = ['arithmetic', 'geometric', 'min', 'max']
const policies = ['cluster', 'singletons', 'drop'] as const

describe('ranges of scores against the truth', () => {
  it('hold for any labelings (property)', () => {
    fc.assert(
      fc.property(
        pair,
        fc.constantFrom(...policies),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        ({ truth, labels }, noise, beta) => {
          const table = orNull(() => contingencyTable(truth, labels, { noise }))
          if (!table) {
            expect(noise).toBe('drop')
            return
          }
          for (const [name, score] of Object.entries({
            accuracy,
            purity,
            meanClassAccuracy,
            macroF1,
            randIndex,
            fowlkesMallows,
            homogeneity,
            completeness,
          }))
            expectWithin(name, score(table), 0, 1)
          expectWithin('many-to-one', accuracy(table, { matching: 'many-to-one' }), 0, 1)
          expectWithin('vMeasure', vMeasure(table, { beta }), 0, 1)
          expectWithin('adjustedRandIndex', adjustedRandIndex(table), -0.5, 1)
          for (const average of averages) {
            expectWithin(`nmi ${average}`, normalizedMutualInformation(table, { average }), 0, 1)
            // Worse than chance has no end, but it is a number.
            expectWithin(`ami ${average}`, adjustedMutualInformation(table, { average }), -1e6, 1)
          }
          const entropies = [entropy(table.classSizes), entropy(table.clusterSizes)]
          expectWithin('entropy', entropies[0], 0, Math.log(table.classes.length))
          expectWithin('entropy', entropies[1], 0, Math.log(table.clusters.length))
          expectWithin('mutualInformation', mutualInformation(table), 0, Math.min(...entropies))
          expectWithin('variationOfInformation', variationOfInformation(table), 0, Math.log(table.total))
          const { recall, precision, f1 } = classScores(table)
          for (const values of [recall, precision, f1])
            for (const value of values) expectWithin('of a class', value, 0, 1)
          for (const group of Object.values(headMediumTail(truth, labels, { noise })))
            for (const value of [group.accuracy, group.f1])
              if (group.classes.length === 0) expect(value).toBeNaN()
              else expectWithin('of a group', value, 0, 1)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('hold for the same partition under other names, of any sizes: nothing above 1 (property)', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(sizes, (list) => {
        const truth = list.flatMap((size, label) => Array<number>(size).fill(label))
        const labels = truth.map((label) => (label * 7 + 3) % 41)
        for (const average of averages)
          for (const score of [normalizedMutualInformation, adjustedMutualInformation]) {
            const value = score(truth, labels, { average })
            expect(value).toBeLessThanOrEqual(1)
            expect(value).toBeCloseTo(1, 12)
          }
        for (const score of [homogeneity, completeness, vMeasure, accuracy, adjustedRandIndex])
          expect((score as typeof accuracy)(truth, labels)).toBe(1)
      }),
      { numRuns: 300 },
    )
  })

  it('hold for sizes, batches and resamples (property)', () => {
    fc.assert(
      fc.property(pair, fc.nat(), ({ truth, labels }, seed) => {
        const sizes = clusterSizes(labels)
        expectWithin('balance', sizes.balance, 0, 1)
        expectWithin('smallest', sizes.smallest, 1, sizes.largest)
        const seen = accumulateTable({ noise: 'drop' })
        for (let from = 0; from < truth.length; from += 7)
          seen.add(truth.subarray(from, from + 7), labels.subarray(from, from + 7))
        const [whole, batches] = [orNull(() => contingencyTable(truth, labels, { noise: 'drop' })), orNull(seen.finish)]
        expect(batches).toEqual(whole)
        const interval = orNull(() =>
          bootstrapInterval(truth, labels, normalizedMutualInformation, createRandom(seed), {
            rounds: 5,
            noise: 'drop',
          }),
        )
        expect(interval === null).toBe(whole === null)
        if (!interval) return
        for (const value of [interval.value, interval.low, interval.high]) expectWithin('bootstrap', value, 0, 1)
        expect(interval.high).toBeGreaterThanOrEqual(interval.low)
      }),
      { numRuns: 150 },
    )
  })

  it('hold for plans of any mass (property)', () => {
    const shape = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.nat())
    fc.assert(
      fc.property(shape, fc.constantFrom(1e-40, 1e-6, 1, 1e9), ([n, k, seed], scale) => {
        const random = createRandom(seed)
        const plans = [
          Array.from({ length: n * k }, () => scale),
          Array.from({ length: n * k }, () => (random.uniform() < 0.5 ? 0 : scale * random.uniform())),
          Array.from({ length: n * k }, (_, at) => (at % k === random.integer(k) ? scale : 0)),
        ]
        for (const plan of plans) {
          const found = orNull(() => planEntropy(plan, n, k))
          if (!found) {
            expect(plan.every((mass) => mass === 0)).toBe(true)
            continue
          }
          expectWithin('joint', found.joint, 0, Math.log(n * k))
          expectWithin('clusters', found.clusters, 0, Math.log(k))
          expectWithin('conditional', found.conditional, 0, Math.log(k))
        }
      }),
    )
  })
})

describe('ranges of scores of features', () => {
  const spaces: Record<string, (random: Random, n: number, d: number) => Float64Array | Float32Array> = {
    normal: (random, n, d) => random.normals(n * d),
    'far from 0': (random, n, d) => Float64Array.from(random.normals(n * d), (v) => 1e9 + v),
    equal: (_, n, d) => new Float64Array(n * d).fill(3),
    'with rows of zeros': (random, n, d) => random.normals(n * d).map((v, at) => (Math.floor(at / d) % 3 ? v : 0)),
    'on a grid': (random, n, d) => Float64Array.from({ length: n * d }, () => random.integer(3)),
  }
  it('hold for any features and clusters (property)', () => {
    const drawn = fc.record({
      n: fc.integer({ min: 1, max: 40 }),
      d: fc.integer({ min: 1, max: 4 }),
      seed: fc.nat(),
      space: fc.constantFrom(...Object.keys(spaces)),
      labels: fc.constantFrom(...names),
      lent: fc.constantFrom(null, plainProducts),
    })
    fc.assert(
      fc.property(drawn, ({ n, d, seed, space, labels, lent }) => {
        const random = createRandom(seed)
        const [features, found] = [spaces[space](random, n, d), kinds[labels](random, n)]
        const clusters = new Set(found).size
        const defined = clusters >= 2 && clusters < n
        const samples = orNull(() => silhouetteSamples({ values: features, shape: [n, d] }, found, { products: lent }))
        expect(samples !== null).toBe(defined)
        for (const value of samples ?? []) expectWithin('silhouette', value, -1, 1)
        for (const [name, score] of Object.entries({ daviesBouldin, calinskiHarabasz, dunn })) {
          const value = orNull(() => score({ values: features, shape: [n, d] }, found, { products: lent }))
          expect(value !== null).toBe(defined)
          if (value !== null) expectWithin(name, value, 0, Number.POSITIVE_INFINITY)
        }
        for (const metric of ['euclidean', 'cosine'] as const) {
          const scores = orNull(() =>
            retrievalScores({ values: features, shape: [n, d] }, found, { metric, products: lent }),
          )
          expect(scores !== null).toBe(clusters < n)
          if (!scores) continue
          for (const value of Object.values(scores.recall)) expectWithin('recall', value, 0, 1)
          for (const name of ['rPrecision', 'meanAveragePrecisionAtR', 'knnAccuracy'] as const)
            expectWithin(name, scores[name], 0, 1)
          expectWithin('queries', scores.queries, 1, n)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('plugins give a number in range, or say why there is none (property)', () => {
    fc.assert(
      fc.property(pair, ({ truth, labels }) => {
        const features = Float32Array.from(labels, (label, i) => label + (i % 5) / 10)
        for (const plugin of plugins) {
          const metric = plugin.create(plugin.options.parse({}) as never, {})
          const value = orNull(() => metric.compute({ labels, truth, features, n: labels.length, d: 1 }))
          expect(Number.isNaN(value)).toBe(false)
        }
      }),
      { numRuns: 60 },
    )
  })
})
