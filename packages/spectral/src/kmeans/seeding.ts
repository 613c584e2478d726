import type { Random } from '@dc/core/plugin'
import { type Matrix, takeRows } from '../matrix'
import { everyRow, exactDistances } from './exact-distances'
import type { Nearest } from './nearest'

export const seedings = ['greedy-k-means++', 'k-means++', 'random'] as const
export type Seeding = (typeof seedings)[number]

/**
 * Rows to start k-means from.
 *
 * `k-means++` draws each next row with probability proportional to its weighted squared distance to the nearest row drawn so
 * far (Arthur and Vassilvitskii 2007). `greedy-k-means++` draws 2 + ⌊ln k⌋ candidates each time and keeps the one that lowers
 * the total most (their §5). `random` draws k different rows. Totals are sums of exact distances, so that the choice is the
 * same with and without products.
 */
export function seedRows(
  seeding: Seeding,
  points: Matrix,
  k: number,
  random: Random,
  nearest: Nearest,
  weights?: Float64Array,
): Int32Array {
  if (seeding === 'random') return random.permutation(points.rows).slice(0, k)
  const trials = seeding === 'k-means++' ? 1 : 2 + Math.floor(Math.log(k))
  const rows = new Int32Array(k)
  rows[0] = weights ? drawProportional(weights, sumOf(weights), random) : random.integer(points.rows)
  const closest = nearest.distances(takeRows(points, [rows[0]]))
  closest[rows[0]] = 0
  const potential = new Float64Array(points.rows)
  const chosen = new Set([rows[0]])
  for (let c = 1; c < k; c++) {
    for (let i = 0; i < potential.length; i++) potential[i] = closest[i] * (weights ? weights[i] : 1)
    const total = sumOf(potential)
    const candidates = Int32Array.from({ length: trials }, () => drawNew(potential, total, chosen, random))
    const { open, distances } = choose(points, candidates, nearest, closest, weights)
    rows[c] = closestAfter(open, distances, closest, weights)
    chosen.add(rows[c])
    closest[rows[c]] = 0
  }
  return rows
}

/**
 * Candidates whose total may be the lowest, and the distances to them. Products show for most candidates that their total is
 * not the lowest. They also show for most points that a candidate is no nearer than a row drawn before; such distances stay
 * ∞.
 */
function choose(
  points: Matrix,
  candidates: Int32Array,
  { rough, distances }: Nearest,
  closest: Float64Array,
  weights?: Float64Array,
): { open: Int32Array; distances: Float64Array } {
  if (!rough) return { open: candidates, distances: distances(takeRows(points, candidates)) }
  const trials = candidates.length
  const least = new Float64Array(points.rows * trials)
  const totals = new Float64Array(trials)
  let doubt = 0
  rough.each(everyRow(points), takeRows(points, candidates), (i, { own, centres, products, from, error }) => {
    const most = closest[i]
    const weight = weights ? weights[i] : 1
    doubt += weight * Math.min(most, error)
    for (let t = 0, at = i * trials; t < trials; t++, at++) {
      const square = own + centres[t] - 2 * products[from + t]
      least[at] = square - error
      totals[t] += weight * Math.min(most, Math.max(0, square))
    }
  })
  // Each total is off by the doubt at most, and by the rounding of sums.
  const lowest = totals.reduce((a, b) => Math.min(a, b))
  const reach = (lowest + 2 * doubt) * (1 + points.rows * 2 ** -50)
  const places = [...candidates.keys()].filter((t) => totals[t] <= reach)
  const open = Int32Array.from(places, (t) => candidates[t])
  return {
    open,
    distances: exactDistances(points, takeRows(points, open), (ask) => {
      for (let i = 0; i < points.rows; i++)
        for (let c = 0; c < places.length; c++) if (least[i * trials + places[c]] < closest[i]) ask(i, c)
    }),
  }
}

/** Picks the candidate that leaves the lowest total, and lowers `closest` by it. */
function closestAfter(
  candidates: Int32Array,
  distances: Float64Array,
  closest: Float64Array,
  weights?: Float64Array,
): number {
  const trials = candidates.length
  const totals = new Float64Array(trials)
  for (let i = 0, at = 0; i < closest.length; i++) {
    const weight = weights ? weights[i] : 1
    for (let t = 0; t < trials; t++, at++) totals[t] += weight * Math.min(closest[i], distances[at])
  }
  const best = totals.indexOf(totals.reduce((a, b) => Math.min(a, b)))
  for (let i = 0; i < closest.length; i++) closest[i] = Math.min(closest[i], distances[i * trials + best])
  return candidates[best]
}

/** A row drawn by potential; when all points coincide with rows already drawn, any other row. */
function drawNew(potential: Float64Array, total: number, chosen: ReadonlySet<number>, random: Random): number {
  const row = drawProportional(potential, total, random)
  if (potential[row] > 0) return row
  const others = Int32Array.from({ length: potential.length }, (_, i) => i).filter((i) => !chosen.has(i))
  return others[random.integer(others.length)]
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum
}

function drawProportional(potential: Float64Array, total: number, random: Random): number {
  let left = random.uniform() * total
  let last = 0
  for (let i = 0; i < potential.length; i++) {
    if (potential[i] === 0) continue
    last = i
    left -= potential[i]
    if (left < 0) return i
  }
  return last
}
