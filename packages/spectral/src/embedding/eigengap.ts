import { checkInteger, ShapeError } from '@dc/core/plugin'

export interface Eigengap {
  /** Suggested number of clusters. */
  readonly k: number
  /** `λ(k+1) − λ(k)` for k = 1, 2, … */
  readonly gaps: Float64Array
}

/**
 * Suggests a number of clusters: the k after which the Laplacian's eigenvalues jump most (von Luxburg 2007, §8.3).
 *
 * @param eigenvalues ascending, from the first; at least two
 * @param least smallest k considered. Default 2, or 1 where only two eigenvalues are given
 * @throws ShapeError for fewer than two eigenvalues
 * @example
 * eigengap([0, 0.01, 0.02, 0.5, 0.6]).k   // 3
 */
export function eigengap(eigenvalues: ArrayLike<number>, least = eigenvalues.length > 2 ? 2 : 1): Eigengap {
  if (eigenvalues.length < 2) throw new ShapeError('eigenvalues', [eigenvalues.length], '[m] with m ≥ 2')
  checkInteger('least', least, 1, eigenvalues.length - 1)
  const gaps = Float64Array.from({ length: eigenvalues.length - 1 }, (_, i) => eigenvalues[i + 1] - eigenvalues[i])
  let k = least
  for (let i = least; i < gaps.length; i++) if (gaps[i] > gaps[k - 1]) k = i + 1
  return { k, gaps }
}
