import { checkInteger, OptionError, type Random, ShapeError, type SparseRows } from '@dc/core/plugin'
import type { EigenResult } from '../eigen/eigen-result'
import { fixSigns } from '../eigen/eigen-result'
import { type Solver, smallestEigenpairs } from '../eigen/smallest'
import { type LaplacianKind, laplacian } from '../laplacian'
import type { Matrix } from '../matrix'
import { type Components, connectedComponents } from '../sparse/components'

export interface SpectralEmbeddingOptions {
  /** Number of coordinates, 1 … n (n − 1 when the first is dropped). */
  readonly components: number
  /** Starts the sparse and randomised solvers. */
  readonly random: Random
  /** Default `random-walk`, whose coordinates are constant on components and which extends to new points. */
  readonly laplacian?: LaplacianKind
  /** Whether the graph's self-loops count as weights; in scikit-learn they never do. Default false. */
  readonly loops?: boolean
  /** Leaves out the first coordinate, which is constant on a connected graph. Default false. */
  readonly dropFirst?: boolean
  /** Default `auto`. */
  readonly solver?: Solver
  /** Largest eigenvector residual, relative to the spectrum's bound. Default 1e-10. */
  readonly tolerance?: number
  readonly maxIterations?: number
}

export interface SpectralEmbedding {
  /** `[n, components]`, float64. */
  readonly embedding: Matrix
  /** Eigenvalues of the Laplacian for each coordinate, ascending. */
  readonly eigenvalues: Float64Array
  readonly laplacian: LaplacianKind
  /** Residuals, rounds and convergence of the solver. */
  readonly solution: EigenResult
  /** Connected components of the graph. */
  readonly graphComponents: Components
}

/**
 * Embeds the nodes of a similarity graph by the eigenvectors of its Laplacian with the smallest eigenvalues.
 *
 * `random-walk`: `D^(−½)u` for unit eigenvectors u of the symmetric Laplacian (scikit-learn's `spectral_embedding`);
 * `symmetric`: u itself; `unnormalised`: eigenvectors of `D − W`. The entry of largest magnitude of each coordinate is
 * positive.
 *
 * @param graph symmetric `[n, n]`, weights ≥ 0
 * @throws ShapeError, DataError for a bad graph; OptionError for options out of range
 * @example
 * const { embedding, eigenvalues } = spectralEmbedding(graph, { components: 4, random: createRandom(0) })
 */
export function spectralEmbedding(graph: SparseRows, options: SpectralEmbeddingOptions): SpectralEmbedding {
  const { components, random, laplacian: kind = 'random-walk', dropFirst = false, solver = 'auto' } = options
  const dropped = dropFirst ? 1 : 0
  const made = laplacian(graph, kind, options.loops)
  checkInteger('components', components, 1, graph.rows - dropped, `the graph has ${graph.rows} nodes`)
  const { tolerance, maxIterations } = options
  const solution = smallestEigenpairs(made.operator, components + dropped, solver, { random, tolerance, maxIterations })
  const all = components + dropped
  const values = new Float64Array(graph.rows * components)
  for (let i = 0; i < graph.rows; i++)
    for (let c = 0; c < components; c++) values[i * components + c] = solution.vectors.values[i * all + c + dropped]
  made.scaleVectors(values, components)
  fixSigns(values, graph.rows, components)
  return {
    embedding: { values, rows: graph.rows, columns: components },
    eigenvalues: solution.values.slice(dropped),
    laplacian: kind,
    solution,
    graphComponents: connectedComponents(graph),
  }
}

/**
 * Coordinates of new points from their similarity to the embedded ones (Nyström): `f(x) = Σⱼ p(x, j) f(j) / (1 − λ)`, p the
 * similarities scaled to sum to 1. Applied to the embedded points it returns their own coordinates. A coordinate whose λ is 1
 * within the solver's residual is 0: neighbours say nothing about it.
 *
 * @param fitted an embedding of a `random-walk` Laplacian
 * @param similarity `[new, n]`, weights ≥ 0 of new points to embedded ones; a point without any gets 0
 * @returns `[new, components]`
 * @throws OptionError for another Laplacian; ShapeError if the similarity has another width
 * @example
 * const fitted = await spectralEmbedding(graph, { components: 3, random })
 * const more = extendEmbedding(fitted, similarity) // of new points to those fitted
 */
export function extendEmbedding(fitted: SpectralEmbedding, similarity: SparseRows): Matrix {
  const { embedding } = fitted
  if (fitted.laplacian !== 'random-walk')
    throw new OptionError('fitted.laplacian', fitted.laplacian, "'random-walk', the one that extends to new points")
  if (similarity.columns !== embedding.rows)
    throw new ShapeError('similarity', [similarity.rows, similarity.columns], `[new, ${embedding.rows}]`)
  const width = embedding.columns
  const scales = nystromScales(fitted)
  const values = new Float64Array(similarity.rows * width)
  for (let i = 0; i < similarity.rows; i++) {
    let total = 0
    for (let at = similarity.offsets[i]; at < similarity.offsets[i + 1]; at++) {
      const from = similarity.indices[at] * width
      total += similarity.values[at]
      for (let c = 0; c < width; c++) values[i * width + c] += similarity.values[at] * embedding.values[from + c]
    }
    if (total === 0) continue
    for (let c = 0; c < width; c++) values[i * width + c] *= scales[c] / total
  }
  return { values, rows: similarity.rows, columns: width }
}

/** `1 / (1 − λ)` of each coordinate, also for λ above 1; 0 if the eigenvector is not known well enough to divide. */
function nystromScales({ eigenvalues, solution }: SpectralEmbedding): Float64Array {
  const dropped = solution.values.length - eigenvalues.length
  return eigenvalues.map((value, c) => {
    const least = Math.max(1e-9, 10 * solution.residuals[dropped + c])
    return Math.abs(1 - value) > least ? 1 / (1 - value) : 0
  })
}
