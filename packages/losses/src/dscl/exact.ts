import { DataError } from '@dc/core'
import { asMatrix } from '@dc/core/points'
import type { Matrix, Rows } from '@dc/spectral'
import { Matrix as MlMatrix, SingularValueDecomposition } from 'ml-matrix'
import { batchClasses } from './classes'

/** What {@link dsclExact} finds. */
export interface DsclExact {
  /** `k − tr(C F F⁺)`, from 0 (every class is a combination of columns of F) to k. */
  readonly loss: number
  /** `1 − ȳ_cᵀ F F⁺ ȳ_c` of each class that is present; they sum to the loss. */
  readonly residuals: Float64Array
  /** `∂loss/∂F = −2G`, `[n, d]`, row after row. */
  readonly gradient: Float64Array
  /** Number of singular values of F that count as nonzero. */
  readonly rank: number
}

/**
 * The DSCL loss and its gradient in float64 on typed arrays, by a singular value decomposition of F.
 *
 *   loss = k − tr(C F F⁺),   ∂loss/∂F = −2G,   G = (I − F F⁺) C (F⁺)ᵀ,   C = Y Y⁺
 *
 * With `F = U S Vᵀ` (singular values up to `max(s)·max(n, d)·1e-15` dropped, 1e-7 for float32 values), `ȳ_c = y_c/√|c|`, `B = Ȳᵀ U`:
 * `residual_c = 1 − ‖B_c‖²` and `G = Ȳ E − U BᵀE`, `E = B S⁻¹ Vᵀ`. O(n d²), Y is read from the labels; nothing is n×n.
 *
 * @param embeddings F, `[n, d]`, finite: rows in any form
 * @param labels n classes, integers ≥ 0; k is the number of different ones
 * @throws ShapeError, DataError for labels that do not fit the rows, and for NaN or infinite embeddings
 * @see Law, Urtasun, Zemel 2017, "Deep Spectral Clustering Learning", eqs. 9 and 10
 * @example
 * const { loss } = dsclExact({ values: Float64Array.of(1, 0, 1, 0, 0, 1), rows: 3, columns: 2 }, [0, 0, 1])   // 0
 */
export function dsclExact(embeddings: Rows, labels: ArrayLike<number>): DsclExact {
  const points = asMatrix(embeddings, 'embeddings')
  const { rows: n, columns: d } = points
  const { codes, inverseRoots, k } = batchClasses(labels, n)
  const { left, inverse, rank } = decompose(points)
  const inner = new Float64Array(k * rank)
  for (let i = 0; i < n; i++)
    for (let r = 0; r < rank; r++) inner[codes[i] * rank + r] += inverseRoots[codes[i]] * left[i * rank + r]
  const residuals = inverseRoots.map((_, c) => {
    let projected = 0
    for (let r = 0; r < rank; r++) projected += inner[c * rank + r] ** 2
    return Math.max(0, 1 - projected)
  })
  const whitened = product(inner, inverse, k, rank, d)
  const mixed = product(transpose(inner, k, rank), whitened, rank, k, d)
  const outside = product(left, mixed, n, rank, d)
  const gradient = outside.map((value, at) => {
    const c = codes[Math.floor(at / d)]
    return -2 * (inverseRoots[c] * whitened[c * d + (at % d)] - value)
  })
  return { loss: residuals.reduce((sum, r) => sum + r, 0), residuals, gradient, rank }
}

/** The range of F: U `[n, rank]`, and S⁻¹Vᵀ `[rank, d]`. */
export function decompose({ values, rows: n, columns: d }: Matrix): {
  left: Float64Array
  inverse: Float64Array
  rank: number
} {
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw new DataError(`embeddings hold ${values[bad]} at row ${Math.floor(bad / d)}, column ${bad % d}.`, {
      row: Math.floor(bad / d),
    })
  // A dependent column, rounded to the array's type, leaves a small singular value that is no direction of F.
  const unit = values instanceof Float32Array ? 1e-7 : 1e-15
  const dense = MlMatrix.from1DArray(n, d, values as unknown as number[])
  const solved = new SingularValueDecomposition(dense, { autoTranspose: true })
  const threshold = solved.diagonal.reduce((a, b) => Math.max(a, b), 0) * Math.max(n, d) * unit
  const kept = solved.diagonal.flatMap((s, at) => (s > threshold ? [at] : []))
  const rank = kept.length
  const left = new Float64Array(n * rank)
  const inverse = new Float64Array(rank * d)
  kept.forEach((at, r) => {
    for (let i = 0; i < n; i++) left[i * rank + r] = solved.leftSingularVectors.get(i, at)
    for (let j = 0; j < d; j++) inverse[r * d + j] = solved.rightSingularVectors.get(j, at) / solved.diagonal[at]
  })
  return { left, inverse, rank }
}

function product(a: Float64Array, b: Float64Array, n: number, inner: number, d: number): Float64Array {
  const out = new Float64Array(n * d)
  for (let i = 0; i < n; i++)
    for (let r = 0; r < inner; r++) {
      const factor = a[i * inner + r]
      for (let j = 0; j < d; j++) out[i * d + j] += factor * b[r * d + j]
    }
  return out
}

function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  return a.map((_, at) => a[(at % rows) * columns + Math.floor(at / rows)])
}
