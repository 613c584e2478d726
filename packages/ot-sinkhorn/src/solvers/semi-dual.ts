import type { Block } from '../kernels/memory'
import type { TransportProblem } from '../problems/problem'
import { type KernelMatrix, rule } from './kernel-matrix'
import type { Scalable } from './scaling'

/** Adds K column sums over all shards of rows, in place. */
export type Reduce = (columns: Float64Array) => void

/** The function of the column potentials that is left when every row is solved exactly, and its derivatives. */
export interface SemiDual extends Scalable {
  /** The gradient at the potentials last evaluated; its 1-norm relative to the mass is the residual. */
  readonly gradient: Float64Array
  /** The value that is minimised, at the potentials last evaluated. */
  value(): number
  /** Fixes the Hessian at the potentials last evaluated; gives its diagonal without the row terms. */
  linearise(): Float64Array
  /** Product of that Hessian with a direction. */
  multiply(direction: Float64Array, out: Float64Array): void
  /** Forgets the kernel, after the costs have changed. */
  invalidate(): void
  /** `out = (1 − keep) plan + keep out` over real columns, packed, at the potentials last evaluated. */
  plan(out: Block, keep: number): void
}

/**
 * The semi-dual of a problem without limits, divided by ε and negated, as a function of ψ = g/ε:
 *
 *   F(ψ) = Σ_i R_i(log Σ_j exp(ψ_j − C_ij/ε)) − Σ_hard b_j ψ_j + Σ_soft (τ_j/ε) b_j exp(−ε ψ_j/τ_j)
 *
 * with R_i(t) = a_i t for a row equality and (1 + τ/ε) a_i^f e^{(1−f)t}, f = τ/(τ+ε), for a row penalty. It is convex;
 * its gradient is the plan's column sums minus what the columns ask for at ψ, its Hessian
 * diag(column sums + soft terms) − f Σ_i p_i p_iᵀ / s_i over the plan's rows p_i with sums s_i.
 */
export function createSemiDual(problem: TransportProblem, matrix: KernelMatrix, reduce?: Reduce): SemiDual {
  const { epsilon, rowMarginal } = problem
  const { rows, width: size, products, columnSums, input, absorbed, offsets } = matrix
  const { mass: b, relaxation } = columnMarginals(problem)
  const active = Uint8Array.from(b, (mass) => (mass > 0 ? 1 : 0))
  const total = Math.max(
    b.reduce((s, x) => s + x, 0),
    Number.MIN_VALUE,
  )
  const a = rowMarginal.mass
  const f = power(rowMarginal.relaxation, epsilon)
  const weights = matrix.rowBlock()
  const u = matrix.rowBlock()
  const hessianWeights = matrix.rowBlock()
  const scratch = matrix.rowBlock()
  const psi = new Float64Array(size)
  const v = new Float64Array(size)
  const sums = new Float64Array(size)
  const gradient = new Float64Array(size)
  const diagonal = new Float64Array(size)
  const shared = new Float64Array(size)
  const rowTotal = new Float64Array(1)
  let loaded = false

  const absorb = () => {
    matrix.load(psi)
    loaded = true
    // û_i = exp(φ_i + m_i) = (a_i e^{−m_i} / r_i)^f e^{m_i}
    if (f === 1) weights.values.set(a)
    else for (let i = 0; i < rows; i++) weights.values[i] = a[i] ** f * Math.exp((1 - f) * offsets[i])
  }

  const evaluate = (at: Float64Array) => {
    psi.set(at)
    if (!loaded || farFrom(psi, absorbed, active)) absorb()
    for (let j = 0; j < size; j++) input[j] = v[j] = active[j] ? Math.exp(psi[j] - absorbed[j]) : 0
    matrix.pass(f === 1 ? rule.divide : rule.power, weights, u, f)
    shared.set(columnSums)
    reduce?.(shared)
    let residual = 0
    for (let j = 0; j < size; j++) {
      sums[j] = shared[j] * v[j]
      const asked = relaxation[j] === Infinity ? b[j] : b[j] * Math.exp((-epsilon * psi[j]) / relaxation[j])
      gradient[j] = active[j] ? sums[j] - asked : 0
      residual += Math.abs(gradient[j])
    }
    return { residual: residual / total }
  }

  const value = () => {
    rowTotal[0] = 0
    for (let i = 0; i < rows; i++) {
      if (!(a[i] > 0) || !(products[i] > 0)) continue
      rowTotal[0] += f === 1 ? a[i] * (Math.log(products[i]) + offsets[i]) : (u.values[i] * products[i]) / (1 - f)
    }
    reduce?.(rowTotal)
    let columnTotal = 0
    for (let j = 0; j < size; j++) {
      const t = relaxation[j]
      if (active[j])
        columnTotal += t === Infinity ? -b[j] * psi[j] : (t / epsilon) * b[j] * Math.exp((-epsilon * psi[j]) / t)
    }
    return rowTotal[0] + columnTotal
  }

  return {
    size,
    start: () => Float64Array.from(active, (is) => (is ? 0 : Number.NEGATIVE_INFINITY)),
    gradient,
    evaluate,
    value,
    scaled(out) {
      for (let j = 0; j < size; j++) {
        // log Σ_i exp(φ_i − C_ij/ε) = log c_j − ψ0_j. A column whose entries have all underflowed is lifted far enough
        // for the next absorption to find them.
        const g = power(relaxation[j], epsilon)
        const c = Math.max(shared[j], 1e-300)
        out[j] = active[j] ? g * (Math.log(b[j]) - Math.log(c) + absorbed[j]) : Number.NEGATIVE_INFINITY
      }
    },
    linearise() {
      for (let i = 0; i < rows; i++) {
        const r = products[i]
        hessianWeights.values[i] = r > 0 ? (f * u.values[i]) / r : 0
      }
      for (let j = 0; j < size; j++) {
        const t = relaxation[j]
        const soft = t === Infinity ? 0 : (epsilon / t) * b[j] * Math.exp((-epsilon * psi[j]) / t)
        diagonal[j] = active[j] ? sums[j] + soft : 1
      }
      return diagonal
    },
    multiply(direction, out) {
      for (let j = 0; j < size; j++) input[j] = v[j] * direction[j]
      matrix.pass(rule.multiply, hessianWeights, scratch)
      out.set(columnSums)
      reduce?.(out)
      for (let j = 0; j < size; j++) out[j] = diagonal[j] * direction[j] - v[j] * out[j]
    },
    rowPotentials(out) {
      for (let i = 0; i < rows; i++) out[i] = Math.log(u.values[i]) - offsets[i]
    },
    columnSums: () => sums,
    invalidate() {
      loaded = false
    },
    plan(out, keep) {
      input.set(v)
      matrix.plan(u, problem.columns, keep, out)
    },
    planRows(visit, range) {
      input.set(v)
      matrix.planRows(u, visit, range)
    },
  }
}

/** f = τ/(τ + ε), which is 1 for an equality. */
function power(relaxation: number, epsilon: number): number {
  return relaxation === Infinity ? 1 : relaxation / (relaxation + epsilon)
}

/** Masses and KL weights of all columns, the virtual one last. */
function columnMarginals({ columns, columnMarginal, virtual }: TransportProblem) {
  const size = virtual === undefined ? columns : columns + 1
  const mass = new Float64Array(size)
  const relaxation = new Float64Array(size).fill(columnMarginal.relaxation)
  mass.set(columnMarginal.mass)
  if (virtual !== undefined) {
    mass[columns] = virtual
    relaxation[columns] = Infinity
  }
  return { mass, relaxation }
}

/** Whether potentials moved so far from the absorbed ones that entries of W could have been lost to underflow. */
export function farFrom(psi: Float64Array, absorbed: Float64Array, active: Uint8Array): boolean {
  for (let j = 0; j < psi.length; j++) if (active[j] && !(Math.abs(psi[j] - absorbed[j]) <= 50)) return true
  return false
}
