import { DataError, OptionError, ShapeError, type SparseRows } from '@dc/core/plugin'
import { type P2otOptions, p2ot } from './p2ot'
import type { TransportProblem } from './problem'

/** P²OT with a reward for neighbours that share labels. */
export interface SemanticProblem {
  readonly kind: 'sp2ot'
  /** The problem without neighbours. */
  readonly base: TransportProblem
  /** S + Sᵀ, by rows. */
  readonly neighbours: SparseRows
  /** λ₁ ≥ 0, on plans of total mass ρ. */
  readonly weight: number
}

/** Options of {@link sp2ot}. */
export interface Sp2otOptions extends P2otOptions {
  /** Similarity S of rows, sparse, `rows × rows`. It need not be symmetric. Diagonal entries count. */
  readonly similarity: SparseRows
  /** Weight λ₁ ≥ 0 of the neighbours, on plans of total mass ρ; `1000 (1 − ρ)` as published. */
  readonly weight?: number
}

/**
 * Semantic-regularised progressive partial transport (SP²OT): P²OT plus `−λ₁⟨S, QQᵀ⟩`, so that neighbours share labels. The
 * problem is not convex; {@link solveSemantic} finds a stationary point.
 *
 * @returns a problem for `solveSemantic`
 * @throws ShapeError, OptionError, DataError as `p2ot` does, for a similarity that is not rows × rows, holds values that
 *   are not finite or indices out of range, and for a weight below 0
 * @see Zhang, Ren, He 2024, SP²OT, arXiv 2404.03446, section 4
 * @example
 * const problem = sp2ot({ cost, rows: 512, columns: 10, rho: 0.2, similarity })
 * const targets = solveSemantic(problem).plan({ scale: 512 })
 */
export function sp2ot(options: Sp2otOptions): SemanticProblem {
  const base = p2ot(options)
  const weight = options.weight ?? 1000 * (1 - options.rho)
  if (!(weight >= 0) || weight === Infinity) throw new OptionError('weight', weight, 'a finite number of at least 0')
  return { kind: 'sp2ot', base, weight, neighbours: plusTransposed(options.similarity, options.rows) }
}

/** S + Sᵀ: in each row the entries of S and then those of Sᵀ. An index may occur twice. */
export function plusTransposed(similarity: SparseRows, rows: number): SparseRows {
  check(similarity, rows)
  const { offsets, indices, values } = similarity
  const total = offsets[rows]
  const sums = new Int32Array(rows + 1)
  for (let i = 0; i < rows; i++) sums[i + 1] = offsets[i + 1] - offsets[i]
  for (let s = 0; s < total; s++) sums[indices[s] + 1]++
  for (let i = 0; i < rows; i++) sums[i + 1] += sums[i]
  const next = sums.slice(0, rows)
  const outIndices = new Int32Array(2 * total)
  const outValues = new Float64Array(2 * total)
  const put = (row: number, column: number, value: number) => {
    outIndices[next[row]] = column
    outValues[next[row]++] = value
  }
  for (let i = 0; i < rows; i++)
    for (let s = offsets[i]; s < offsets[i + 1]; s++) {
      put(i, indices[s], values[s])
      put(indices[s], i, values[s])
    }
  return { rows, columns: rows, offsets: sums, indices: outIndices, values: outValues }
}

function check({ rows, columns, offsets, indices, values }: SparseRows, n: number) {
  if (rows !== n || columns !== n) throw new ShapeError('similarity', [rows, columns], `[${n}, ${n}], as cost has rows`)
  if (offsets.length !== n + 1 || indices.length < offsets[n] || values.length < offsets[n])
    throw new ShapeError(
      'similarity.offsets',
      [offsets.length],
      `${n + 1} offsets, the last at most the entries there are`,
    )
  for (let s = 0; s < offsets[n]; s++) {
    if (!(indices[s] >= 0 && indices[s] < n))
      throw new DataError(`similarity.indices[${s}] is ${indices[s]}; allowed: 0 to ${n - 1}.`, { entry: s })
    if (!Number.isFinite(values[s]))
      throw new DataError(`similarity.values[${s}] is ${values[s]}; allowed: finite numbers.`, { entry: s })
  }
}
