import type { Random } from '@dc/core/plugin'
import { checkInteger } from '@dc/core/plugin'
import { centredRows, distanceError, originOf, type Products } from '@dc/core/points'
import { withKernels } from '../kernels/memory'
import { checkPoints, type Matrix, type Rows, rowOf, squaredDistance, takeRows } from '../matrix'
import { type Candidates, keepNearer, noCandidates } from './approximations'
import type { Neighbours } from './nearest-neighbours'
import { createRuler } from './ruler'

export interface ApproximateOptions {
  /** Draws the splits. Not advanced: the same stream gives the same neighbours. */
  readonly random: Random
  /** Number of trees. More trees find more of the true neighbours and take proportionally longer. Default 6. */
  readonly trees?: number
  /** Most points in one leaf of a tree. All points of a leaf are compared with each other. Default 1024. */
  readonly leaf?: number
  /** Rounds in which every point looks at the neighbours of its neighbours. Default 1. */
  readonly rounds?: number
}

/**
 * Most of the k nearest other rows of every point. A forest of random projection trees is built, and every leaf is searched
 * completely; then the neighbours of neighbours are searched. It takes O((leaf · trees + k²) n d) time; the exact search
 * takes O(n² d).
 *
 * Every tree halves its points at the median of their projections on the difference of two random points, until the leaves
 * are small enough (Dasgupta and Freund 2008). Neighbours that one tree separates meet in another tree, or through a common
 * neighbour (Dong, Moses and Li 2011). The distances returned are exact and sorted.
 *
 * @param points `[n, d]`
 * @param k neighbours per point, 1 … n−1 and below `leaf / 2`
 * @throws ShapeError, DataError, OptionError for empty or non-finite points, or options out of range
 * @example
 * const found = approximateNeighbours(points, 10, { random: createRandom(0) }, await availableProducts())
 */
export function approximateNeighbours(
  rows: Rows,
  k: number,
  options: ApproximateOptions,
  products: Products | null = null,
): Neighbours {
  const { trees = 6, leaf = 1024, rounds = 1 } = options
  const points = checkPoints(rows)
  checkInteger('k', k, 1, points.rows - 1, `there are ${points.rows} points`)
  checkInteger('trees', trees, 1, 1000)
  checkInteger('leaf', leaf, 2 * k + 2, Number.MAX_SAFE_INTEGER, 'halves must hold more than k points')
  checkInteger('rounds', rounds, 0, 1000)
  const random = options.random.split('forest')
  const kept = noCandidates(points.rows, k)
  for (let tree = 0; tree < trees; tree++)
    for (const leafRows of leaves(points, leaf, random.split(tree))) {
      // Sorted, so that among equal distances lower row numbers count as nearer.
      const rows = leafRows.sort()
      if (!products || !searchByProducts(points, rows, k, kept, products)) searchByDifferences(points, rows, k, kept)
    }
  for (let round = 0; round < rounds; round++) meetNeighboursOfNeighbours(points, k, kept)
  return inOrder(points, k, kept)
}

/** The rows of each leaf of one tree. Nodes of a level share a direction, so that one product serves a level. */
function leaves(points: Matrix, leaf: number, random: Random): Int32Array[] {
  let nodes: Int32Array[] = [Int32Array.from({ length: points.rows }, (_, i) => i)]
  while (nodes[0].length > leaf) {
    const [a, b] = [random.integer(points.rows), random.integer(points.rows)]
    const projections = projectOnDifference(points, a, b)
    nodes = nodes.flatMap((rows) => halve(rows, projections))
  }
  return nodes
}

/** Projections on the difference of rows a and b. Rows are taken minus row a, so that points far from 0 keep their digits. */
function projectOnDifference(points: Matrix, a: number, b: number): Float64Array {
  const { values, rows, columns } = points
  const origin = Float64Array.from(rowOf(points, a))
  const direction = origin.map((value, j) => value - values[b * columns + j])
  const out = new Float64Array(rows)
  for (let i = 0, at = 0; i < rows; i++) {
    let sum = 0
    let other = 0
    for (let j = 0; j + 1 < columns; j += 2, at += 2) {
      sum += (values[at] - origin[j]) * direction[j]
      other += (values[at + 1] - origin[j + 1]) * direction[j + 1]
    }
    if (columns & 1) sum += (values[at++] - origin[columns - 1]) * direction[columns - 1]
    out[i] = sum + other
  }
  return out
}

/** Two halves: the smaller projections first. If the number is odd, the first half is larger, as every level expects. */
function halve(rows: Int32Array, projections: Float64Array): [Int32Array, Int32Array] {
  const order = rows.slice()
  const middle = (order.length + 1) >> 1
  for (let low = 0, high = order.length - 1; low < high; ) {
    const pivot = projections[order[(low + high) >> 1]]
    let [i, j] = [low, high]
    while (i <= j) {
      while (projections[order[i]] < pivot) i++
      while (projections[order[j]] > pivot) j--
      if (i > j) break
      const moved = order[i]
      order[i++] = order[j]
      order[j--] = moved
    }
    if (middle - 1 <= j) high = j
    else if (middle - 1 >= i) low = i
    else break
  }
  return [order.slice(0, middle), order.slice(middle)]
}

/** Compares the points of a leaf with each other. */
function searchByDifferences(points: Matrix, rows: Int32Array, k: number, kept: Candidates): void {
  for (let a = 0; a < rows.length; a++)
    for (let b = 0; b < a; b++) {
      const square = squaredDistance(points, rows[a], points, rows[b])
      meet(kept, rows[a], k, square, rows[b])
      meet(kept, rows[b], k, square, rows[a])
    }
}

/**
 * The same search, where products show which points need no exact distance. False if the points are too long for float32.
 *
 * The middle of the leaf is subtracted from its rows, so that leaves far from all others keep their digits too.
 */
function searchByProducts(points: Matrix, rows: Int32Array, k: number, kept: Candidates, products: Products): boolean {
  const [n, taken] = [rows.length, takeRows(points, rows)]
  const centred = centredRows(taken, originOf(taken))
  if (!centred) return false
  const { values, squares, lengths } = centred
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0)
  const errorOf = distanceError(points.columns)
  const product = products.timesTransposed(values, n, values, n, points.columns)
  const rough = new Float64Array(n)
  for (let a = 0; a < n; a++) {
    const [own, error] = [squares[a], errorOf(lengths[a], longest)]
    for (let b = 0, at = a * n; b < n; b++, at++) rough[b] = own + squares[b] - 2 * product[at]
    rough[a] = Number.POSITIVE_INFINITY
    const worst = rows[a] * k + k - 1
    // A point that has fewer than k neighbours so far finds k in this leaf within this distance.
    const reach = kept.values[worst] < Number.POSITIVE_INFINITY ? kept.values[worst] : least(rough, k) + 2 * error
    for (let b = 0; b < n; b++)
      if (rough[b] - error <= reach && rough[b] - error < kept.values[worst] && !knows(kept, rows[a], k, rows[b]))
        meet(kept, rows[a], k, squaredDistance(taken, a, taken, b), rows[b])
  }
  return true
}

/** The k-th least of some values. */
function least(values: Float64Array, k: number): number {
  const found = noCandidates(1, k)
  for (let at = 0; at < values.length; at++) keepNearer(found, 0, k, values[at], at)
  return found.values[k - 1]
}

function meetNeighboursOfNeighbours(points: Matrix, k: number, kept: Candidates): void {
  withKernels((lender) => {
    const ruler = createRuler(points, points, k * k, lender)
    // The last point that looked at each row, so that no point looks at a row twice.
    const met = new Int32Array(points.rows).fill(-1)
    for (let i = 0; i < points.rows; i++) {
      met[i] = i
      ruler.aim(i)
      const own = kept.rows.subarray(i * k, (i + 1) * k)
      for (const row of own) met[row] = i
      for (const row of own)
        for (let c = row * k; c < (row + 1) * k; c++) {
          const next = kept.rows[c]
          if (met[next] === i) continue
          met[next] = i
          ruler.ask(next)
        }
      const { rows, squares } = ruler.measure()
      for (let at = 0; at < rows.length; at++) meet(kept, i, k, squares[at], rows[at])
    }
  })
}

/** Keeps a row among a point's nearest, unless the row is there already. */
function meet(kept: Candidates, point: number, k: number, square: number, row: number): void {
  if (square < kept.values[point * k + k - 1] && !knows(kept, point, k, row)) keepNearer(kept, point, k, square, row)
}

/** Whether a row is among a point's nearest so far. */
function knows({ rows }: Candidates, point: number, k: number, row: number): boolean {
  for (let c = point * k; c < (point + 1) * k; c++) if (rows[c] === row) return true
  return false
}

/** Exact distances, nearest first, equal ones by row number. */
function inOrder(points: Matrix, k: number, kept: Candidates): Neighbours {
  const distances = new Float64Array(kept.rows.length)
  for (let i = 0; i < points.rows; i++) {
    const rows = kept.rows.subarray(i * k, (i + 1) * k)
    const found = Array.from(rows, (row) => ({ row, square: squaredDistance(points, i, points, row) }))
    found.sort((a, b) => a.square - b.square || a.row - b.row)
    found.forEach(({ row, square }, c) => {
      rows[c] = row
      distances[i * k + c] = Math.sqrt(square)
    })
  }
  return { rows: points.rows, k, indices: kept.rows, distances }
}
