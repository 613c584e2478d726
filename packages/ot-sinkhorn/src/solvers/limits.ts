import { sum, type TransportProblem } from '../problems/problem'
import { columnMasses } from './column-masses'
import { type Dual, farFrom } from './dual'
import { type KernelMatrix, rule } from './kernel-matrix'
import { type Reduce, sumsOf } from './reduce'

/**
 * The semi-dual of partial transport, negated and divided by the mass, in units of ε. The columns have potentials ψ ≤ 0, the
 * rows φ ≤ 0, and the total mass ℓ: P = exp(φ_i + ψ_j + ℓ − C_ij/ε). Rows and mass are solved exactly, φ_i = min(0, log a_i −
 * T_i − ℓ) with T_i = log Σ_j exp(ψ_j − C_ij/ε). What remains is
 *
 *   max over ℓ of  Σ_i R_i(T_i + ℓ) − mass ℓ − Σ_j b_j ψ_j,   R_i(T) = e^T below log a_i, and a_i (1 + T − log a_i) above
 *
 * R is convex. Its slope min(e^T, a_i) is continuous, and its curvature jumps from e^T to 0, so that semismooth Newton may
 * use this Hessian (Qi, Sun 1993). Columns at their bound ψ_j = 0 that a step would raise stay there (Bertsekas 1982,
 * Projected Newton Methods).
 */
export function createLimits(problem: TransportProblem, epsilon: number, matrix: KernelMatrix, reduce?: Reduce): Dual {
  const { rows, width: size, products, input, absorbed, offsets, columnSums } = matrix
  const { mass: b, active } = columnMasses(problem)
  const a = problem.rowMarginal.mass
  const mass = problem.mass ?? sum(b)
  const weights = matrix.rowBlock(0)
  const limits = matrix.rowBlock(1)
  const u = matrix.rowBlock(2)
  const curvature = matrix.rowBlock(3)
  const scratch = matrix.rowBlock(4)
  const psi = new Float64Array(size)
  const v = new Float64Array(size)
  const sums = new Float64Array(size)
  // The column sums of the rows below their limits.
  const loose = new Float64Array(size)
  const gradient = new Float64Array(size)
  const diagonal = new Float64Array(size)
  const fixed = new Uint8Array(size)
  let looseTotal = 0
  let level = 0

  /**
   * Finds ℓ: Σ_i min(a_i, e^(T_i + ℓ)) = mass. As a function of z = e^ℓ the sum is increasing, concave and piecewise linear.
   * So Newton's steps from below stay below and end after as many steps as there are kinks on the way, most often two or
   * three.
   */
  const findLevel = () => {
    for (let tries = 0, back = 1; tries < 200; tries++) {
      let [moved, free] = [0, 0]
      for (let i = 0; i < rows; i++) {
        if (!(products[i] > 0)) continue
        const wanted = products[i] * Math.exp(offsets[i] + level)
        if (wanted < a[i]) free += wanted
        moved += Math.min(a[i], wanted)
      }
      ;[moved, free] = sumsOf(reduce, moved, free)
      const lack = mass - moved
      if (Math.abs(lack) <= 1e-15 * mass) return
      const factor = 1 + lack / free
      const before = level
      if (factor > 0 && factor < Infinity) level += Math.log(factor)
      else if (lack < 0) level -= back *= 2
      else if (moved === 0) level += 500
      if (level === before) return
    }
  }

  const evaluate = (at: Float64Array) => {
    psi.set(at)
    if (matrix.loadedFor !== epsilon || farFrom(psi, absorbed, active)) matrix.load(psi, epsilon)
    for (let j = 0; j < size; j++) input[j] = v[j] = active[j] ? Math.exp(psi[j] - absorbed[j]) : 0
    weights.values.set(a)
    matrix.pass(rule.divide, weights, u)
    findLevel()
    // φ = 0 means û_i = exp(m_i + ℓ); a row without mass gives 0 either way.
    for (let i = 0; i < rows; i++) limits.values[i] = Math.exp(offsets[i] + level)
    matrix.pass(rule.limit, weights, u, 1, limits)
    sums.set(columnSums)
    reduce?.(sums)
    let moved = 0
    let residual = 0
    for (let j = 0; j < size; j++) {
      sums[j] *= v[j]
      moved += sums[j]
      gradient[j] = active[j] ? (sums[j] - b[j]) / mass : 0
      residual += psi[j] < 0 ? Math.abs(gradient[j]) : Math.max(0, gradient[j])
    }
    return { residual: residual + Math.abs(moved - mass) / mass }
  }
  const isLimited = (i: number) => u.values[i] < limits.values[i]

  return {
    size,
    gradient,
    fixed,
    begin({ columns, mass }) {
      if (mass !== undefined) level = (mass - matrix.base.common) / epsilon
      return Float64Array.from(active, (is, j) =>
        is ? Math.min(0, (Number.isFinite(columns[j]) ? columns[j] : 0) / epsilon) : Number.NEGATIVE_INFINITY,
      )
    },
    project(potentials) {
      for (let j = 0; j < size; j++) potentials[j] = Math.min(0, potentials[j])
    },
    evaluate,
    value() {
      let local = 0
      for (let i = 0; i < rows; i++) {
        if (!(a[i] > 0 && products[i] > 0)) continue
        local += isLimited(i)
          ? a[i] * (1 + Math.log(products[i] / a[i]) + offsets[i] + level)
          : limits.values[i] * products[i]
      }
      let total = sumsOf(reduce, local)[0] - mass * level
      for (let j = 0; j < size; j++) if (active[j]) total -= b[j] * psi[j]
      return total / mass
    },
    scaled(out) {
      for (let j = 0; j < size; j++)
        out[j] = active[j] ? Math.min(0, psi[j] + Math.log(b[j] / sums[j])) : Number.NEGATIVE_INFINITY
    },
    linearise() {
      for (let i = 0; i < rows; i++)
        curvature.values[i] = isLimited(i) || !(products[i] > 0) ? 0 : u.values[i] / products[i]
      input.set(v)
      matrix.pass(rule.multiply, curvature, scratch)
      loose.set(columnSums)
      reduce?.(loose)
      looseTotal = 0
      for (let j = 0; j < size; j++) looseTotal += loose[j] = (loose[j] * v[j]) / mass
      for (let i = 0; i < rows; i++) curvature.values[i] = isLimited(i) ? u.values[i] / products[i] / mass : 0
      for (let j = 0; j < size; j++) {
        diagonal[j] = active[j] ? sums[j] / mass : 1
        fixed[j] = !active[j] || (psi[j] >= 0 && gradient[j] <= 0) ? 1 : 0
      }
      return diagonal
    },
    multiply(direction, out) {
      for (let j = 0; j < size; j++) input[j] = v[j] * direction[j]
      matrix.pass(rule.multiply, curvature, scratch)
      out.set(columnSums)
      reduce?.(out)
      // ℓ follows the columns: Σ_j loose_j (d_j + dℓ) = 0.
      let rise = 0
      for (let j = 0; j < size; j++) rise += loose[j] * direction[j]
      if (looseTotal > 0) rise /= looseTotal
      for (let j = 0; j < size; j++) out[j] = diagonal[j] * direction[j] - loose[j] * rise - v[j] * out[j]
    },
    solution() {
      const { base } = matrix
      // A row below its limit has φ = 0, even if its kernel has underflowed or it has no open pair.
      const phi = u.values.map((value, i) =>
        a[i] === 0 || (isLimited(i) && products[i] > 0) ? Math.log(value) - offsets[i] : level,
      )
      return {
        potentials: {
          rows: phi.map((p) => epsilon * p + base.common),
          columns: psi.map((p) => epsilon * p),
          mass: epsilon * level + base.common,
        },
        ...{ phi, psi: psi.slice(), base },
        ...{ rowSums: u.values.map((value, i) => value * products[i]), columnSums: sums.slice() },
      }
    },
    plan(out, keep) {
      input.set(v)
      matrix.plan(u, size, keep, out)
    },
    planRows(visit, range) {
      input.set(v)
      matrix.planRows(u, visit, range)
    },
  }
}
