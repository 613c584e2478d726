/** Coefficients of the odd polynomial `a x + b x³ + c x⁵`. */
export type Quintic = readonly [a: number, b: number, c: number]

/** Within this distance of 1 the minimax quintic is the Newton–Schulz one up to rounding. */
const nearOne = 1e-3
const newtonSchulz: Quintic = [15 / 8, -10 / 8, 3 / 8]

/**
 * Odd quintics whose composition brings every value of [lower, 1] to 1 within `tolerance`.
 *
 * Each is the best uniform approximation of 1 on the interval that its predecessors leave; composing best
 * approximations is optimal among all compositions of odd quintics (Nakatsukasa and Freund 2016; Amsel et al. 2025).
 *
 * @param lower smallest value to be brought to 1, in (0, 1]
 */
export function minimaxQuintics(lower: number, tolerance = 1e-7): Quintic[] {
  const quintics: Quintic[] = []
  let [low, high] = [lower, 1]
  for (let error = 1; error > tolerance; ) {
    const width = Math.max(high - 1, 1 - low)
    const best = width < nearOne ? { quintic: newtonSchulz, error: 2.5 * width ** 3 } : bestQuintic(low, high)
    quintics.push(best.quintic)
    error = best.error
    ;[low, high] = [1 - error, 1 + error]
  }
  return quintics
}

/** Remez's exchange for `min max |1 − p(x)|` over [low, high], p an odd quintic. */
function bestQuintic(low: number, high: number): { quintic: Quintic; error: number } {
  let inner = [(3 * low + high) / 4, (low + 3 * high) / 4]
  let error = 0
  let quintic: Quintic = newtonSchulz
  for (let round = 0; round < 100; round++) {
    const solution = solve([low, ...inner, high].map((x, i) => [x, x ** 3, x ** 5, i % 2 === 0 ? 1 : -1, 1]))
    quintic = [solution[0], solution[1], solution[2]]
    const settled = Math.abs(solution[3] - error) < 1e-14
    error = solution[3]
    if (settled) break
    // The extrema of p: roots of a + 3b x² + 5c x⁴.
    const [a, b, c] = quintic
    const root = Math.sqrt(9 * b * b - 20 * a * c)
    inner = [Math.sqrt((-3 * b - root) / (10 * c)), Math.sqrt((-3 * b + root) / (10 * c))]
  }
  return { quintic, error }
}

/** Gaussian elimination with pivoting on augmented rows. */
function solve(rows: number[][]): number[] {
  const n = rows.length
  for (let j = 0; j < n; j++) {
    let pivot = j
    for (let i = j + 1; i < n; i++) if (Math.abs(rows[i][j]) > Math.abs(rows[pivot][j])) pivot = i
    ;[rows[j], rows[pivot]] = [rows[pivot], rows[j]]
    for (let i = 0; i < n; i++) {
      if (i === j) continue
      const factor = rows[i][j] / rows[j][j]
      for (let l = j; l <= n; l++) rows[i][l] -= factor * rows[j][l]
    }
  }
  return rows.map((row, i) => row[n] / row[i])
}
