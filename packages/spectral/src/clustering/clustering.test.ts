import { createRandom } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { eigengap } from '../embedding/eigengap'
import { landmarkEmbedding } from '../embedding/landmark-embedding'
import { extendEmbedding, spectralEmbedding } from '../embedding/spectral-embedding'
import { compress } from '../graphs/dense-graph'
import { gaussianGraph } from '../graphs/gaussian-graph'
import { knnGraph } from '../graphs/knn-graph'
import { kmeans } from '../kmeans/kmeans'
import { asMatrix, type Matrix, matrix } from '../matrix'
import { assignments } from './assignments'
import { columnSpaceClustering } from './column-space-clustering'
import { spectralClustering } from './spectral-clustering'

const random = createRandom(5)

/** Two interleaved half circles, which k-means cannot tell apart. */
function moons(n: number, noise: number): { points: Matrix; truth: number[] } {
  const draws = createRandom(21)
  const truth = Array.from({ length: n }, (_, i) => i % 2)
  const values = Float64Array.from(
    truth.flatMap((moon, i) => {
      const angle = (Math.PI * i) / n
      const [x, y] = moon === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)]
      return [x + noise * draws.normal(), y + noise * draws.normal()]
    }),
  )
  return { points: matrix(values, n, 2), truth }
}

/** Share of rows on the better of the two namings. */
function accuracy(labels: ArrayLike<number>, truth: readonly number[]): number {
  const share = truth.filter((t, i) => labels[i] === t).length / truth.length
  return Math.max(share, 1 - share)
}

describe('spectralClustering', () => {
  const { points, truth } = moons(300, 0.05)

  it.each(assignments)('%s: separates two moons', (assignment) => {
    expect(accuracy(spectralClustering(knnGraph(points), { k: 2, random, assignment }).labels, truth)).toBe(1)
    const whole = spectralClustering(gaussianGraph(points, { gamma: 30 }), { k: 2, random, assignment })
    expect(accuracy(whole.labels, truth)).toBe(1)
    expect(whole.warning).toBeNull()
    expect(accuracy(kmeans(points, { k: 2, random }).labels, truth)).toBeLessThan(0.95)
  })

  it.each(assignments)('%s: labels new points, and its own as before', (assignment) => {
    const graph = knnGraph(points)
    const fit = spectralClustering(graph, { k: 2, random, assignment })
    expect(fit.predict(graph)).toEqual(fit.labels)
  })

  it('warns of a graph in pieces', () => {
    const far = asMatrix(Array.from({ length: 40 }, (_, i) => [(i % 2) * 1000 + i]))
    const fit = spectralClustering(knnGraph(far, { neighbours: 3 }), { k: 2, random })
    expect(fit.warning).toMatch('The graph has 2 connected components')
    expect(
      accuracy(
        fit.labels,
        Array.from({ length: 40 }, (_, i) => i % 2),
      ),
    ).toBe(1)
  })

  it('says what is wrong with its input', () => {
    const graph = knnGraph(points)
    expect(() => spectralClustering(graph, { k: 301, random })).toThrow('k: got 301')
    expect(() => spectralClustering(graph, { k: 2, random, components: 3 })).toThrow('components: got 3')
    expect(() => spectralClustering(graph, { k: 1, random, assignment: 'discretize' })).toThrow('at least 2')
    expect(() => spectralClustering(graph, { k: 2, random, assignment: 'qr' as never })).toThrow("assignment: got 'qr'")
  })
})

describe('spectralEmbedding', () => {
  const { points } = moons(120, 0.05)
  const graph = gaussianGraph(points, { gamma: 8 })

  it('is constant in its first coordinate, which can be dropped', () => {
    const whole = spectralEmbedding(graph, { components: 3, random })
    for (let i = 1; i < 120; i++) expect(whole.embedding.values[3 * i]).toBeCloseTo(whole.embedding.values[0], 10)
    const rest = spectralEmbedding(graph, { components: 2, random, dropFirst: true })
    for (let i = 0; i < 120; i++)
      expect(rest.embedding.values[2 * i]).toBeCloseTo(whole.embedding.values[3 * i + 1], 10)
    expect(rest.eigenvalues[0]).toBeCloseTo(whole.eigenvalues[1], 12)
  })

  it('extends to its own points as they are', () => {
    const fitted = spectralEmbedding(graph, { components: 3, random })
    const again = extendEmbedding(fitted, graph)
    for (let at = 0; at < 360; at++) expect(again.values[at]).toBeCloseTo(fitted.embedding.values[at], 8)
    const other = spectralEmbedding(graph, { components: 3, random, laplacian: 'symmetric' })
    expect(() => extendEmbedding(other, graph)).toThrow("fitted.laplacian: got 'symmetric'")
  })
})

describe('extendEmbedding', () => {
  /** All edges between nodes for which `joined` holds. */
  const graphOf = (n: number, joined: (i: number, j: number) => boolean) =>
    compress(
      Float64Array.from({ length: n * n }, (_, at) => Number(joined(Math.floor(at / n), at % n))),
      n,
    )

  it.each([5, 40, 1500])('gives coordinates back whose λ is above 1: %i nodes, all joined', (n) => {
    const graph = graphOf(n, (i, j) => i !== j)
    const fitted = spectralEmbedding(graph, { components: 3, random })
    expect(fitted.eigenvalues[2]).toBeCloseTo(n / (n - 1), 6)
    const again = extendEmbedding(fitted, graph)
    for (let at = 0; at < 3 * n; at++) expect(again.values[at]).toBeCloseTo(fitted.embedding.values[at], 6)
  })

  it('gives 0 for those whose λ is 1, of which neighbours tell nothing', () => {
    // 3 nodes joined to 4: λ = 0, five times 1, 2.
    const graph = graphOf(7, (i, j) => i < 3 !== j < 3)
    const fitted = spectralEmbedding(graph, { components: 7, random })
    const again = extendEmbedding(fitted, graph)
    for (let i = 0; i < 7; i++)
      for (let c = 0; c < 7; c++) {
        const own = fitted.embedding.values[7 * i + c]
        expect(again.values[7 * i + c]).toBeCloseTo(c === 0 || c === 6 ? own : 0, 12)
      }
  })
})

describe('landmarkEmbedding', () => {
  it.each(['random', 'k-means'] as const)('%s landmarks keep two moons apart', (selection) => {
    const { points, truth } = moons(600, 0.05)
    const made = landmarkEmbedding(points, { components: 2, random, landmarks: 150, neighbours: 4, selection })
    expect(made.eigenvalues[0]).toBeCloseTo(0, 8)
    const { labels, predict } = kmeans(made.embedding, { k: 2, random })
    expect(accuracy(labels, truth)).toBeGreaterThan(0.98)
    expect(predict(made.extend(points))).toEqual(labels)
  })
})

describe('eigengap', () => {
  it('suggests the number of clusters', () => {
    expect(eigengap([0, 0.01, 0.02, 0.5, 0.6]).k).toBe(3)
    expect(eigengap([0, 0.9, 1, 1.1], 1).k).toBe(1)
    expect(() => eigengap([0])).toThrow('eigenvalues has shape [1]')
  })
})

describe('columnSpaceClustering', () => {
  it('ignores any invertible map of the embedding (the column space is all that counts)', () => {
    const draws = createRandom(2)
    const rows = Array.from({ length: 90 }, (_, i) => {
      const centre = [
        [4, 0, 0],
        [0, 4, 0],
        [0, 0, 4],
      ][i % 3]
      return centre.map((value) => value + 0.3 * draws.normal())
    })
    // Stretched so far that k-means sees only the first coordinate.
    const stretched = rows.map(([a, b, c]) => [1000 * (a + b), 0.01 * b, a + c])
    const [plain, mapped] = [rows, stretched].map((r) => columnSpaceClustering(asMatrix(r), { k: 3, random }))
    expect(new Set(Array.from(plain.labels, (label, i) => `${label}:${i % 3}`)).size).toBe(3)
    expect(new Set(Array.from(mapped.labels, (label, i) => `${label}:${i % 3}`)).size).toBe(3)
  })

  it('takes a rank-deficient embedding', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i % 2, i % 2, 2 * (i % 2)])
    const { labels, inertia } = columnSpaceClustering(asMatrix(rows), { k: 2, random })
    expect(new Set(Array.from(labels, (label, i) => `${label}:${i % 2}`)).size).toBe(2)
    expect(inertia).toBeLessThan(1e-12)
  })
})
