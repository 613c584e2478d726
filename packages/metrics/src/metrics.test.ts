import { createRegistry } from '@dc/core/plugin'
import { createRandom } from '@dc/core/random'
import { describe, expect, it } from 'vitest'
import {
  accumulateTable,
  accuracy,
  adjustedRandIndex,
  bootstrapInterval,
  clusterSizes,
  contingencyTable,
  normalizedMutualInformation,
  planEntropy,
  plugins,
} from './index'

const random = createRandom(8)
const truth = Array.from({ length: 200 }, () => random.integer(5))
const labels = truth.map((t) => (random.uniform() < 0.7 ? t : random.integer(7)))

describe('accumulateTable', () => {
  it('gives the table of the whole from batches and shards', () => {
    const [one, two] = [accumulateTable(), accumulateTable()]
    one.add(truth.slice(0, 50), labels.slice(0, 50))
    one.add(truth.slice(50, 120), labels.slice(50, 120))
    two.add(truth.slice(120), labels.slice(120))
    one.merge(two)
    expect(one.finish()).toEqual(contingencyTable(truth, labels))
    expect(two.finish().total).toBe(80)
  })
  it('merges with itself', () => {
    const shard = accumulateTable()
    shard.add([0, 1], [0, 0])
    shard.merge(shard)
    expect(shard.finish().total).toBe(4)
  })
  it('refuses nothing and bad labels', () => {
    expect(() => accumulateTable().finish()).toThrow('No labels were added')
    expect(() => accumulateTable().add([0, 1.5], [0, 0])).toThrow('truth[1] is 1.5')
    expect(() => accumulateTable().add([0], [0, 0])).toThrow('labels has shape [2]')
    expect(() => accumulateTable({ noise: 'singletons' as 'drop' })).toThrow("noise: got 'singletons'")
  })
})

describe('contingencyTable', () => {
  it('counts the same with sorted keys as with a dense array', () => {
    const wide = truth.map((t, i) => t * 1000 + (i % 3))
    const many = labels.map((l, i) => (l * 200 + (i % 200)) * 100_000)
    const [dense, sparse] = [contingencyTable(truth, labels), contingencyTable(wide, many)]
    expect(dense.cells.count.reduce((a, b) => a + b)).toBe(200)
    expect(sparse.cells.count.reduce((a, b) => a + b)).toBe(200)
    const singles = Array.from({ length: 3000 }, (_, i) => i)
    const sorted = contingencyTable(singles, singles.toReversed())
    expect([...sorted.cells.column]).toEqual(singles.toReversed())
    expect(sorted.cells.count.every((count) => count === 1)).toBe(true)
  })
})

describe('bootstrapInterval', () => {
  it('holds the score, is seeded, and narrows with the level', () => {
    const wide = bootstrapInterval(truth, labels, accuracy, createRandom(0), { rounds: 200 })
    const narrow = bootstrapInterval(truth, labels, accuracy, createRandom(0), { rounds: 200, level: 0.5 })
    expect(wide.value).toBe(accuracy(truth, labels))
    expect(wide.low).toBeLessThan(narrow.low)
    expect(narrow.high).toBeLessThan(wide.high)
    expect(wide.low).toBeLessThan(wide.value)
    // The share right of 200 independent samples: its deviation is √(p (1 − p) / n).
    expect(wide.deviation).toBeCloseTo(Math.sqrt((wide.value * (1 - wide.value)) / 200), 2)
    expect(bootstrapInterval(truth, labels, accuracy, createRandom(0), { rounds: 200 })).toEqual(wide)
  })
  it('resamples what is known: a few known classes among many unknown ones always have a score', () => {
    const few = Int32Array.from(truth, (t, i) => (i < 3 ? t : -1))
    const found = bootstrapInterval(few, labels, accuracy, createRandom(0), { rounds: 50, noise: 'drop' })
    expect(found.value).toBe(accuracy(truth.slice(0, 3), labels.slice(0, 3)))
    expect(found.high).toBeLessThanOrEqual(1)
  })
  it('names bad options', () => {
    expect(() => bootstrapInterval(truth, labels, accuracy, random, { rounds: 1 })).toThrow('rounds: got 1')
    expect(() => bootstrapInterval(truth, labels, accuracy, random, { level: 1 })).toThrow('level: got 1')
  })
})

describe('clusterSizes', () => {
  it('tells sizes, empty clusters and balance', () => {
    expect(clusterSizes([0, 0, 3, 3], { k: 4 })).toMatchObject({
      empty: 2,
      smallest: 0,
      largest: 2,
      mean: 1,
      balance: 0.5,
    })
    expect([...clusterSizes([7, -1, 7]).clusters]).toEqual([-1, 7])
    expect(clusterSizes([0, 1, 2]).balance).toBeCloseTo(1)
  })
  it('counts more clusters than a call has room for arguments', () => {
    const many = Int32Array.from({ length: 400_000 }, (_, i) => i >> 1)
    expect(clusterSizes(many)).toMatchObject({ smallest: 2, largest: 2, mean: 2, empty: 0 })
    expect(clusterSizes(many).balance).toBeCloseTo(1, 9)
    expect(clusterSizes([0], { k: 300_000 })).toMatchObject({ smallest: 0, largest: 1, balance: 0 })
  })
  it('names labels outside k', () => {
    expect(() => clusterSizes([0, 5], { k: 3 })).toThrow('labels holds 5; k = 3 allows 0 to 2.')
    expect(() => clusterSizes([0], { k: 0 })).toThrow('k: got 0')
  })
})

describe('planEntropy', () => {
  it('separates balance from certainty', () => {
    expect(planEntropy([1, 0, 0, 1], 2, 2)).toEqual({ joint: Math.log(2), clusters: Math.log(2), conditional: 0 })
    const uniform = planEntropy(Array(6).fill(0.2), 2, 3)
    expect(uniform.conditional).toBeCloseTo(Math.log(3), 12)
    expect(uniform.clusters).toBeCloseTo(Math.log(3), 12)
  })
  it('names bad plans', () => {
    expect(() => planEntropy([1], 1, 2)).toThrow('plan has shape [1]')
    expect(() => planEntropy([1, -1], 1, 2)).toThrow('plan[0, 1] is -1')
    expect(() => planEntropy([0, 0], 1, 2)).toThrow('plan has no mass.')
  })
})

describe('plugins', () => {
  const registry = createRegistry([plugins])
  it('score labels and features by name', () => {
    expect(
      registry
        .create('metric', 'nmi', { average: 'max' })
        .compute({ labels: Int32Array.from(labels), truth: Int32Array.from(truth) }),
    ).toBe(normalizedMutualInformation(truth, labels, { average: 'max' }))
    const features = Float32Array.from(truth, (t) => t)
    expect(
      registry.create('metric', 'silhouette').compute({ labels: Int32Array.from(truth), features, n: 200, d: 1 }),
    ).toBe(1)
  })
  it('leave out samples whose class is not known', () => {
    const partly = Int32Array.from(truth, (t, i) => (i < 100 ? t : -1))
    expect(registry.create('metric', 'ari').compute({ labels: Int32Array.from(labels), truth: partly })).toBe(
      adjustedRandIndex(truth.slice(0, 100), labels.slice(0, 100)),
    )
  })
  it('say what they miss', () => {
    const few = Int32Array.of(0, 1)
    expect(() => registry.create('metric', 'acc').compute({ labels: few })).toThrow(
      "Metric 'acc' needs the true labels.",
    )
    expect(() => registry.create('metric', 'dunn').compute({ labels: few })).toThrow("Metric 'dunn' needs features")
    expect(() => registry.create('metric', 'nmi', { average: 'mean' as 'min' })).toThrow('metric.nmi.average')
  })
})
