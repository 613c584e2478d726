import { createRandom } from '@dc/core/random'
import { describe, expect, it } from 'vitest'
import { cosineSilhouette, cosineSilhouetteSamples } from './cosine-silhouette'
import { neighbourAgreement, neighbourAgreementSamples } from './neighbour-agreement'
import { sizeBalance } from './size-balance'

const length = (row: number[]) => Math.hypot(...row)
const cosine = (a: number[], b: number[]) =>
  length(a) && length(b) ? a.reduce((sum, value, at) => sum + value * b[at], 0) / (length(a) * length(b)) : 0

/** The definition, by all pairs. */
function byPairs(rows: number[][], labels: number[]): number[] {
  const clusters = [...new Set(labels)]
  return rows.map((row, i) => {
    const mean = (cluster: number) => {
      const others = rows.flatMap((other, j) => (labels[j] === cluster && j !== i ? [1 - cosine(row, other)] : []))
      return others.reduce((sum, value) => sum + value, 0) / others.length
    }
    const own = mean(labels[i])
    if (Number.isNaN(own)) return 0
    const other = Math.min(...clusters.filter((cluster) => cluster !== labels[i]).map(mean))
    return (other - own) / Math.max(other, own)
  })
}

describe('cosineSilhouette', () => {
  it('is the mean over all pairs', () => {
    const random = createRandom(2)
    const rows = Array.from({ length: 40 }, (_, row) => Array.from(random.normals(5, row % 3, 1)))
    const labels = rows.map((_, row) => (row === 7 ? 9 : (row * row) % 3))
    // A row without a direction.
    rows[12] = [0, 0, 0, 0, 0]
    const [found, wanted] = [cosineSilhouetteSamples(rows, labels), byPairs(rows, labels)]
    wanted.forEach((value, row) => {
      expect(found[row]).toBeCloseTo(value, 10)
    })
    expect(found[7]).toBe(0)
    expect(cosineSilhouette(rows, labels)).toBeCloseTo(wanted.reduce((a, b) => a + b) / 40, 10)
  })

  it('knows no lengths, and stays in its range for rows of one direction', () => {
    expect([
      ...cosineSilhouetteSamples(
        [
          [1, 0],
          [1e-30, 0],
          [0, 1],
          [0, 1e30],
        ],
        [0, 0, 1, 1],
      ),
    ]).toEqual([1, 1, 1, 1])
    expect([
      ...cosineSilhouetteSamples(
        [
          [0.1, 0.3],
          [0.2, 0.6],
          [0.3, 0.9],
          [0.7, 2.1],
        ],
        [0, 0, 1, 1],
      ),
    ]).toEqual([0, 0, 0, 0])
  })

  it('needs two clusters', () => {
    expect(() => cosineSilhouette([[1], [2], [3]], [0, 0, 0])).toThrow('1 distinct cluster')
  })
})

describe('neighbourAgreement', () => {
  it('is the share of neighbours with the own label', () => {
    const neighbours = [1, 2, 0, 2, 3, 1, 2, 1]
    expect([...neighbourAgreementSamples(neighbours, 2, [5, 5, 5, 6])]).toEqual([1, 1, 0.5, 0])
    expect(neighbourAgreement(neighbours, 2, [5, 5, 5, 6])).toBeCloseTo(2.5 / 4, 12)
    expect(neighbourAgreement(neighbours, 2, [1, 1, 1, 1])).toBe(1)
  })

  it('refuses what is no graph of the rows', () => {
    expect(() => neighbourAgreement([1, 0], 0, [0, 0])).toThrow('k: got 0')
    expect(() => neighbourAgreement([1, 0, 1], 1, [0, 0])).toThrow('neighbours')
    expect(() => neighbourAgreement([1, 2], 1, [0, 0])).toThrow('neighbours[1] is 2')
    expect(() => neighbourAgreement([], 1, [])).toThrow('empty')
  })
})

describe('sizeBalance', () => {
  it('is 1 for even sizes, 0 for a collapse, the entropy between', () => {
    expect(sizeBalance([7, 7, 7])).toBeCloseTo(1, 12)
    expect(sizeBalance([21, 0, 0])).toBe(0)
    const wanted = -(0.5 * Math.log(0.5) + 2 * 0.25 * Math.log(0.25)) / Math.log(3)
    expect(sizeBalance(Int32Array.of(2, 1, 1))).toBeCloseTo(wanted, 12)
  })

  it('needs clusters with samples', () => {
    expect(() => sizeBalance([3])).toThrow('not defined')
    expect(() => sizeBalance([0, 0])).toThrow('not defined')
    expect(() => sizeBalance([1.5, 2])).toThrow('sizes')
  })
})
