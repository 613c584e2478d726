import { createRandom, type Random } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import { balanced } from '../problems/balanced'
import { p2ot } from '../problems/p2ot'
import { partial } from '../problems/partial'
import type { TransportProblem } from '../problems/problem'
import { sp2ot } from '../problems/sp2ot'
import { unbalanced } from '../problems/unbalanced'
import type { TransportResult } from '../results/result'
import { solveSemantic } from './semantic'
import { solve } from './solve'

const kinds = ['balanced', 'semi-relaxed', 'relaxed rows', 'unbalanced', 'partial', 'p2ot'] as const
type Kind = (typeof kinds)[number]

/** A random small problem: ε from 1e-3 to 1, weights of 0, unequal totals, relaxations from ε/10 to 10⁷ ε. */
function draw(random: Random, forbidden = false) {
  const between = (low: number, high: number) => low + (high - low) * random.uniform()
  const pick = <T>(from: readonly T[]) => from[random.integer(from.length)]
  const [rows, columns] = [3 + random.integer(12), 2 + random.integer(7)]
  const epsilon = 10 ** between(-3, 0)
  const style = pick(['uniform', 'wide', 'integers', 'distances', 'cross entropies'] as const)
  const [x, y] = [random.uniforms(rows), random.uniforms(columns)]
  const costOf = (i: number, j: number) => {
    if (style === 'uniform') return random.uniform()
    if (style === 'wide') return 20 * random.uniform()
    if (style === 'integers') return random.integer(4)
    return style === 'distances' ? (x[i] - y[j]) ** 2 : -Math.log(random.uniform())
  }
  // Thousandths in binary, to which any constant below can be added without rounding.
  const cost = Float64Array.from({ length: rows * columns }, (_, at) => {
    const c = costOf(Math.floor(at / columns), at % columns)
    return forbidden && random.uniform() < 0.2 ? Infinity : Math.round(c * 1024) / 1024
  })
  const masses = (count: number): number[] => {
    const drawn = Array.from({ length: count }, () => (random.uniform() < 0.15 ? 0 : between(0.05, 1)))
    const total = drawn.reduce((a, b) => a + b)
    return total > 0 ? drawn.map((m) => m / total) : masses(count)
  }
  const [rowMass, columnMass] = [masses(rows), masses(columns)]
  const other = 10 ** between(-1, 1)
  const unequal = columnMass.map((m) => m * other)
  const relaxation = () => epsilon * 10 ** between(-1, 7)
  const [rowRelaxation, columnRelaxation] = [relaxation(), relaxation()]
  const [mass, rho, gamma] = [between(0.05, 1), pick([1, 0.5, 0.1, 0.01, 0.001]), pick([1, 0.1, 10, 1e6, Infinity])]
  const shape = { rows, columns, epsilon, rowMass }
  const make: Record<Kind, (cost: Float64Array) => TransportProblem> = {
    balanced: (cost) => balanced({ ...shape, cost, columnMass }),
    'semi-relaxed': (cost) => unbalanced({ ...shape, cost, columnMass: unequal, columnRelaxation }),
    'relaxed rows': (cost) => unbalanced({ ...shape, cost, columnMass: unequal, rowRelaxation }),
    unbalanced: (cost) => unbalanced({ ...shape, cost, columnMass: unequal, rowRelaxation, columnRelaxation }),
    partial: (cost) => partial({ ...shape, cost, columnMass, mass }),
    p2ot: (cost) => p2ot({ rows, columns, epsilon, cost, rho, gamma, prior: columnMass }),
  }
  return { cost, make, mass, rho, columns, describe: { style, rows, columns, epsilon } }
}

/** What solves a problem: sums as the marginals ask for at the potentials, a plan with these sums, no gap of duality. */
function expectSolved(result: TransportResult, wanted: number | undefined, note: string) {
  const { problem, mass, potentials } = result
  const { rows, columns, rowMarginal, columnMarginal, cost, epsilon, virtual } = problem
  expect([note, result.converged, result.error <= 1e-9]).toEqual([note, true, true])
  if (wanted !== undefined) expect(Math.abs(mass - wanted), note).toBeLessThan(1e-9 * wanted)
  const plan = result.plan()
  const rowSums = new Float64Array(rows)
  const columnSums = new Float64Array(columns)
  let least = 0
  let forbidden = 0
  for (let at = 0; at < plan.length; at++) {
    rowSums[Math.floor(at / columns)] += plan[at]
    columnSums[at % columns] += plan[at]
    least = Math.min(least, plan[at])
    if (cost[at] === Infinity) forbidden = Math.max(forbidden, plan[at])
  }
  expect([note, least, forbidden]).toEqual([note, 0, 0])
  const apart = (found: ArrayLike<number>, expected: ArrayLike<number>) => {
    let total = 0
    for (let i = 0; i < expected.length; i++) total += Math.abs(found[i] - expected[i])
    return total / mass
  }
  expect(apart(rowSums, result.rowSums), `${note} rows of the plan`).toBeLessThan(1e-9)
  expect(apart(columnSums, result.columnSums), `${note} columns of the plan`).toBeLessThan(1e-9)
  for (const [{ mass: given, relaxation, limit }, g, sums] of [
    [rowMarginal, potentials.rows, rowSums],
    [columnMarginal, potentials.columns, columnSums],
  ] as const) {
    if (limit)
      expect(
        sums.every((s, i) => s <= given[i] + 2e-9 * mass),
        `${note} limits`,
      ).toBe(true)
    else if (relaxation < Infinity) {
      const asked = given.map((m, i) => (m > 0 && g[i] > -Infinity ? m * Math.exp(-g[i] / relaxation) : 0))
      // Potentials of millions, where totals differ and τ is large, have that many digits less.
      expect(apart(sums, asked), `${note} relaxed`).toBeLessThan(2e-8)
    } else if (sums === columnSums || virtual === undefined) expect(apart(sums, given), note).toBeLessThan(2e-9)
  }
  const { regularised, dual } = result.objectives()
  expect(Math.abs(regularised - dual), `${note} gap`).toBeLessThan(1e-6 * (1 + Math.abs(dual) + epsilon))
}

describe('small problems of every kind', () => {
  for (const [k, kind] of kinds.entries()) {
    it(`${kind}: auto solves them all`, () => {
      for (let seed = 0; seed < 150; seed++) {
        const { cost, make, mass, rho, describe } = draw(createRandom(1000 * k + seed))
        const wanted = kind === 'p2ot' ? rho : kind === 'partial' ? mass : undefined
        expectSolved(solve(make[kind](cost)), wanted, `${seed} ${JSON.stringify(describe)}`)
      }
    })

    it(`${kind}: with forbidden pairs, what is not refused is solved`, () => {
      let solved = 0
      for (let seed = 0; seed < 80; seed++) {
        const { cost, make, mass, rho, describe } = draw(createRandom(50_000 + 1000 * k + seed), true)
        let problem: TransportProblem
        try {
          problem = make[kind](cost)
        } catch (error) {
          expect(String(error)).toMatch(/forbidden/)
          continue
        }
        const result = solve(problem)
        // Too many rows may share too few columns, where sizes are given or limited.
        if (!result.converged && ['balanced', 'partial', 'p2ot'].includes(kind)) continue
        const wanted = kind === 'p2ot' ? rho : kind === 'partial' ? mass : undefined
        expectSolved(result, wanted, `${seed} ${JSON.stringify(describe)}`)
        solved++
      }
      expect(solved).toBeGreaterThan(40)
    })

    if (kind !== 'unbalanced')
      it(`${kind}: constants on the costs do not change the plan`, () => {
        for (let seed = 0; seed < 60; seed++) {
          const random = createRandom(90_000 + 1000 * k + seed)
          const { cost, make, columns } = draw(random)
          const plan = solve(make[kind](cost), { tolerance: 1e-11 }).plan()
          const perRow = kind === 'balanced' || kind === 'semi-relaxed'
          const constants = [50, 1e6, -1e6, perRow ? [1e6, -1e6, 0, 512, -3] : 1024]
          for (const constant of constants) {
            const shifted = cost.map((c, at) =>
              typeof constant === 'number' ? c + constant : c + constant[Math.floor(at / columns) % constant.length],
            )
            const other = solve(make[kind](shifted), { tolerance: 1e-11 }).plan()
            const worst = plan.reduce((most, p, i) => Math.max(most, Math.abs(p - other[i])), 0)
            expect(worst, `${seed} ${constant}`).toBeLessThan(1e-9)
          }
        }
      })
  }

  it('sp2ot: every inner problem is solved, and the mass is ρ', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = createRandom(seed)
      const { cost, rho, describe } = draw(random)
      const { rows, columns, epsilon } = describe
      const similarity = {
        ...{ rows, columns: rows, offsets: Int32Array.from({ length: rows + 1 }, (_, i) => 2 * i) },
        indices: Int32Array.from({ length: 2 * rows }, () => random.integer(rows)),
        values: Float64Array.from(random.uniforms(2 * rows)),
      }
      const problem = sp2ot({ cost, rows, columns, epsilon, rho, similarity, weight: 20 })
      const result = solveSemantic(problem, { rounds: 20 })
      expect([seed, result.innerConverged]).toEqual([seed, true])
      expect(Math.abs(result.mass - rho)).toBeLessThan(1e-9 * rho)
    }
  })
})

describe('problems that failed', () => {
  it('p2ot with costs of 50 and 51 moves its mass, by every method', () => {
    const cost = Float64Array.of(50, 51, 51, 50)
    for (const method of ['auto', 'newton', 'scaling'] as const) {
      const result = solve(p2ot({ cost, rows: 2, columns: 2, rho: 0.1 }), { method })
      expect(result.converged).toBe(true)
      expect(result.mass).toBeCloseTo(0.1, 10)
    }
    const random = createRandom(0)
    const many = Float64Array.from(random.uniforms(3000, 50, 51))
    const result = solve(p2ot({ cost: many, rows: 300, columns: 10, rho: 0.1 }))
    expect(result.converged).toBe(true)
    expect(result.mass).toBeCloseTo(0.1, 9)
  })

  it('unbalanced with τ/ε up to 10⁹ and unequal totals moves what the totals and weights say', () => {
    const cost = Float64Array.of(0, 1, 1, 0, 0.5, 0.2)
    const shape = { cost, rows: 3, columns: 2, epsilon: 0.1, rowMass: [0.2, 0.3, 0.5], columnMass: [1, 1] }
    for (const ratio of [1e5, 1e6, 1e7, 1e9]) {
      const tau = 0.1 * ratio
      const both = solve(unbalanced({ ...shape, rowRelaxation: tau, columnRelaxation: tau }))
      expect(both.converged).toBe(true)
      // τ KL(m ‖ 1) + τ KL(m ‖ 2) is least at the geometric mean of the totals.
      expect(both.mass).toBeCloseTo(Math.SQRT2, 3)
      const rows = solve(unbalanced({ ...shape, columnRelaxation: tau }))
      expect([rows.converged, rows.mass]).toEqual([true, expect.closeTo(1, 9)])
      expect(rows.columnSums[0]).toBeCloseTo(0.5, 3)
      const columns = solve(unbalanced({ ...shape, rowRelaxation: tau }))
      expect([columns.converged, columns.mass]).toEqual([true, expect.closeTo(2, 9)])
      for (const [i, share] of [0.2, 0.3, 0.5].entries()) expect(columns.rowSums[i]).toBeCloseTo(2 * share, 3)
    }
  })

  it('the error is relative to the mass that moves', () => {
    const random = createRandom(3)
    const cost = Float64Array.from(random.uniforms(400, 0, 3))
    for (const rho of [0.5, 1e-3, 1e-6]) {
      const { converged, columnSums } = solve(p2ot({ cost, rows: 100, columns: 4, rho, gamma: Infinity }))
      expect(converged).toBe(true)
      for (const sum of columnSums) expect(Math.abs(sum - rho / 4)).toBeLessThan(1e-9 * rho)
    }
  })

  it('an option that is given as undefined means its default', () => {
    const cost = Float64Array.from(createRandom(4).uniforms(600))
    const problem = balanced({ cost, rows: 60, columns: 10, epsilon: 0.01 })
    const plain = solve(problem, { method: 'scaling' })
    const { iterations, errors } = solve(problem, {
      ...{ method: 'scaling', acceleration: undefined, tolerance: undefined, checkEvery: undefined, start: undefined },
      ...{ iterations: undefined, threads: undefined, schedule: undefined, reduce: undefined },
    })
    expect([iterations, errors]).toEqual([plain.iterations, plain.errors])
    const auto = solve(problem, { method: undefined, iterations: undefined })
    expect(auto.iterations).toBe(solve(problem).iterations)
    const made = p2ot({ cost, rows: 60, columns: 10, rho: 0.5, epsilon: undefined, gamma: undefined, prior: undefined })
    expect([made.epsilon, made.columnMarginal.relaxation]).toEqual([0.1, 1])
  })
})
