import type { SparseRows } from '@dc/core/plugin'
import { checkChoice } from '@dc/core/plugin'
import { checkAffinity, timesBlock } from './sparse/sparse-rows'

export const laplacians = ['symmetric', 'random-walk', 'unnormalised'] as const
export type LaplacianKind = (typeof laplacians)[number]

/** A symmetric matrix known by what it does to blocks of vectors. */
export interface SymmetricOperator {
  readonly size: number
  /** Bounds on all eigenvalues. */
  readonly bounds: readonly [lower: number, upper: number]
  /** `out = A x` for `[size, width]` blocks, row after row. */
  apply(x: Float64Array, width: number, out: Float64Array): void
  /** The operator as compressed rows, if it is held so. The sparse eigensolver then runs in its kernels. */
  readonly matrix?: SparseRows
}

export interface Laplacian {
  readonly kind: LaplacianKind
  readonly size: number
  /** Sum of each row's weights. */
  readonly degrees: Float64Array
  /**
   * The Laplacian itself. For `random-walk` it is the symmetric Laplacian, which has the same eigenvalues; its eigenvectors
   * divided by √degree are those of the random walk.
   */
  readonly operator: SymmetricOperator
  /**
   * Turns eigenvectors of `operator` into those of this kind of Laplacian, in place: divides rows by √degree, or does
   * nothing.
   */
  scaleVectors(vectors: Float64Array, width: number): void
}

/**
 * The Laplacian of a similarity graph, W its weights without loops and D the degrees: `unnormalised` `D − W`; `symmetric` `I
 * − D^(−½) W D^(−½)` (Ng, Jordan and Weiss 2001); `random-walk` `I − D⁻¹W` (Shi and Malik 2000). With `loops` the diagonal of
 * W counts too, in W and in D. An isolated point counts as degree 1 and has an eigenvalue 0 of its own.
 *
 * @param graph symmetric `[n, n]`, weights ≥ 0
 * @throws ShapeError or DataError for a graph that is not square, or has negative or non-finite weights
 * @example
 * const { operator } = laplacian(graph, 'symmetric')
 * denseEigenpairs(operator, 4).values   // the first is 0
 */
export function laplacian(graph: SparseRows, kind: LaplacianKind = 'symmetric', loops = false): Laplacian {
  checkAffinity(graph)
  checkChoice('kind', kind, laplacians)
  const degrees = degreesOf(graph, loops)
  const roots = degrees.map((degree) => (degree > 0 ? Math.sqrt(degree) : 1))
  const normalised = kind !== 'unnormalised'
  const diagonal = normalised ? degrees.map((degree) => (degree > 0 ? 1 : 0)) : degrees
  const matrix = assemble(graph, normalised ? roots : roots.map(() => 1), diagonal, loops)
  // Gershgorin: eigenvalues of D − W lie within twice the largest degree, normalised ones within 2.
  const upper = normalised ? 2 : 2 * degrees.reduce((a, b) => Math.max(a, b), 0)
  return {
    kind,
    size: graph.rows,
    degrees,
    operator: {
      size: graph.rows,
      bounds: [0, upper],
      apply: (x, width, out) => timesBlock(matrix, x, width, out),
      matrix,
    },
    scaleVectors(vectors, width) {
      if (kind !== 'random-walk') return
      for (let i = 0, at = 0; i < graph.rows; i++) for (let c = 0; c < width; c++, at++) vectors[at] /= roots[i]
    },
  }
}

function degreesOf({ rows, offsets, indices, values }: SparseRows, loops: boolean): Float64Array {
  const degrees = new Float64Array(rows)
  for (let i = 0; i < rows; i++)
    for (let at = offsets[i]; at < offsets[i + 1]; at++) if (loops || indices[at] !== i) degrees[i] += values[at]
  return degrees
}

/** The diagonal less `wᵢⱼ / (rᵢ rⱼ)`, the diagonal first in each row. */
function assemble(graph: SparseRows, roots: Float64Array, diagonal: Float64Array, loops: boolean): SparseRows {
  const offsets = graph.offsets.map((offset, i) => offset + i)
  const indices = new Int32Array(graph.indices.length + graph.rows)
  const values = new Float64Array(indices.length)
  for (let i = 0; i < graph.rows; i++) {
    let to = offsets[i]
    indices[to] = i
    values[to++] = diagonal[i]
    for (let at = graph.offsets[i]; at < graph.offsets[i + 1]; at++, to++) {
      const j = graph.indices[at]
      indices[to] = j
      values[to] = j === i && !loops ? 0 : -graph.values[at] / (roots[i] * roots[j])
    }
  }
  return { ...graph, offsets, indices, values }
}
