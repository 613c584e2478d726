import { createRandom } from '@dc/core'
import { adjustedRandIndex, contingencyTable } from '@dc/metrics'
import { describe, expect, it } from 'vitest'
import { matrix } from '../matrix'
import { nearestNeighbours } from '../neighbours/nearest-neighbours'
import { averageLinkage } from './average-linkage'
import { consensusClustering } from './consensus'
import { neighbourVote } from './neighbour-vote'

const agreement = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  adjustedRandIndex(contingencyTable(Int32Array.from(a), Int32Array.from(b)))

/** UPGMA as it is defined: of all pairs of clusters the nearest on average, anew each time. */
function plainLinkage(distances: Float64Array, n: number, k: number): number[] {
  let clusters = Array.from({ length: n }, (_, i) => [i])
  while (clusters.length > k) {
    let [best, at] = [Number.POSITIVE_INFINITY, [0, 1]]
    for (let a = 0; a < clusters.length; a++)
      for (let b = a + 1; b < clusters.length; b++) {
        let sum = 0
        for (const i of clusters[a]) for (const j of clusters[b]) sum += distances[i * n + j]
        const mean = sum / (clusters[a].length * clusters[b].length)
        if (mean < best) [best, at] = [mean, [a, b]]
      }
    const joined = [...clusters[at[0]], ...clusters[at[1]]]
    clusters = [...clusters.filter((_, i) => !at.includes(i)), joined]
  }
  const labels = new Array<number>(n)
  clusters.forEach((rows, label) => {
    for (const row of rows) labels[row] = label
  })
  return labels
}

describe('averageLinkage', () => {
  it.each([2, 3, 5, 11, 40])('cuts at %i clusters where the definition does', (k) => {
    const n = 40
    const random = createRandom(k)
    const points = random.normals(2 * n)
    const distances = new Float64Array(n * n)
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++)
        distances[a * n + b] = Math.hypot(points[2 * a] - points[2 * b], points[2 * a + 1] - points[2 * b + 1])
    const labels = averageLinkage(Float32Array.from(distances), n, k)
    expect(agreement(labels, plainLinkage(distances, n, k))).toBe(1)
    expect(new Set(labels).size).toBe(k)
  })

  it('leaves out clusters of fewer points than asked, and cuts at k others', () => {
    // Two groups of three, and two single points far away.
    const at = [0, 1, 2, 20, 21, 22, 100, 200]
    const distances = () => Float32Array.from(at.flatMap((a) => at.map((b) => Math.abs(a - b))))
    expect([...averageLinkage(distances(), 8, 2)]).toEqual([0, 0, 0, 0, 0, 0, 0, 1])
    expect([...averageLinkage(distances(), 8, 2, { least: 2 })]).toEqual([0, 0, 0, 1, 1, 1, -1, -1])
    // Never two of four, so as without.
    expect([...averageLinkage(distances(), 8, 2, { least: 4 })]).toEqual([...averageLinkage(distances(), 8, 2)])
    expect(() => averageLinkage(distances(), 8, 2, { least: 9 })).toThrow('least: got 9; allowed: ')
  })

  it('has any number of clusters where all points coincide', () => {
    expect(new Set(averageLinkage(new Float32Array(36), 6, 3)).size).toBe(3)
    expect([...averageLinkage(new Float32Array(1), 1, 1)]).toEqual([0])
  })

  it('refuses more clusters than points', () => {
    expect(() => averageLinkage(new Float32Array(4), 2, 3)).toThrow('there are 2 points')
  })
})

describe('consensusClustering', () => {
  const truth = Int32Array.from({ length: 300 }, (_, i) => (i < 200 ? 0 : i < 270 ? 1 : 2))
  /** The truth under other numbers, with a share of the rows anywhere. */
  const noisy = (seed: number, share: number) => {
    const random = createRandom(seed)
    const numbers = random.permutation(3)
    return truth.map((label) => (random.uniform() < share ? random.integer(3) : numbers[label]))
  }

  it('joins no two clusters for a few rows that are like none', () => {
    const random = createRandom(0)
    const classes = Int32Array.from({ length: 604 }, (_, row) => (row < 600 ? row % 6 : 6))
    const voices = Array.from({ length: 12 }, (_, voice) =>
      // Each voice takes two classes for one, and the four rows at the end for a cluster of their own.
      classes.map((label) => (label === voice % 6 && random.uniform() < 0.9 ? (label + 1) % 6 : label)),
    )
    const { labels } = consensusClustering(voices, { k: 6, random })
    const found = Array.from({ length: 6 }, (_, cluster) => labels.filter((label) => label === cluster).length)
    expect(Math.min(...found)).toBeGreaterThan(90)
    expect(agreement(labels.slice(0, 600), classes.slice(0, 600))).toBe(1)
  })

  it('is nearer to the truth than any of its voices', () => {
    const voices = Array.from({ length: 15 }, (_, seed) => noisy(seed, 0.4))
    const { labels, support } = consensusClustering(voices, { k: 3, random: createRandom(0) })
    const best = Math.max(...voices.map((voice) => agreement(voice, truth)))
    expect(best).toBeLessThan(0.6)
    expect(agreement(labels, truth)).toBeGreaterThan(0.95)
    // Numbered by size; a row that most voices have in its cluster has more support.
    expect(labels[0]).toBe(0)
    const lonely = truth.findIndex((label, row) => voices.filter((v) => v[row] !== v[truth.indexOf(label)]).length > 8)
    if (lonely >= 0) expect(support[lonely]).toBeLessThan(Math.max(...support))
    expect(Math.max(...support)).toBeLessThanOrEqual(1)
  })

  it('labels rows outside the sample by what their labels have in common with a cluster', () => {
    const voices = Array.from({ length: 15 }, (_, seed) => noisy(seed, 0.3))
    const { labels } = consensusClustering(voices, { k: 3, random: createRandom(1), sample: 60 })
    expect(labels).toHaveLength(300)
    expect(agreement(labels, truth)).toBeGreaterThan(0.9)
  })

  it('joins the parts that voices of more clusters have in common', () => {
    const parts = Array.from({ length: 8 }, (_, seed) => {
      const random = createRandom(seed)
      return truth.map((label) => 2 * label + random.integer(2))
    })
    expect(agreement(consensusClustering(parts, { k: 3, random: createRandom(0) }).labels, truth)).toBe(1)
  })

  it('has k clusters even where all voices agree on fewer', () => {
    const all = new Int32Array(10)
    expect(new Set(consensusClustering([all, all], { k: 4, random: createRandom(0) }).labels).size).toBe(4)
  })

  it('refuses what is no labelling, naming it', () => {
    const random = createRandom(0)
    expect(() => consensusClustering([], { k: 2, random })).toThrow('labellings')
    expect(() => consensusClustering([[0, 1], [0]], { k: 2, random })).toThrow('[2]')
    expect(() => consensusClustering([[0, -1]], { k: 2, random })).toThrow('row 1 is -1')
    expect(() => consensusClustering([[0, 0.5]], { k: 2, random })).toThrow('row 1 is 0.5')
    expect(() => consensusClustering([[0, 1]], { k: 3, random })).toThrow('2 rows are compared')
  })
})

describe('neighbourVote', () => {
  /** Two lines of points, far apart. */
  const points = matrix(
    Float64Array.from({ length: 40 }, (_, i) => (i % 2 ? i >> 2 : i < 20 ? 0 : 100)),
    20,
    2,
  )
  const neighbours = nearestNeighbours(points, 4)

  it('a row takes the label of most of its neighbours', () => {
    const labels = Int32Array.from({ length: 20 }, (_, i) => (i < 10 ? 0 : 1))
    labels[4] = 1
    expect([...neighbourVote(labels, neighbours)]).toEqual([...Array(10).fill(0), ...Array(10).fill(1)])
  })

  it('with enough votes of its own keeps its label, and with no rounds too', () => {
    const labels = Int32Array.from({ length: 20 }, (_, i) => i % 3)
    expect(neighbourVote(labels, neighbours, { own: 5 })).toEqual(labels)
    expect(neighbourVote(labels, neighbours, { rounds: 0 })).toEqual(labels)
  })

  it('never ends a cluster', () => {
    const labels = new Int32Array(20)
    labels[3] = 1
    expect(new Set(neighbourVote(labels, neighbours)).size).toBe(2)
  })
})
