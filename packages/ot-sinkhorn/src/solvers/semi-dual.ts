import type { TransportProblem } from '../problems/problem'
import { columnMasses } from './column-masses'
import { type Dual, farFrom } from './dual'
import { type KernelMatrix, rule } from './kernel-matrix'
import { type Reduce, sumsOf } from './reduce'
import { toKernel } from './survey'

/**
 * The semi-dual of a problem without limits, negated. The common translation of all potentials is solved for. It is a convex
 * function of ψ = g/ε, up to a constant:
 *
 *   G(ψ) = R(ψ) + C(ψ),   T_i = log Σ_j exp(ψ_j − C_ij/ε)
 *
 *   R = Σ_i a_i T_i / m                          for a row equality
 *       (1/θ) log Σ_i (a_i/A) exp(θ (T_i − log a_i))    for a row penalty, θ = ε/(τ + ε)
 *   C = −Σ_j b_j ψ_j / m                          over columns with an equality
 *       + (1/λ) log Σ_j b_j exp(−λ ψ_j)          over columns with a penalty, λ = ε/τ
 *
 * A is the rows' mass and m the mass that moves. The terms of a penalty come from `Σ_i a_i^(1−θ) e^(θ T_i) / θ` and `Σ_j b_j
 * e^(−λψ_j) / λ` by the best translation ψ + t, which has a closed form (Séjourné, Vialard, Peyré 2022, Faster Unbalanced
 * Optimal Transport: Translation invariant Sinkhorn, section 3). Without the closed form, t takes about τ/ε rounds if the
 * totals of rows and columns differ. The translation also makes value, gradient and residual independent of how much mass
 * moves.
 *
 * The gradient is the columns' share of the plan minus the share that they ask for. The Hessian used is that of the
 * untranslated function, diag(shares + λ soft shares) − (1 − θ) Σ_i p_i p_iᵀ / s_i over the plan's rows p_i with sums s_i.
 * The two Hessians differ by multiples of `s sᵀ`, which vanish on Newton's direction, because the gradient sums to 0.
 */
export function createSemiDual(
  problem: TransportProblem,
  epsilon: number,
  matrix: KernelMatrix,
  reduce?: Reduce,
): Dual {
  const { columns, rowMarginal, columnMarginal, virtual } = problem
  const { rows, width: size, products, columnSums, input, absorbed, offsets } = matrix
  const { mass: b, active } = columnMasses(problem)
  const a = rowMarginal.mass
  const theta = share(epsilon, rowMarginal.relaxation)
  const lambda = columnMarginal.relaxation === Infinity ? 0 : epsilon / columnMarginal.relaxation
  const soft = lambda > 0
  // The factor that one round leaves of a potential: f = τ/(τ + ε).
  const f = 1 / (1 + lambda)
  let real = 0
  for (let j = 0; j < columns; j++) if (active[j]) real += b[j]
  const set = virtual ?? 0
  const [total] = sumsOf(reduce, sumOfPositive(a))
  // The mass that moves, in the units of the pass: what all rows give, minus the virtual column's share.
  let moved = total - set
  const weights = matrix.rowBlock(0)
  const u = matrix.rowBlock(1)
  const hessianWeights = matrix.rowBlock(2)
  const scratch = matrix.rowBlock(3)
  const psi = new Float64Array(size)
  const v = new Float64Array(size)
  // Column sums over all shards, in the units of the pass.
  const sums = new Float64Array(size)
  // For such a small θ, the logarithm of a sum near 1, divided by θ, needs more digits than the sum has.
  const precise = theta > 0 && theta < 1e-3
  const shared = new Float64Array(precise ? size + 1 : size)
  const gradient = new Float64Array(size)
  const diagonal = new Float64Array(size)
  const asked = new Float64Array(size)
  let weighted = -1
  // Weights of relaxed rows are in units of e^(θ·reference). The reference follows R, so that they neither overflow nor
  // vanish.
  let reference = 0
  let mass = 0
  let logRows = 0
  let logColumns = 0
  let low = 0

  /** A row's offset in T_i − log a_i, relative to the common base and the reference. */
  const offsetOf = (i: number) => {
    const { common, each } = matrix.base
    return offsets[i] - (each ? (each[i] - common) / epsilon : 0) - reference
  }
  /** û_i = exp(φ_i + m_i) = (a_i / r_i)^(1−θ) e^(θ m_i), in units of e^(θ·reference). */
  const weigh = () => {
    weighted = matrix.loads
    if (theta === 0) weights.values.set(a)
    else
      for (let i = 0; i < rows; i++)
        weights.values[i] = a[i] > 0 ? Math.exp((1 - theta) * Math.log(a[i]) + theta * offsetOf(i)) : 0
  }
  const passAll = () => {
    matrix.pass(theta === 0 ? rule.divide : rule.power, weights, u, 1 - theta)
    shared.set(columnSums)
    if (precise) {
      // Σ_i a_i (e^{θ(…)} − 1)
      let excess = 0
      for (let i = 0; i < rows; i++)
        if (a[i] > 0)
          excess += a[i] * (products[i] > 0 ? Math.expm1(theta * (Math.log(products[i] / a[i]) + offsetOf(i))) : -1)
      shared[size] = excess
    }
    reduce?.(shared)
    mass = 0
    for (let j = 0; j < size; j++) mass += sums[j] = active[j] ? shared[j] * v[j] : 0
  }

  const evaluate = (at: Float64Array) => {
    psi.set(at)
    if (matrix.loadedFor !== epsilon || farFrom(psi, absorbed, active)) matrix.load(psi, epsilon)
    if (weighted !== matrix.loads) weigh()
    for (let j = 0; j < size; j++) input[j] = v[j] = active[j] ? Math.exp(psi[j] - absorbed[j]) : 0
    passAll()
    // Far from the solution the relaxed rows may ask for more or less mass than a number can hold.
    for (let tries = 0; theta > 0 && tries < 100 && !(Math.abs(Math.log(mass / total)) < 300); tries++) {
      // ∞ times an empty entry is NaN.
      reference += (mass > 0 && mass < Infinity ? Math.log(mass / total) : mass === 0 ? -600 : 600) / theta
      weigh()
      passAll()
    }
    if (theta > 0) {
      const excess = precise ? shared[size] / total : 1
      logRows = (Math.abs(excess) < 0.5 ? Math.log1p(excess) : Math.log(mass / total)) / theta + reference
    }

    // What the columns ask for, as a share of the mass that moves.
    if (soft) {
      low = Infinity
      for (let j = 0; j < columns; j++) if (active[j] && psi[j] < low) low = psi[j]
      let lack = 0
      for (let j = 0; j < columns; j++) if (active[j]) lack += b[j] * Math.expm1(-lambda * (psi[j] - low))
      logColumns = Math.log1p(lack / real) / lambda - low
      for (let j = 0; j < columns; j++) asked[j] = (b[j] * Math.exp(-lambda * (psi[j] - low))) / (real + lack)
    } else for (let j = 0; j < columns; j++) asked[j] = b[j] / real
    // Taken from the sums, not from the given masses, so that the gradient sums to 0 to the last digits.
    moved = mass - set
    if (virtual !== undefined) asked[columns] = virtual / moved
    let residual = 0
    for (let j = 0; j < size; j++) {
      gradient[j] = active[j] ? sums[j] / moved - asked[j] : 0
      residual += Math.abs(gradient[j])
    }
    return { residual }
  }

  /** The best translation, from S e^{−λt} = M e^{θt} + set, in units of ε, at the potentials last evaluated. */
  const translation = () => {
    const lack = logAsked() - Math.log(theta > 0 ? total : moved)
    if (theta > 0) return (lack - theta * (logRows - matrix.base.common / epsilon)) / (theta + lambda)
    return soft ? lack / lambda : 0
  }
  /** The logarithm of the factor that makes û W x the plan: θ (t − common/ε + reference), without large terms that cancel. */
  const logScale = () => {
    if (theta === 0) return 0
    const lack = logAsked() - Math.log(total) - theta * (logRows - reference)
    return (theta * lack + lambda * theta * (reference - matrix.base.common / epsilon)) / (theta + lambda)
  }
  /** log S, the logarithm of all mass that the columns ask for. */
  const logAsked = () => Math.log(real) + (soft ? lambda * logColumns : 0)

  return {
    size,
    gradient,
    begin: ({ columns }) => toKernel(problem, columns, { epsilon, base: matrix.base }),
    evaluate,
    value() {
      let rowPart = logRows
      if (theta === 0) {
        let local = 0
        for (let i = 0; i < rows; i++)
          if (a[i] > 0 && products[i] > 0) local += a[i] * (Math.log(products[i]) + offsets[i])
        rowPart = sumsOf(reduce, local)[0] / moved
      }
      let columnPart = soft ? logColumns : 0
      for (let j = soft ? columns : 0; j < size; j++) if (active[j]) columnPart -= asked[j] * psi[j]
      return rowPart + columnPart
    },
    scaled(out) {
      // log Σ_i exp(φ_i − C_ij/ε) = log c_j − ψ0_j. A column whose entries have all underflowed is raised so far that the
      // next absorption finds them. The translation sets the mass that moves, and the mass asked for, to 1.
      const logMoved = Math.log(moved)
      const logAll = logAsked()
      for (let j = 0; j < size; j++) {
        const wanted = Math.log(b[j]) - Math.log(Math.max(shared[j], 1e-300)) + absorbed[j]
        if (!active[j]) out[j] = Number.NEGATIVE_INFINITY
        else if (j === columns) out[j] = wanted
        else out[j] = f * (wanted - logAll + logMoved)
      }
    },
    linearise() {
      for (let i = 0; i < rows; i++) {
        const r = products[i]
        hessianWeights.values[i] = r > 0 ? ((1 - theta) * u.values[i]) / (r * moved) : 0
      }
      for (let j = 0; j < size; j++)
        diagonal[j] = active[j] ? sums[j] / moved + (j < columns ? lambda * asked[j] : 0) : 1
      return diagonal
    },
    multiply(direction, out) {
      for (let j = 0; j < size; j++) input[j] = v[j] * direction[j]
      matrix.pass(rule.multiply, hessianWeights, scratch)
      out.set(columnSums)
      reduce?.(out)
      for (let j = 0; j < size; j++) out[j] = diagonal[j] * direction[j] - v[j] * out[j]
    },
    solution() {
      const t = translation()
      const { base } = matrix
      const scale = logScale()
      const phi = new Float64Array(rows)
      const rowPotentials = new Float64Array(rows)
      const rowSums = new Float64Array(rows)
      for (let i = 0; i < rows; i++) {
        phi[i] = Math.log(u.values[i]) - offsets[i] + scale
        rowPotentials[i] = epsilon * (phi[i] - t) + (base.each?.[i] ?? base.common)
        // The sum of a row with an equality is exact, and the virtual column's part of it is known.
        if (theta > 0) rowSums[i] = u.values[i] * products[i] * Math.exp(scale)
        else rowSums[i] = virtual === undefined ? a[i] : Math.max(0, a[i] - Math.exp(phi[i] + psi[columns]))
      }
      const columnPotentials = psi.map((p, j) => epsilon * (p + t) - (j === columns ? base.common : 0))
      return {
        ...{ potentials: { rows: rowPotentials, columns: columnPotentials }, phi, psi: psi.slice(), base },
        ...{ rowSums, columnSums: sums.map((s) => s * Math.exp(scale)) },
      }
    },
    plan(out, keep) {
      input.set(v)
      matrix.plan(u, columns, keep, out)
    },
    planRows(visit, range) {
      input.set(v)
      matrix.planRows(u, visit, { ...range, scale: range.scale * Math.exp(logScale()) })
    },
  }
}

/** ε/(τ + ε), which is 0 for an equality. */
function share(epsilon: number, relaxation: number): number {
  return relaxation === Infinity ? 0 : epsilon / (relaxation + epsilon)
}

function sumOfPositive(values: Float64Array): number {
  let total = 0
  for (let i = 0; i < values.length; i++) if (values[i] > 0) total += values[i]
  return total
}
