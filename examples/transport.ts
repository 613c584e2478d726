// Entropic optimal transport between two sets of points: which point goes where, at what price.
import { createRandom } from '@dc/core/random'
import { balanced, solve } from '@dc/ot-sinkhorn'

const random = createRandom(0)
const [rows, columns] = [100, 5]
const points = Float64Array.from({ length: rows }, () => random.normal())
const sites = Float64Array.of(-2, -1, 0, 1, 2)
// Squared distances; each site takes a fifth of the points, however far.
const cost = Float64Array.from({ length: rows * columns }, (_, i) => {
  return (points[Math.floor(i / columns)] - sites[i % columns]) ** 2
})

const result = solve(balanced({ cost, rows, columns, epsilon: 0.01 }))
console.log(`converged: ${result.converged}`)
const counts = new Array<number>(columns).fill(0)
for (const site of result.argmax()) counts[site]++
console.log(`points per site: ${counts.join(' ')}`)
