import { OptionError } from '@dc/core/plugin'

/** How a scaling solver computes the next potentials from the current ones and their scaling update. */
export interface Acceleration {
  readonly name: string
  /** Whether it works for smooth maps only. It then fails at the kinks of a partial problem. */
  readonly smoothOnly?: boolean
  /** A fresh state for one solve. */
  begin(size: number): {
    /** Writes the next potentials into `out`, given the current ones and their update. */
    next(current: Float64Array, update: Float64Array, out: Float64Array): void
    /** Forgets the past, after a step that made things worse. */
    restart(): void
  }
}

/** Plain Sinkhorn: the next potentials are the update. */
export const plain: Acceleration = {
  name: 'plain',
  begin: () => ({ next: (_current, update, out) => out.set(update), restart: () => {} }),
}

/**
 * Over-relaxation: `ψ + ω (T(ψ) − ψ)`. It speeds up slow linear convergence. With ω near 2 it may diverge far from the
 * solution; the solver then falls back to a plain step.
 *
 * @param factor ω in [1, 2)
 * @throws OptionError for a factor outside [1, 2)
 * @see Thibault, Chizat, Dossal, Papadakis 2021, Overrelaxed Sinkhorn–Knopp
 * @example
 * solve(problem, { method: 'scaling', acceleration: overRelaxation(1.5) })
 */
export function overRelaxation(factor: number): Acceleration {
  if (!(factor >= 1 && factor < 2)) throw new OptionError('factor', factor, 'a number from 1 to below 2')
  return {
    name: `over-relaxation(${factor})`,
    begin: () => ({
      next(current, update, out) {
        for (let j = 0; j < out.length; j++) out[j] = blend(current[j], update[j], factor)
      },
      restart: () => {},
    }),
  }
}

function blend(current: number, update: number, factor: number): number {
  return Number.isFinite(update) ? current + factor * (update - current) : update
}

// Potentials are in units of ε: extrapolating by 20 changes plan entries by e^20.
const longest = 20

/**
 * Anderson acceleration: the combination of the last updates whose combined residual `T(ψ) − ψ` is smallest.
 *
 * @param memory how many past iterates are combined, 1 to 20
 * @throws OptionError for a memory outside 1…20
 * @see Walker, Ni 2011, Anderson Acceleration for Fixed-Point Iterations
 * @example
 * solve(problem, { method: 'scaling', acceleration: anderson(5) })
 */
export function anderson(memory = 5): Acceleration {
  if (!Number.isInteger(memory) || memory < 1 || memory > 20)
    throw new OptionError('memory', memory, 'an integer from 1 to 20')
  return {
    name: `anderson(${memory})`,
    smoothOnly: true,
    begin(size) {
      let updates: Float64Array[] = []
      let residuals: Float64Array[] = []
      return {
        restart() {
          updates = []
          residuals = []
        },
        next(current, update, out) {
          const residual = new Float64Array(size)
          // Potentials of columns without mass stay −∞ and have no residual.
          for (let j = 0; j < size; j++) residual[j] = Number.isFinite(update[j]) ? update[j] - current[j] : 0
          updates.push(update.slice())
          residuals.push(residual)
          if (updates.length > memory + 1) {
            updates.shift()
            residuals.shift()
          }
          const weights = leastResidual(residuals)
          const change = new Float64Array(size)
          for (let p = 0; p < weights.length; p++)
            for (let j = 0; j < size; j++)
              if (Number.isFinite(update[j])) change[j] += weights[p] * (updates[p][j] - update[j])
          const largest = change.reduce((most, c) => Math.max(most, Math.abs(c)), 0)
          const step = Math.min(1, longest / largest)
          for (let j = 0; j < size; j++) out[j] = largest > 0 ? update[j] + step * change[j] : update[j]
        },
      }
    },
  }
}

/** Weights w of the earlier residuals that minimise |r_last + Σ w_p (r_p − r_last)|², by regularised normal equations. */
function leastResidual(residuals: readonly Float64Array[]): Float64Array {
  const count = residuals.length - 1
  const last = residuals[count]
  const differences = residuals.slice(0, count).map((r) => r.map((x, j) => x - last[j]))
  const matrix = differences.map((d) => Float64Array.from(differences, (e) => dot(d, e)))
  const right = Float64Array.from(differences, (d) => -dot(d, last))
  const trace = matrix.reduce((s, row, p) => s + row[p], 0)
  for (let p = 0; p < count; p++) matrix[p][p] += 1e-12 * trace
  return trace > 0 ? solveSymmetric(matrix, right) : new Float64Array(count)
}

/** Gaussian elimination of a small positive definite system, in place. */
function solveSymmetric(matrix: Float64Array[], right: Float64Array): Float64Array {
  const n = right.length
  for (let p = 0; p < n; p++)
    for (let i = p + 1; i < n; i++) {
      const factor = matrix[i][p] / matrix[p][p]
      for (let j = p; j < n; j++) matrix[i][j] -= factor * matrix[p][j]
      right[i] -= factor * right[p]
    }
  for (let p = n - 1; p >= 0; p--) {
    for (let j = p + 1; j < n; j++) right[p] -= matrix[p][j] * right[j]
    right[p] /= matrix[p][p]
  }
  return right
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let j = 0; j < a.length; j++) total += a[j] * b[j]
  return total
}
