import { type Marginal, sum, type TransportProblem } from '../problems/problem'
import { eachChunk } from './plan-rows'
import type { Potentials, Solution } from './potentials'

/** Values of a solved problem, over this shard's rows. `P` includes the virtual column; its cost is 0. */
export interface Objectives {
  /** ⟨C, P⟩ */
  readonly transportCost: number
  /** −Σ P (log P − 1) */
  readonly entropy: number
  /** KL penalties of the relaxed marginals; 0 if there are none. */
  readonly penalty: number
  /** transportCost + penalty: the minimised value without the entropy term. */
  readonly primal: number
  /** primal − ε·entropy: the minimised value. */
  readonly regularised: number
  /** The dual of `regularised` at the potentials. At the solution the two are equal; feasible potentials never exceed it. */
  readonly dual: number
}

/** Computes all values in one sweep over the plan's rows. */
export function objectives(problem: TransportProblem, solution: Solution, rowSums: Float64Array): Objectives {
  const { columns, cost, epsilon, virtual, rowMarginal, columnMarginal } = problem
  let transportCost = 0
  let entropy = 0
  let moved = 0
  const columnSums = new Float64Array(columns)
  eachChunk(problem, solution, (chunk, from, count) => {
    for (let i = 0; i < count; i++)
      for (let j = 0; j < columns; j++) {
        const p = chunk[i * columns + j]
        // A forbidden pair is empty; its cost, ∞, does not count.
        if (p === 0) continue
        transportCost += p * cost[(from + i) * columns + j]
        entropy -= p * (Math.log(p) - 1)
        columnSums[j] += p
        moved += p
      }
  })
  if (virtual !== undefined)
    for (let i = 0; i < rowSums.length; i++) {
      const logP = solution.phi[i] + solution.psi[columns]
      if (logP === Number.NEGATIVE_INFINITY) continue
      entropy -= Math.exp(logP) * (logP - 1)
      moved += Math.exp(logP)
    }
  const penalty =
    divergence(rowSums, rowMarginal.mass, rowMarginal.relaxation) +
    divergence(columnSums, columnMarginal.mass, columnMarginal.relaxation)
  const primal = transportCost + penalty
  const dual = dualValue(problem, solution.potentials, moved)
  return { transportCost, entropy, penalty, primal, regularised: primal - epsilon * entropy, dual }
}

/** The dual at the potentials. `moved` is the mass of the plan that they make, the virtual column included. */
export function dualValue(problem: TransportProblem, { rows, columns, mass }: Potentials, moved: number): number {
  const { rowMarginal, columnMarginal, virtual, epsilon } = problem
  // With limits, the potential of the mass is part of `rows`: λ·mass and the rows' own shares add up.
  const lambda = mass ?? 0
  return (
    conjugate(rows, rowMarginal, lambda) +
    conjugate(columns, columnMarginal, 0) +
    (virtual === undefined ? 0 : virtual * columns[problem.columns]) +
    (problem.mass === undefined ? 0 : lambda * problem.mass) -
    epsilon * moved
  )
}

/** τ KL(x ‖ y), 0 for an equality. */
function divergence(x: Float64Array, y: Float64Array, weight: number): number {
  if (weight === Infinity) return 0
  let total = sum(y)
  for (let i = 0; i < y.length; i++) total += x[i] > 0 ? x[i] * Math.log(x[i] / y[i]) - x[i] : 0
  return weight * total
}

/** −φ*(−p): ⟨y, p⟩ for an equality or a limit, τ Σ y (1 − e^{−p/τ}) for a penalty. */
function conjugate(potentials: Float64Array, { mass, relaxation, limit }: Marginal, offset: number): number {
  let total = 0
  for (let i = 0; i < mass.length; i++) {
    if (!(mass[i] > 0)) continue
    const closed = potentials[i] === Number.NEGATIVE_INFINITY
    const p = potentials[i] - offset
    // A closed row or column is empty at any potential. The best potential is 0 under a limit, and infinite under a penalty.
    if (closed && limit) continue
    if (relaxation === Infinity) total += mass[i] * p
    else total -= relaxation * mass[i] * Math.expm1(closed ? -Infinity : -p / relaxation)
  }
  return total
}
