import { balanced, partial, solve, unbalanced } from '@dc/ot-sinkhorn'

const cost = Float64Array.of(0.1, 2.4, 0.7, 0.7, 2.0, 0.15)
const size = { cost, rows: 3, columns: 2 }

// ot.sinkhorn(a, b, M, reg=0.1); uniform weights where none are given
const plan = solve(balanced({ ...size, epsilon: 0.1 }))
console.log(`${plan.converged ? 'converged' : 'not converged'}, mass ${sum(plan.plan()).toFixed(3)}`)

// ot.unbalanced.sinkhorn_unbalanced(a, b, M, reg=0.1, reg_m=1)
const soft = solve(unbalanced({ ...size, epsilon: 0.1, columnRelaxation: 1 }))
console.log(`columns ${Array.from(soft.columnSums, (mass) => mass.toFixed(2)).join(' ')}`)

// ot.partial.entropic_partial_wasserstein(a, b, M, reg=0.1, m=0.5)
const half = solve(partial({ ...size, epsilon: 0.1, mass: 0.5 }))
console.log(`mass ${sum(half.plan()).toFixed(3)}`)

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
