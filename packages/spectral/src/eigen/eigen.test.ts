import { createRandom, type SparseRows } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { compress } from '../graphs/dense-graph'
import { knnGraph } from '../graphs/knn-graph'
import { type LaplacianKind, laplacian } from '../laplacian'
import { asMatrix, matrix } from '../matrix'
import { sparseEigenpairs } from './chebyshev-lanczos'
import { denseEigenpairs, symmetricEigen } from './dense'
import { randomisedEigenpairs } from './randomised'

const random = createRandom(0)

/** A cycle of n nodes: eigenvalues of its Laplacian are 2 − 2 cos(2πj/n), all but the ends double. */
function cycle(n: number): SparseRows {
  const entries = new Float64Array(n * n)
  for (let i = 0; i < n; i++) entries[i * n + ((i + 1) % n)] = entries[((i + 1) % n) * n + i] = 1
  return compress(entries, n)
}

describe('laplacian', () => {
  it('is D − W, and scaled by degrees', () => {
    const path = compress([5, 1, 0, 1, 0, 3, 0, 3, 0], 3)
    const matrixOf = (kind: LaplacianKind, loops = false) => {
      const out = new Float64Array(9)
      laplacian(path, kind, loops).operator.apply(Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), 3, out)
      return [...out]
    }
    expect(matrixOf('unnormalised')).toEqual([1, -1, 0, -1, 4, -3, 0, -3, 3])
    expect(matrixOf('symmetric')[1]).toBeCloseTo(-1 / Math.sqrt(4), 15)
    expect(matrixOf('symmetric', true)[0]).toBeCloseTo(1 - 5 / 6, 15)
  })

  it('refuses negative weights', () => {
    const graph = { ...compress([0, 1, 1, 0], 2), values: Float64Array.of(1, -1) }
    expect(() => laplacian(graph)).toThrow('similarities must be finite and ≥ 0')
  })
})

describe('eigensolvers', () => {
  it('dense: known eigenvalues, vectors that are', () => {
    const { values, vectors } = symmetricEigen(
      asMatrix([
        [2, 1],
        [1, 2],
      ]),
    )
    expect(values[0]).toBeCloseTo(1, 14)
    expect(values[1]).toBeCloseTo(3, 14)
    expect(Math.abs(vectors.values[0])).toBeCloseTo(Math.SQRT1_2, 14)
  })

  it('sparse: double eigenvalues of a cycle', () => {
    const n = 301
    const found = sparseEigenpairs(laplacian(cycle(n), 'unnormalised').operator, 7, { random })
    expect(found.converged).toBe(true)
    expect(found.method).toBe('chebyshev-lanczos')
    ;[0, 1, 1, 2, 2, 3, 3].forEach((j, at) => {
      expect(found.values[at]).toBeCloseTo(2 - 2 * Math.cos((2 * Math.PI * j) / n), 9)
    })
  })

  it('sparse: the dense answer on a neighbour graph, signs too', () => {
    const graph = knnGraph(matrix(createRandom(1).normals(500 * 4), 500, 4), { neighbours: 6 })
    for (const kind of ['symmetric', 'unnormalised'] as const) {
      const { operator } = laplacian(graph, kind)
      const [dense, sparse] = [denseEigenpairs(operator, 5), sparseEigenpairs(operator, 5, { random })]
      for (let at = 0; at < 5; at++) expect(sparse.values[at]).toBeCloseTo(dense.values[at], 10)
      for (let at = 0; at < 2500; at++) expect(sparse.vectors.values[at]).toBeCloseTo(dense.vectors.values[at], 6)
    }
  })

  it('sparse: the same for an operator that is not held as compressed rows', () => {
    const { operator } = laplacian(cycle(301), 'unnormalised')
    const { size, bounds, apply } = operator
    const known = sparseEigenpairs(operator, 3, { random: createRandom(2) })
    const found = sparseEigenpairs({ size, bounds, apply }, 3, { random: createRandom(2) })
    expect(found.iterations).toBe(known.iterations)
    found.values.forEach((value, at) => {
      expect(value).toBeCloseTo(known.values[at], 12)
    })
  })

  it('sparse: eigenvalue 0 as often as there are components', () => {
    const blobs = Float64Array.from({ length: 600 }, (_, i) => 100 * (i % 3) + random.normal())
    const { operator } = laplacian(knnGraph(matrix(blobs, 600, 1), { neighbours: 20 }))
    const { values } = sparseEigenpairs(operator, 4, { random })
    for (let c = 0; c < 3; c++) expect(Math.abs(values[c])).toBeLessThan(1e-10)
    expect(values[3]).toBeGreaterThan(1e-6)
  })

  it('sparse: says when it did not converge', () => {
    const found = sparseEigenpairs(laplacian(cycle(2000)).operator, 6, { random, maxIterations: 1, degree: 2 })
    expect(found.converged).toBe(false)
    expect(Math.max(...found.residuals)).toBeGreaterThan(1e-10)
  })

  it('randomised: near, with residuals that tell how near', () => {
    const graph = knnGraph(matrix(createRandom(1).normals(500 * 2), 500, 2), { neighbours: 6 })
    const { operator } = laplacian(graph)
    const [dense, rough] = [
      denseEigenpairs(operator, 4),
      randomisedEigenpairs(operator, 4, { random, powerIterations: 200 }),
    ]
    for (let at = 0; at < 4; at++) {
      expect(Math.abs(rough.values[at] - dense.values[at])).toBeLessThan(0.02)
      // A residual bounds the distance to the nearest eigenvalue.
      expect(dense.values.some((value) => Math.abs(value - rough.values[at]) <= rough.residuals[at] + 1e-12)).toBe(true)
    }
  })

  it('randomised: as many pairs as asked for, also where its operator has fewer directions', () => {
    // 20 edges apart: half of all eigenvalues are 2, the bound, and so 0 for the power iteration.
    const pairs = new Float64Array(1600)
    for (let i = 0; i < 40; i++) pairs[i * 40 + (i ^ 1)] = 1
    const { operator } = laplacian(compress(pairs, 40))
    const empty = {
      size: 40,
      bounds: [0, 0] as const,
      apply: (_: Float64Array, __: number, out: Float64Array) => out.fill(0),
    }
    for (const [solved, expected] of [
      [operator, (c: number) => (c < 20 ? 0 : 2)],
      [empty, () => 0],
    ] as const) {
      const { values, vectors, residuals } = randomisedEigenpairs(solved as typeof operator, 25, { random })
      expect([values.length, residuals.length, vectors.columns, vectors.values.length]).toEqual([25, 25, 25, 1000])
      for (let c = 0; c < 25; c++) {
        expect(values[c]).toBeCloseTo(expected(c), 8)
        expect(residuals[c]).toBeLessThan(1e-8)
        expect(
          Array.from({ length: 40 }, (_, i) => vectors.values[25 * i + c] ** 2).reduce((a, b) => a + b),
        ).toBeCloseTo(1, 8)
      }
    }
  })

  it('say what is wrong with their input', () => {
    const { operator } = laplacian(cycle(5))
    expect(() => denseEigenpairs(operator, 6)).toThrow('count: got 6; allowed: an integer from 1 to 5')
    expect(() => sparseEigenpairs(operator, 2, { random, tolerance: -1 })).toThrow('tolerance: got -1')
  })
})
