import { createRandom, type SparseRows } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { p2ot } from '../problems/p2ot'
import { plusTransposed, sp2ot } from '../problems/sp2ot'
import { solveSemantic } from './semantic'
import { solve } from './solve'

const random = createRandom(9)
const [rows, columns, rho, weight] = [24, 3, 0.6, 40]
const cost = Float64Array.from(random.uniforms(rows * columns, 0, 2))

/** Row i resembles rows i+1 and i+5, one way only, and itself enough for S + Sᵀ to be positive semidefinite. */
function neighbours(): SparseRows {
  const indices = Int32Array.from({ length: 3 * rows }, (_, s) => (Math.floor(s / 3) + [0, 1, 5][s % 3]) % rows)
  const values = Float64Array.from({ length: 3 * rows }, (_, s) => [2, 0.7, 0.4][s % 3])
  return { rows, columns: rows, offsets: Int32Array.from({ length: rows + 1 }, (_, i) => 3 * i), indices, values }
}

/** ⟨S, QQᵀ⟩ by plain loops. */
function agreement({ offsets, indices, values }: SparseRows, q: Float64Array): number {
  let total = 0
  for (let i = 0; i < rows; i++)
    for (let s = offsets[i]; s < offsets[i + 1]; s++)
      for (let j = 0; j < columns; j++) total += values[s] * q[i * columns + j] * q[indices[s] * columns + j]
  return total
}

describe('solveSemantic', () => {
  const similarity = neighbours()
  const problem = sp2ot({ cost, rows, columns, rho, weight, similarity })

  it('lowers its objective at every round, and reports its true value', () => {
    const result = solveSemantic(problem, { tolerance: 1e-12, rounds: 400, innerTolerance: 1e-12 })
    expect(result.converged && result.innerConverged).toBe(true)
    for (let round = 1; round < result.history.length; round++)
      expect(result.history[round]).toBeLessThanOrEqual(result.history[round - 1] + 1e-12)
    const q = result.plan()
    // The inner problem's own objective, with the linearised neighbour term replaced by the quadratic one.
    const linear = q.reduce((s, x, i) => s + x * (cost[i] - result.problem.cost[i]), 0)
    const expected = result.objectives().regularised + linear - weight * agreement(similarity, q)
    expect(result.history.at(-1)).toBeCloseTo(expected, 9)
  })

  it('stops where P²OT at the linearised costs gives the plan back, damped or not', () => {
    const plans = [0, 0.5].map((damping) =>
      solveSemantic(problem, { tolerance: 1e-14, rounds: 2000, innerTolerance: 1e-12, damping }).plan(),
    )
    const both = plusTransposed(similarity, rows)
    const linearised = cost.slice()
    for (let i = 0; i < rows; i++)
      for (let s = both.offsets[i]; s < both.offsets[i + 1]; s++)
        for (let j = 0; j < columns; j++)
          linearised[i * columns + j] -= weight * both.values[s] * plans[0][both.indices[s] * columns + j]
    const again = solve(p2ot({ cost: linearised, rows, columns, rho }), { tolerance: 1e-12 }).plan()
    for (let i = 0; i < again.length; i++) {
      expect(again[i]).toBeCloseTo(plans[0][i], 6)
      expect(plans[1][i]).toBeCloseTo(plans[0][i], 6)
    }
  })

  it('finds the same plan with two threads', () => {
    const [one, two] = [1, 2].map((threads) => solveSemantic(problem, { threads }).plan())
    for (let i = 0; i < one.length; i++) expect(two[i]).toBeCloseTo(one[i], 9)
  })

  it('is P²OT without weight', () => {
    const free = solveSemantic(sp2ot({ cost, rows, columns, rho, weight: 0, similarity }))
    const expected = solve(p2ot({ cost, rows, columns, rho })).plan()
    free.plan().forEach((q, i) => {
      expect(q).toBeCloseTo(expected[i], 9)
    })
  })

  it('names bad input', () => {
    const make = (change: object) => sp2ot({ cost, rows, columns, rho, similarity: { ...similarity, ...change } })
    expect(() => make({ rows: 3 })).toThrow(/similarity has shape \[3, 24\]/)
    expect(() => make({ indices: similarity.indices.map(() => 99) })).toThrow(/similarity.indices\[0\] is 99/)
    expect(() => make({ values: similarity.values.map(() => Number.NaN) })).toThrow(/similarity.values\[0\] is NaN/)
    expect(() => sp2ot({ cost, rows, columns, rho, weight: -1, similarity })).toThrow(/weight: got -1/)
    expect(() => solveSemantic(problem, { damping: 1 })).toThrow(/damping: got 1/)
    expect(() => solveSemantic(problem, { rounds: 0 })).toThrow(/rounds: got 0/)
  })
})
