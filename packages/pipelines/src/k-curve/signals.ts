import { adjustedRandIndex } from '@dc/metrics'

/**
 * Mean adjusted Rand index of all pairs of labelings: 1 if they all part the rows alike, about 0 if by chance.
 *
 * @param labelings two at least, of the same rows
 */
export function labelingAgreement(labelings: readonly ArrayLike<number>[]): number {
  let [sum, pairs] = [0, 0]
  for (let a = 0; a < labelings.length; a++)
    for (let b = 0; b < a; b++) {
      sum += adjustedRandIndex(labelings[a], labelings[b])
      pairs++
    }
  return sum / pairs
}

/**
 * How far the k-th eigenvalue of a graph's Laplacian lies below the next, as a share of the next:
 * `(λ(k+1) − λ(k)) / λ(k+1)`. 1 for a graph that falls into k parts; null where the next is not known.
 *
 * @param eigenvalues ascending, from the first, ≥ 0
 * @see von Luxburg 2007, §8.3
 */
export function relativeGap(eigenvalues: ArrayLike<number>, k: number): number | null {
  if (k >= eigenvalues.length) return null
  const [own, next] = [Math.max(0, eigenvalues[k - 1]), eigenvalues[k]]
  // The solver's error alone makes an eigenvalue of 0 differ from another.
  return next > 1e-5 ? Math.max(0, (next - own) / next) : 0
}

/** How near k is to a proposal, in (0, 1]: `exp(−½ (ln(k / proposed) / 0.7)²)`, 0.61 at twice or half of it. */
export function nearness(k: number, proposed: number): number {
  return Math.exp(-((Math.log(k / proposed) / 0.7) ** 2) / 2)
}
