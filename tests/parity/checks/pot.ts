import {
  anderson,
  balanced,
  epsilonSchedule,
  overRelaxation,
  partial,
  plain,
  type SolveOptions,
  solve,
  unbalanced,
} from '@dc/ot-sinkhorn'
import { array, defineParityCheck, maxRelativeError, number, type Oracle, type ParityRow } from '../frame.ts'

const tolerance = 1e-6

/** Masses, costs and sizes that every `pot_*` file has. */
function transport(oracle: Oracle) {
  const [a, b, cost] = [array(oracle, 'a'), array(oracle, 'b'), array(oracle, 'M')]
  const [rows, columns] = cost.shape
  return { cost: Float64Array.from(cost.data), rows, columns, rowMass: a.data, columnMass: b.data }
}

/** `plan_reg_1e_2` is the plan at ε = 1e-2. */
function balancedRows(oracle: Oracle): ParityRow[] {
  const methods: Record<string, SolveOptions> = {
    newton: { method: 'newton' },
    scaling: { method: 'scaling', acceleration: anderson(5) },
  }
  return Object.keys(oracle).flatMap((key) => {
    const match = /^plan_reg_([0-9.]+)e_([0-9]+)$/.exec(key)
    if (!match) return []
    const problem = balanced({ ...transport(oracle), epsilon: Number(`${match[1]}e-${match[2]}`) })
    return Object.entries(methods).map(([name, options]) => {
      const schedule = epsilonSchedule(Math.max(0.1, problem.epsilon), problem.epsilon)
      const result = solve(problem, { ...options, schedule, tolerance: 1e-12, iterations: 50_000 })
      return { name: `${key} ${name}`, error: maxRelativeError(result.plan(), array(oracle, key).data), tolerance }
    })
  })
}

/** `pot_*`: POT's balanced, unbalanced and partial entropic plans, within 1e-6 of the largest entry. */
export default defineParityCheck({
  matches: /^pot_/,
  async run(oracle) {
    if (oracle.plan === undefined) return balancedRows(oracle)
    const problem = { ...transport(oracle), epsilon: number(oracle, 'reg') }
    const expected = array(oracle, 'plan').data
    const error = (found: Float64Array) => maxRelativeError(found, expected)
    if (oracle.mass !== undefined) {
      const limited = partial({ ...problem, mass: number(oracle, 'mass') })
      const ways: Record<string, SolveOptions> = {
        newton: { method: 'newton' },
        plain: { method: 'scaling', acceleration: plain },
        'over-relaxation(1.3)': { method: 'scaling', acceleration: overRelaxation(1.3) },
      }
      return Object.entries(ways).map(([name, options]) => ({
        name,
        error: error(solve(limited, { ...options, tolerance: 1e-11 }).plan()),
        tolerance,
      }))
    }
    const relaxation = number(oracle, 'reg_m')
    const relaxed = unbalanced({ ...problem, rowRelaxation: relaxation, columnRelaxation: relaxation })
    return (['newton', 'scaling'] as const).map((method) => ({
      name: method,
      error: error(solve(relaxed, { method, tolerance: 1e-11 }).plan()),
      tolerance,
    }))
  },
})
