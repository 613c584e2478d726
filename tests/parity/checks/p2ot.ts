import { p2ot, solve } from '@dc/ot-sinkhorn'
import { array, defineParityCheck, maxRelativeError, number } from '../frame.ts'

/** `p2ot*`: N times the plan of P²OT, without the virtual cluster, within 1e-6 of the largest entry (Zhang, Ren, He 2024, P²OT). */
export default defineParityCheck({
  matches: /^p2ot/,
  async run(oracle) {
    const cost = array(oracle, 'cost')
    const [rows, columns] = cost.shape
    const problem = p2ot({
      cost: Float64Array.from(cost.data),
      rows,
      columns,
      rho: number(oracle, 'rho'),
      epsilon: number(oracle, 'epsilon'),
      gamma: number(oracle, 'gamma'),
    })
    return (['newton', 'scaling'] as const).map((method) => {
      const found = solve(problem, { method, tolerance: 1e-11 }).plan({ scale: rows })
      return { name: method, error: maxRelativeError(found, array(oracle, 'plan_times_n').data), tolerance: 1e-6 }
    })
  },
})
