import { createRandom } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { balanced } from '../problems/balanced'
import { p2ot } from '../problems/p2ot'
import { solve } from '../solvers/solve'
import { columnSums, planRows } from './column-sums'
import { type ColumnsWanted, solveColumns } from './solve-columns'

const [rows, columns] = [61, 7]
const costs = (seed: number) => Float64Array.from(createRandom(seed).uniforms(rows * columns, 0, 2))

/** Sums of shards that are cut at these rows, in their order. */
function sharded(cost: Float64Array, epsilon: number, cuts: readonly number[]) {
  const shards = cuts.slice(1).map((to, at) => ({
    ...{ cost: cost.subarray(cuts[at] * columns, to * columns), columns, epsilon, rowMass: 1 / rows },
  }))
  const sums = async (psi: Float64Array) =>
    shards.map((shard) => columnSums(shard, psi)).reduce((a, b) => a.map((sum, j) => sum + b[j]))
  return { sums, plan: (psi: Float64Array) => shards.flatMap((shard) => [...planRows(shard, psi)]) }
}

function expectPlan(found: readonly number[], expected: Float64Array) {
  expect(found.length).toBe(expected.length)
  for (const [at, p] of found.entries()) expect(Math.abs(p - expected[at])).toBeLessThan(1e-7)
}

describe('transport by column sums', () => {
  it.each([0.5, 0.05])('balanced at ε = %f is the plan of all rows', async (epsilon) => {
    const cost = costs(1)
    const mass = Float64Array.from({ length: columns }, (_, j) => (j + 1) / 28)
    const { sums, plan } = sharded(cost, epsilon, [0, 10, 40, rows])
    const found = await solveColumns({ mass, relaxation: Infinity }, sums)
    expect(found.converged).toBe(true)
    expectPlan(
      plan(found.psi),
      solve(balanced({ cost, rows, columns, epsilon, columnMass: mass })).plan({ scale: rows }),
    )
  })

  it.each([
    [0.1, 1],
    [0.6, 0.1],
    [1, 1],
    [0.3, Infinity],
  ])('P²OT with ρ = %f, γ = %f too', async (rho, gamma) => {
    const [cost, epsilon] = [costs(2), 0.1]
    const { sums, plan } = sharded(cost, epsilon, [0, 1, 60, rows])
    const wanted: ColumnsWanted = {
      mass: new Float64Array(columns).fill(rho / columns),
      relaxation: gamma / epsilon,
      ...(rho < 1 && { virtual: 1 - rho }),
    }
    const found = await solveColumns(wanted, sums)
    expect(found.converged).toBe(true)
    expectPlan(plan(found.psi), solve(p2ot({ cost, rows, columns, epsilon, rho, gamma })).plan({ scale: rows }))
    // From where it ended there is nothing left to do.
    expect((await solveColumns(wanted, sums, { start: found.psi })).rounds).toBe(1)
  })

  it('takes nothing from a pair that is forbidden, and refuses what cannot be', async () => {
    const cost = costs(3)
    cost[0] = Infinity
    const { sums, plan } = sharded(cost, 0.1, [0, 30, rows])
    const mass = new Float64Array(columns).fill(1 / columns)
    const { psi } = await solveColumns({ mass, relaxation: Infinity }, sums)
    expect(plan(psi)[0]).toBe(0)
    await expect(solveColumns({ mass: new Float64Array(3), relaxation: 1 }, sums)).rejects.toThrow('masses above 0')
    await expect(solveColumns({ mass, relaxation: 0 }, sums)).rejects.toThrow('relaxation')
    await expect(solveColumns({ mass, relaxation: 1, virtual: 1 }, sums)).rejects.toThrow('virtual')
    await expect(solveColumns({ mass, relaxation: 1 }, sums, { start: new Float64Array(2) })).rejects.toThrow('start')
    expect(() => columnSums({ cost, columns, epsilon: 1, rowMass: 1 }, new Float64Array(3))).toThrow('psi')
  })
})
