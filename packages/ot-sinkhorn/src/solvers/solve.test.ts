import { createRandom } from '@dc/core/plugin'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { balanced } from '../problems/balanced'
import { p2ot } from '../problems/p2ot'
import { partial } from '../problems/partial'
import type { TransportProblem } from '../problems/problem'
import { unbalanced } from '../problems/unbalanced'
import { anderson, overRelaxation, plain } from './acceleration'
import { solveBatch } from './batch'
import { epsilonSchedule, type SolveOptions, solve } from './solve'

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((s, x) => s + x, 0)
const sumRows = (plan: Float64Array, columns: number) =>
  Array.from({ length: plan.length / columns }, (_, i) => sum(plan.subarray(i * columns, (i + 1) * columns)))
const sumColumns = (plan: Float64Array, columns: number) =>
  Array.from({ length: columns }, (_, j) => sum(plan.filter((_, at) => at % columns === j)))
const normalised = (masses: readonly number[]) => masses.map((m) => m / sum(masses))

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9) {
  expect(found.length).toBe(expected.length)
  for (let i = 0; i < expected.length; i++) expect(Math.abs(found[i] - expected[i])).toBeLessThanOrEqual(tolerance)
}

/** Costs, masses (some of them 0) and ε of a random problem. */
const problems = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom(1, 0.1, 0.02))
  .chain(([rows, columns, epsilon]) => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    const masses = (count: number) =>
      fc
        .array(fc.oneof(number(0.1, 1), fc.constant(0)), { minLength: count, maxLength: count })
        .filter((m) => sum(m) > 0)
    return fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      epsilon: fc.constant(epsilon),
      cost: fc
        .array(number(0, 1), { minLength: rows * columns, maxLength: rows * columns })
        .map((c) => Float64Array.from(c)),
      rowMass: masses(rows).map(normalised),
      columnMass: masses(columns).map(normalised),
    })
  })

const kinds: Record<string, (p: typeof problems extends fc.Arbitrary<infer T> ? T : never) => TransportProblem> = {
  balanced,
  'semi-relaxed': (p) => unbalanced({ ...p, columnRelaxation: 0.5 }),
  unbalanced: (p) =>
    unbalanced({ ...p, rowRelaxation: 2, columnRelaxation: 0.5, columnMass: p.columnMass.map((m) => 2 * m) }),
  p2ot: (p) => p2ot({ ...p, rho: 0.3, prior: p.columnMass }),
  partial: (p) => partial({ ...p, mass: 0.6 }),
}

describe('every problem', () => {
  for (const [kind, make] of Object.entries(kinds)) {
    it(`${kind}: plan, marginals, mass and duality agree`, () => {
      fc.assert(
        fc.property(problems, (p) => {
          const problem = make(p)
          const result = solve(problem, { tolerance: 1e-10 })
          expect(result.converged).toBe(true)
          const plan = result.plan()
          expect(plan.every((x) => x >= 0)).toBe(true)
          expectClose(sumRows(plan, p.columns), result.rowSums)
          expectClose(sumColumns(plan, p.columns), result.columnSums)
          expect(result.mass).toBeCloseTo(sum(plan), 9)
          const { regularised, dual } = result.objectives()
          expect(Math.abs(regularised - dual)).toBeLessThan(1e-7 * (1 + Math.abs(dual)))
        }),
        { numRuns: 60 },
      )
    })

    it(`${kind}: a constant on all costs of a row or the order of columns does not matter`, () => {
      fc.assert(
        fc.property(problems, (p) => {
          const order = Array.from({ length: p.columns }, (_, j) => p.columns - 1 - j)
          const reversed = {
            ...p,
            columnMass: order.map((j) => p.columnMass[j]),
            cost: p.cost.map((_, at) => p.cost[at - (at % p.columns) + order[at % p.columns]]),
          }
          const plan = solve(make(p), { tolerance: 1e-11 }).plan()
          const turned = solve(make(reversed), { tolerance: 1e-11 }).plan()
          expectClose(
            turned.map((_, at) => turned[at - (at % p.columns) + order[at % p.columns]]),
            plan,
            1e-8,
          )
          if (kind === 'balanced' || kind === 'semi-relaxed') {
            const shifted = p.cost.map((c, at) => c + (at < p.columns ? 3 : 0))
            expectClose(solve(make({ ...p, cost: shifted }), { tolerance: 1e-11 }).plan(), plan, 1e-8)
          }
        }),
        { numRuns: 30 },
      )
    })
  }
})

describe('methods', () => {
  it('find a plan for groups far apart in units of ε, of other sizes than the columns', () => {
    const [rows, columns] = [30, 6]
    const cost = Float64Array.from({ length: rows * columns }, (_, at) => {
      const [row, column] = [Math.floor(at / columns), at % columns]
      return 100 * ((Math.floor(Math.sqrt(row)) - column) ** 2 + 0.01 * Math.sin(7 * row + 3 * column))
    })
    const result = solve(balanced({ cost, rows, columns, epsilon: 0.1 }))
    expect(result.converged).toBe(true)
    expectClose(sumColumns(result.plan(), columns), new Float64Array(columns).fill(1 / columns))
  })

  it('give back what no plan can fulfil: two rows that only one column may take, and it is too small', () => {
    const cost = Float64Array.of(0, Infinity, Infinity, 1, Infinity, Infinity, 0, 1, 2)
    const result = solve(balanced({ cost, rows: 3, columns: 3, epsilon: 0.1 }))
    expect(result.converged).toBe(false)
    expect(result.error).toBeGreaterThan(0.1)
    expect(Array.from(result.columnSums).every(Number.isFinite)).toBe(true)
    expect(Array.from(result.plan()).every(Number.isFinite)).toBe(true)
  })

  it('Newton and every scaling find the same plan', () => {
    const ways: SolveOptions[] = [plain, overRelaxation(1.5), anderson(3)].map((acceleration) => ({
      method: 'scaling',
      acceleration,
    }))
    fc.assert(
      fc.property(problems, (p) => {
        for (const make of [kinds.balanced, kinds.unbalanced, kinds.p2ot]) {
          const problem = make(p)
          const expected = solve(problem, { method: 'newton', tolerance: 1e-11 }).plan()
          for (const options of ways) {
            const result = solve(problem, { ...options, tolerance: 1e-10, iterations: 100_000 })
            expectClose(result.plan(), expected, 1e-6)
          }
        }
        const limited = kinds.partial(p)
        const expected = solve(limited, { method: 'newton', tolerance: 1e-11 }).plan()
        for (const acceleration of [plain, overRelaxation(1.3)]) {
          const options: SolveOptions = { method: 'scaling', acceleration, tolerance: 1e-10, iterations: 100_000 }
          expectClose(solve(limited, options).plan(), expected, 1e-6)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('holds from ε = 1 to 1e-3 for points on a line, against the sorted matching', () => {
    const n = 20
    const x = Float64Array.from({ length: n }, (_, i) => i / n)
    const cost = new Float64Array(n * n)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) cost[i * n + j] = (x[i] - x[n - 1 - j]) ** 2
    for (const epsilon of [1, 0.1, 0.01, 0.001]) {
      const schedule = epsilonSchedule(1, epsilon)
      const result = solve(balanced({ cost, rows: n, columns: n, epsilon }), { schedule, tolerance: 1e-11 })
      expect(result.converged).toBe(true)
      expectClose(sumColumns(result.plan(), n), new Float64Array(n).fill(1 / n), 1e-11)
    }
    const sharp = solve(balanced({ cost, rows: n, columns: n, epsilon: 1e-4 }), { schedule: epsilonSchedule(1, 1e-4) })
    expectClose(
      sharp.argmax(),
      Int32Array.from({ length: n }, (_, i) => n - 1 - i),
    )
  })

  it('scaling lowers the semi-dual at every round', () => {
    const cost = Float64Array.from({ length: 60 }, (_, i) => Math.abs(Math.sin(i * 7.3)))
    const problem = unbalanced({ cost, rows: 12, columns: 5, epsilon: 0.05, columnRelaxation: 1 })
    let last = Number.NEGATIVE_INFINITY
    for (let iterations = 1; iterations < 30; iterations++) {
      const result = solve(problem, { method: 'scaling', acceleration: plain, iterations, tolerance: 1e-15 })
      const { dual } = result.objectives()
      expect(dual).toBeGreaterThanOrEqual(last - 1e-14)
      last = dual
    }
  })

  it('starts from given potentials', () => {
    const cost = Float64Array.from({ length: 300 }, (_, i) => Math.abs(Math.cos(i * 3.1)))
    const problem = balanced({ cost, rows: 60, columns: 5, epsilon: 0.02 })
    const first = solve(problem, { method: 'scaling', acceleration: plain })
    const again = solve(problem, { method: 'scaling', acceleration: plain, start: first.potentials.columns })
    expect(first.iterations).toBeGreaterThan(20)
    expect(again.iterations).toBe(0)
  })

  it('finds the same bits with any number of threads', () => {
    const [rows, columns] = [3001, 101]
    const random = createRandom(5)
    const cost = Float64Array.from(random.uniforms(rows * columns), (u) => -Math.log(u))
    for (const problem of [
      p2ot({ cost, rows, columns, rho: 0.4 }),
      unbalanced({ cost, rows, columns, epsilon: 0.1, rowRelaxation: 1, columnRelaxation: 1 }),
      partial({ cost, rows, columns, epsilon: 0.1, mass: 0.5 }),
    ]) {
      const [one, ...others] = [1, 2, 3].map((threads) => {
        const result = solve(problem, { threads })
        return {
          columns: result.potentials.columns,
          plan: result.plan({ scale: rows }),
          part: result.apply(cost.subarray(0, columns), 1),
        }
      })
      for (const other of others)
        for (const key of ['columns', 'plan', 'part'] as const) expect(other[key]).toEqual(one[key])
    }
    expect(() => solve(p2ot({ cost, rows, columns, rho: 0.4 }), { threads: 0 })).toThrow(/threads: got 0/)
  })

  it('tells that it did not converge, with the error history', () => {
    const cost = Float64Array.from({ length: 100 }, (_, i) => (i * 37) % 11)
    const problem = balanced({ cost, rows: 10, columns: 10, epsilon: 0.05 })
    const result = solve(problem, { method: 'scaling', acceleration: plain, iterations: 30, tolerance: 1e-12 })
    expect(result.converged).toBe(false)
    expect(result.errors.length).toBe(3)
    expect(result.error).toBe(result.errors[2])
  })
})

describe('batches', () => {
  it('give each matrix its own plan', () => {
    const cost = Float64Array.from({ length: 36 }, (_, i) => Math.abs(Math.sin(3 * i)))
    const results = solveBatch(cost, [3, 4, 3], (matrix) => balanced({ ...matrix, epsilon: 0.1 }), { tolerance: 1e-12 })
    for (const [index, result] of results.entries()) {
      const alone = balanced({ cost: cost.slice(12 * index, 12 * index + 12), rows: 4, columns: 3, epsilon: 0.1 })
      expectClose(result.plan(), solve(alone, { tolerance: 1e-12 }).plan())
    }
    expect(() => solveBatch(cost, [2, 4, 3], (matrix) => balanced({ ...matrix, epsilon: 0.1 }))).toThrow(
      /cost has shape/,
    )
  })
})

describe('results', () => {
  const cost = Float64Array.from({ length: 24 }, (_, i) => ((i * 7) % 5) / 5)
  const result = solve(p2ot({ cost, rows: 8, columns: 3, rho: 0.5 }))

  it('apply the plan without forming it', () => {
    const plan = result.plan()
    const vectors = Float64Array.from({ length: 6 }, (_, i) => i - 2.5)
    const product = result.apply(vectors, 2)
    for (let i = 0; i < 8; i++)
      for (let d = 0; d < 2; d++)
        expect(product[i * 2 + d]).toBeCloseTo(sum([0, 1, 2].map((j) => plan[i * 3 + j] * vectors[j * 2 + d])), 12)
    const ones = new Float64Array(8).fill(1)
    expectClose(result.applyTransposed(ones, 1), result.columnSums)
    expectClose(result.apply(new Float64Array(3).fill(1), 1), result.rowSums)
  })

  it('give rows, scaled plans and the likeliest column', () => {
    const plan = result.plan()
    expectClose(
      result.plan({ scale: 8, from: 2, to: 5 }),
      plan.slice(6, 15).map((p) => 8 * p),
      1e-12,
    )
    const labels = result.argmax()
    for (let i = 0; i < 8; i++) expect(plan[i * 3 + labels[i]]).toBe(Math.max(...plan.subarray(i * 3, i * 3 + 3)))
    expect(() => result.plan({ from: 3, to: 9 })).toThrow(/from, to/)
    expect(() => result.apply(new Float64Array(4), 2)).toThrow(/vectors has shape \[4\]/)
  })

  it('keep their plan, also when other problems were solved since', () => {
    const [rows, columns] = [700, 301]
    const random = createRandom(3)
    const cost = Float64Array.from({ length: rows * columns }, () => -Math.log(random.uniform()))
    const mask = Uint8Array.from(cost, () => (random.uniform() < 0.1 ? 1 : 0))
    const relaxations = { rowRelaxation: 1, columnRelaxation: 2 }
    for (const problem of [
      balanced({ cost, rows, columns, epsilon: 0.1, mask }),
      unbalanced({ cost, rows, columns, epsilon: 0.1, mask, ...relaxations }),
      p2ot({ cost, rows, columns, rho: 0.5, prior: Float64Array.from({ length: columns }, (_, j) => j % 5) }),
      partial({ cost, rows, columns, epsilon: 0.1, mass: 0.5, mask }),
    ])
      for (const threads of [1, 2]) {
        const result = solve(problem, { threads, tolerance: 1e-6 })
        const [plan, part] = [result.plan(), result.plan({ from: 250, to: 251, scale: rows })]
        solve(balanced({ cost: cost.subarray(0, 4), rows: 2, columns: 2, epsilon: 1 }))
        const again = result.plan()
        const largest = plan.reduce((most, p) => Math.max(most, p), 0)
        const apart = plan.reduce((most, p, at) => Math.max(most, Math.abs(p - again[at])), 0)
        expect(apart).toBeLessThan(1e-12 * largest)
        expectClose(result.plan({ from: 250, to: 251, scale: rows }), part, 1e-12 * rows * largest)
      }
  })

  it('keep masked pairs empty', () => {
    const n = 6
    const square = Float64Array.from({ length: n * n }, (_, i) => ((i * 5) % 7) / 7)
    const masked = solve(balanced({ cost: square, rows: n, columns: n, epsilon: 0.1, mask: 'diagonal' }))
    expect(masked.converged).toBe(true)
    const plan = masked.plan()
    for (let i = 0; i < n; i++) expect(plan[i * n + i]).toBe(0)
    expectClose(sumRows(plan, n), new Float64Array(n).fill(1 / n))
  })
})

describe('bad input', () => {
  const cost = Float64Array.of(0, 1, 1, 0)
  const good = { cost, rows: 2, columns: 2, epsilon: 0.1 }
  const cases: [string, () => unknown, RegExp][] = [
    ['ε = 0', () => balanced({ ...good, epsilon: 0 }), /epsilon: got 0; allowed: a finite number above 0/],
    ['NaN', () => balanced({ ...good, cost: Float64Array.of(0, 1, Number.NaN, 0) }), /cost is NaN in row 1, column 0/],
    [
      '−∞',
      () => balanced({ ...good, cost: Float64Array.of(0, -Infinity, 1, 0) }),
      /cost is -Infinity in row 0, column 1/,
    ],
    ['wrong size', () => balanced({ ...good, rows: 3 }), /cost has shape \[4\]; expected 3 rows × 2 columns/],
    ['no rows', () => balanced({ ...good, rows: 0 }), /rows: got 0/],
    [
      'a plain array',
      () => balanced({ ...good, cost: [0, 1, 1, 0] as unknown as Float64Array }),
      /cost: got .*Float64Array/,
    ],
    ['negative mass', () => balanced({ ...good, rowMass: [-1, 2] }), /rowMass\[0\]: got -1/],
    [
      'unequal masses',
      () => balanced({ ...good, rowMass: [1, 1] }),
      /columnMass: got 1; allowed: masses that sum to rowMass's 2/,
    ],
    ['no mass', () => balanced({ ...good, columnMass: [0, 0] }), /columnMass.*not all 0/],
    ['ρ = 0', () => p2ot({ ...good, rho: 0 }), /rho: got 0; allowed: a share above 0 and at most 1/],
    ['ρ > 1', () => p2ot({ ...good, rho: 1.1 }), /rho: got 1.1/],
    ['too much mass', () => partial({ ...good, mass: 1.5 }), /mass: got 1.5; allowed: a mass above 0 and at most 1/],
    ['γ = 0', () => p2ot({ ...good, rho: 1, gamma: 0 }), /gamma: got 0/],
    ['an empty row', () => balanced({ ...good, mask: Uint8Array.of(1, 1, 0, 0) }), /Row 0 must carry mass 0.5/],
    ['an empty column', () => balanced({ ...good, mask: Uint8Array.of(1, 0, 1, 0) }), /Column 0 must carry mass 0.5/],
    ['a mask of another size', () => balanced({ ...good, mask: Uint8Array.of(1) }), /mask has shape \[1\]/],
    ['an unknown method', () => solve(balanced(good), { method: 'exact' as 'newton' }), /method: got 'exact'/],
    [
      'Anderson on partial',
      () => solve(partial({ ...good, mass: 0.5 }), { acceleration: anderson() }),
      /acceleration: got/,
    ],
    ['a start of another size', () => solve(balanced(good), { start: new Float64Array(3) }), /start has shape \[3\]/],
    ['no tolerance', () => solve(balanced(good), { tolerance: 0 }), /tolerance: got 0/],
    ['ω = 2', () => overRelaxation(2), /factor: got 2/],
    ['no memory', () => anderson(0), /memory: got 0/],
    ['a rising schedule', () => epsilonSchedule(0.1, 1), /from: got 0.1/],
  ]
  for (const [name, run, message] of cases) it(`${name} is named`, () => expect(run).toThrow(message))
})
