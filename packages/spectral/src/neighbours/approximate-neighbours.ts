import type { Random } from '@dc/core'
import { checkInteger, checkPoints, type Matrix, squaredDistance, squaredNorms, takeRows } from '../matrix'
import { fitsFloat32, type Products } from '../products'
import { type Candidates, keepNearer, noCandidates } from './approximations'
import type { Neighbours } from './nearest-neighbours'

export interface ApproximateOptions {
  /** Draws the splits. Not advanced: the same stream gives the same neighbours. */
  readonly random: Random
  /** Trees: more find more of the true neighbours, in proportionally more time. Default 6. */
  readonly trees?: number
  /** Most points that are compared with each other in one leaf of a tree. Default 1024. */
  readonly leaf?: number
  /** Rounds in which every point looks at the neighbours of its neighbours. Default 1. */
  readonly rounds?: number
}

/**
 * The k nearest other rows of every point, most of them: a forest of random projection trees, whose leaves are searched
 * completely, then the neighbours of neighbours. O((leaf · trees + k²) n d) time where the exact search takes O(n² d).
 *
 * Every tree halves its points at the median of their projections on the difference of two random points, until leaves
 * are small enough (Dasgupta and Freund 2008); neighbours that one tree parts meet in another, or by a common neighbour
 * (Dong, Moses and Li 2011). The distances given are exact, and in order.
 *
 * @param points `[n, d]`
 * @param k neighbours per point, 1 … n−1 and below `leaf / 2`
 * @throws ShapeError, DataError, OptionError for empty or non-finite points, or options out of range
 * @example
 * const found = approximateNeighbours(points, 10, { random: createRandom(0) }, await availableProducts())
 */
export function approximateNeighbours(
  points: Matrix,
  k: number,
  options: ApproximateOptions,
  products: Products | null = null,
): Neighbours {
  const { trees = 6, leaf = 1024, rounds = 1 } = options
  checkPoints(points)
  checkInteger('k', k, 1, points.rows - 1, `there are ${points.rows} points`)
  checkInteger('trees', trees, 1, 1000)
  checkInteger('leaf', leaf, 2 * k + 2, Number.MAX_SAFE_INTEGER, 'halves must hold more than k points')
  checkInteger('rounds', rounds, 0, 1000)
  const random = options.random.split('forest')
  const norms = squaredNorms(points)
  const fast = products && fitsFloat32(norms) ? products : null
  const kept = noCandidates(points.rows, k)
  for (let tree = 0; tree < trees; tree++)
    for (const rows of leaves(points, leaf, random.split(tree))) searchLeaf(points, norms, rows, k, kept, fast)
  for (let round = 0; round < rounds; round++) meetNeighboursOfNeighbours(points, k, kept)
  return inOrder(points, k, kept)
}

/** The rows of each leaf of one tree. Nodes of a level share a direction, so that a level is one product. */
function leaves(points: Matrix, leaf: number, random: Random): Int32Array[] {
  let nodes: Int32Array[] = [Int32Array.from({ length: points.rows }, (_, i) => i)]
  while (nodes[0].length > leaf) {
    const [a, b] = [random.integer(points.rows), random.integer(points.rows)]
    const projections = projectOnDifference(points, a, b)
    nodes = nodes.flatMap((rows) => halve(rows, projections))
  }
  return nodes
}

function projectOnDifference({ values, rows, columns }: Matrix, a: number, b: number): Float64Array {
  const direction = Float64Array.from({ length: columns }, (_, j) => values[a * columns + j] - values[b * columns + j])
  const out = new Float64Array(rows)
  for (let i = 0, at = 0; i < rows; i++) {
    let sum = 0
    let other = 0
    for (let j = 0; j + 1 < columns; j += 2, at += 2) {
      sum += values[at] * direction[j]
      other += values[at + 1] * direction[j + 1]
    }
    if (columns & 1) sum += values[at++] * direction[columns - 1]
    out[i] = sum + other
  }
  return out
}

/** Two halves, the smaller projections in the first; the larger half first, as every level expects. */
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
function searchLeaf(
  points: Matrix,
  norms: Float64Array,
  rows: Int32Array,
  k: number,
  kept: Candidates,
  products: Products | null,
): void {
  const n = rows.length
  if (!products) {
    for (let a = 0; a < n; a++)
      for (let b = 0; b < a; b++) {
        const square = squaredDistance(points, rows[a], points, rows[b])
        meet(kept, rows[a], k, square, rows[b])
        meet(kept, rows[b], k, square, rows[a])
      }
    return
  }
  const taken = takeRows(points, rows).values
  const own = taken instanceof Float32Array ? taken : Float32Array.from(taken)
  const product = products.timesTransposed(own, n, own, n, points.columns)
  for (let a = 0, at = 0; a < n; a++)
    for (let b = 0; b < n; b++, at++)
      if (b !== a) meet(kept, rows[a], k, norms[rows[a]] + norms[rows[b]] - 2 * product[at], rows[b])
}

function meetNeighboursOfNeighbours(points: Matrix, k: number, kept: Candidates): void {
  // Whom a point has met in this round, so that it looks at nobody twice.
  const met = new Int32Array(points.rows).fill(-1)
  for (let i = 0; i < points.rows; i++) {
    met[i] = i
    const own = kept.rows.slice(i * k, (i + 1) * k)
    for (const row of own) met[row] = i
    for (const row of own)
      for (let c = row * k; c < (row + 1) * k; c++) {
        const next = kept.rows[c]
        if (met[next] === i) continue
        met[next] = i
        meet(kept, i, k, squaredDistance(points, i, points, next), next)
      }
  }
}

/** Keeps a row among a point's nearest, unless another tree has brought it already. */
function meet(kept: Candidates, point: number, k: number, square: number, row: number): void {
  const first = point * k
  if (square >= kept.values[first + k - 1]) return
  for (let c = first; c < first + k; c++) if (kept.rows[c] === row) return
  keepNearer(kept, point, k, square, row)
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
