import { sum, type TransportProblem } from '../problems/problem'
import { type KernelMatrix, rule } from './kernel-matrix'
import type { Scalable } from './scaling'
import { farFrom, type Reduce } from './semi-dual'

/**
 * Scaling for partial transport: block coordinate ascent on its dual, in units of ε. The potentials are ψ ≤ 0 for the
 * columns and, last, ℓ for the total mass; with φ ≤ 0 for the rows, P = exp(φ_i + ψ_j + ℓ − C_ij/ε). Each block is
 * solved exactly: φ_i = min(0, log a_i − log Σ_j exp(ψ_j + ℓ − C_ij/ε)), likewise ψ, then ℓ from the total mass.
 */
export function createLimits(problem: TransportProblem, matrix: KernelMatrix, reduce?: Reduce): Scalable {
  const { width, input, absorbed, offsets, columnSums } = matrix
  const size = width + 1
  const b = problem.columnMarginal.mass
  const mass = problem.mass ?? sum(b)
  const active = Uint8Array.from(b, (m) => (m > 0 ? 1 : 0))
  const weights = matrix.rowBlock()
  const limits = matrix.rowBlock()
  const u = matrix.rowBlock()
  weights.values.set(problem.rowMarginal.mass)
  const psi = new Float64Array(size)
  const sums = new Float64Array(width)
  let loaded = false

  const evaluate = (at: Float64Array) => {
    psi.set(at)
    if (!loaded || farFrom(psi, absorbed, active)) {
      matrix.load(psi.subarray(0, width))
      loaded = true
    }
    for (let j = 0; j < width; j++) input[j] = active[j] ? Math.exp(psi[j] - absorbed[j]) : 0
    // φ = 0 means û_i = exp(m_i + ℓ); a row without mass gives 0 either way.
    for (let i = 0; i < limits.values.length; i++) limits.values[i] = Math.exp(offsets[i] + psi[width])
    matrix.pass(rule.limit, weights, u, 1, limits)
    sums.set(columnSums)
    reduce?.(sums)
    let moved = 0
    let error = 0
    for (let j = 0; j < width; j++) {
      sums[j] *= input[j]
      moved += sums[j]
      error += psi[j] < 0 ? Math.abs(sums[j] - b[j]) : Math.max(0, sums[j] - b[j])
    }
    return { residual: (error + Math.abs(moved - mass)) / mass }
  }

  return {
    size,
    start() {
      const start = Float64Array.from({ length: size }, (_, j) =>
        j === width || active[j] ? 0 : Number.NEGATIVE_INFINITY,
      )
      matrix.load(start.subarray(0, width))
      loaded = true
      // With ℓ = −mean(m) the pairs of some row have weight 1 or more; a smaller ℓ could underflow everywhere.
      const totals = Float64Array.of(sum(offsets), offsets.length)
      reduce?.(totals)
      start[width] = -totals[0] / totals[1]
      return start
    },
    project(potentials: Float64Array) {
      for (let j = 0; j < width; j++) potentials[j] = Math.min(0, potentials[j])
    },
    evaluate,
    scaled(out: Float64Array) {
      let moved = 0
      for (let j = 0; j < width; j++) {
        if (!active[j]) {
          out[j] = Number.NEGATIVE_INFINITY
          continue
        }
        const wanted = sums[j] > 0 ? psi[j] + Math.log(b[j] / sums[j]) : 0
        out[j] = Math.min(0, wanted)
        moved += sums[j] * Math.exp(out[j] - psi[j])
      }
      out[width] = psi[width] + Math.log(mass / moved)
    },
    rowPotentials(out: Float64Array) {
      for (let i = 0; i < out.length; i++) out[i] = Math.log(u.values[i]) - offsets[i]
    },
    columnSums: () => sums,
    planRows: (visit, range) => matrix.planRows(u, visit, range),
  }
}
