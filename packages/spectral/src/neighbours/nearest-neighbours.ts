import { checkInteger, ShapeError } from '@dc/core/plugin'
import type { Products } from '@dc/core/points'
import { withKernels } from '../kernels/memory'
import { checkPoints, type Matrix, type Rows } from '../matrix'
import { type Approximation, type Candidates, float32Approximation, quantisedApproximation } from './approximations'
import { createRuler, type Ruler } from './ruler'

export interface NeighbourOptions {
  /** Rows whose neighbours are wanted. By default the points themselves; then no point is its own neighbour. */
  readonly queries?: Rows
  /** Fast products. The neighbours are the same with and without them. */
  readonly products?: Products | null
}

/** The nearest rows of each query, nearest first. */
export interface Neighbours {
  readonly rows: number
  /** Neighbours per query. */
  readonly k: number
  /** Row numbers, `[rows, k]`. */
  readonly indices: Int32Array
  /** Euclidean distances, `[rows, k]`, float64, ascending in each row. */
  readonly distances: Float64Array
}

/** Candidates beyond the k wanted. Rounding rarely hides a neighbour behind the first 16, and hardly ever behind 240. */
const extras = [16, 240]

/**
 * Queries that a pass is tried on, spread over all. One that decides less than half of them is left: with thousands of columns the
 * rounding of all of them is more than the gap between one distance and the next, and every query would be measured in vain.
 */
const triedQueries = 64
/** A finer approximation of so few rows costs less than to measure 240 of them. */
const fewRows = 8192

/**
 * The k nearest rows of every query by Euclidean distance, exactly. Distances are float64, and equal distances are ordered by
 * row number. The result is the same with and without `products`.
 *
 * With products the search has passes. A pass finds the few nearest rows by approximate distances: 7-bit integers in the
 * first pass, float32 in the next. It computes the exact distances of these rows. It accepts a query if the approximation's
 * error bound proves that no other row can be nearer. The other queries go to the next pass, the last of which is plain
 * float64. O(n²d) products, O(n k) memory.
 *
 * @param rows `[n, d]`
 * @param k neighbours per query, 1 … n−1 (n with `queries`)
 * @throws ShapeError, DataError, OptionError for empty or non-finite points, other widths, k out of range
 * @example
 * nearestNeighbours([[0], [1], [5]], 1).indices   // [1, 0, 1]
 */
export function nearestNeighbours(rows: Rows, k: number, options: NeighbourOptions = {}): Neighbours {
  const { squares, ...found } = nearestSquares(rows, k, options)
  return { ...found, distances: squares.map(Math.sqrt) }
}

/** The same with squared distances, by which rows are ordered: two of them may have one root. */
export function nearestSquares(
  rows: Rows,
  k: number,
  options: NeighbourOptions = {},
): Omit<Neighbours, 'distances'> & { readonly squares: Float64Array } {
  const { products = null } = options
  const points = checkPoints(rows)
  const itself = options.queries === undefined || options.queries === rows
  const queries = itself ? points : checkPoints(options.queries!, 'queries')
  if (queries.columns !== points.columns)
    throw new ShapeError('queries', [queries.rows, queries.columns], `[n, ${points.columns}], as the points`)
  checkInteger('k', k, 1, points.rows - (itself ? 1 : 0), `there are ${points.rows} points`)

  return withKernels((lender) => {
    const search: Search = {
      points,
      queries,
      itself,
      k,
      indices: new Int32Array(queries.rows * k),
      squares: new Float64Array(queries.rows * k),
      ruler: createRuler(queries, points, k + 1, lender),
    }
    let open: Int32Array = Int32Array.from({ length: queries.rows }, (_, i) => i)
    const all = products ? passes(products) : []
    for (const [pass, prepare] of all.entries()) {
      if (open.length === 0) break
      const approximation = prepare(queries, points)
      if (!approximation) continue
      for (const extra of extras) {
        const before = open.length
        if (before > 0) open = searchPass(search, approximation, open, extra)
        if (2 * open.length > before && points.rows <= fewRows && pass < all.length - 1) break
      }
      approximation.dispose?.()
    }
    searchExactly(search, open)
    return { rows: queries.rows, k, indices: search.indices, squares: search.squares }
  })
}

interface Search {
  readonly points: Matrix
  readonly queries: Matrix
  /** Whether the queries are the points, so that a row must not find itself. */
  readonly itself: boolean
  readonly k: number
  readonly indices: Int32Array
  readonly squares: Float64Array
  readonly ruler: Ruler
}

type Prepare = (queries: Matrix, points: Matrix) => Approximation | null

function passes(products: Products): Prepare[] {
  const float32: Prepare = (queries, points) => float32Approximation(queries, points, products)
  const { integerRows } = products
  return integerRows ? [(queries, points) => quantisedApproximation(queries, points, integerRows), float32] : [float32]
}

/** Searches the open queries by one approximation; returns those that are open still. */
function searchPass(search: Search, approximation: Approximation, open: Int32Array, extra: number): Int32Array {
  if (open.length < 4 * triedQueries) return undecidedBy(search, approximation, open, extra)
  const every = Math.floor(open.length / triedQueries)
  const isTried = (_: number, at: number) => at % every === 0
  const tried = open.filter(isTried)
  const undecided = undecidedBy(search, approximation, tried, extra)
  if (2 * undecided.length > tried.length) {
    const decided = new Set(tried)
    for (const query of undecided) decided.delete(query)
    return open.filter((query) => !decided.has(query))
  }
  const others = open.filter((query, at) => !isTried(query, at))
  return Int32Array.from([...undecided, ...undecidedBy(search, approximation, others, extra)]).sort()
}

/** Those of some queries that an approximation does not decide. */
function undecidedBy(search: Search, approximation: Approximation, open: Int32Array, extra: number): Int32Array {
  const { points, k } = search
  const keep = Math.min(points.rows, k + extra)
  const undecided: number[] = []
  for (let start = 0; start < open.length; start += approximation.batch) {
    const asked = open.subarray(start, start + approximation.batch)
    const kept = approximation.nearest(asked, keep)
    asked.forEach((query, slot) => {
      if (!decide(search, approximation, kept, keep, query, slot)) undecided.push(query)
    })
  }
  return Int32Array.from(undecided)
}

/** Orders a query's candidates by exact distance. False if a row that was not kept could still be nearer. */
function decide(
  search: Search,
  approximation: Approximation,
  kept: Candidates,
  keep: number,
  query: number,
  slot: number,
): boolean {
  const { points, itself, k, squares, ruler } = search
  const norm = approximation.queryNorms[query]
  const [last, end] = [query * k + k - 1, (slot + 1) * keep]
  let c = slot * keep
  clear(search, query)
  ruler.aim(query)
  // As many rows as are wanted must be measured in any case; they are measured together.
  for (const sure = Math.min(end, c + k + (itself ? 1 : 0)); c < sure; c++) {
    const row = kept.rows[c]
    if (itself && row === query) continue
    const known = knownSquare(search, query, row)
    if (known >= 0) offer(search, query, row, known)
    else ruler.ask(row)
  }
  offerMeasured(search, query)
  for (; c < end; c++) {
    const approximate = norm + kept.values[c]
    if (approximation.least(query, approximate) > squares[last]) return true
    const row = kept.rows[c]
    if ((itself && row === query) || approximation.least(query, approximate, row) > squares[last]) continue
    ruler.ask(row)
    offerMeasured(search, query)
  }
  if (keep === points.rows) return true
  return approximation.least(query, norm + kept.values[end - 1]) > squares[last]
}

/** The squared distance if the two points are neighbours of each other and the other one was searched before, else −1. */
function knownSquare({ itself, indices, squares, k }: Search, query: number, row: number): number {
  if (itself && row < query)
    for (let at = row * k, end = at + k; at < end; at++) if (indices[at] === query) return squares[at]
  return -1
}

function searchExactly(search: Search, open: Int32Array): void {
  const { points, itself, ruler } = search
  for (const query of open) {
    clear(search, query)
    ruler.aim(query)
    for (let row = 0; row < points.rows; row++) {
      if (!(itself && row === query)) ruler.ask(row)
      if (ruler.full() || row === points.rows - 1) offerMeasured(search, query)
    }
  }
}

function offerMeasured(search: Search, query: number): void {
  const { rows, squares } = search.ruler.measure()
  for (let at = 0; at < squares.length; at++) offer(search, query, rows[at], squares[at])
}

function clear({ indices, squares, k }: Search, query: number): void {
  squares.fill(Number.POSITIVE_INFINITY, query * k, (query + 1) * k)
  indices.fill(-1, query * k, (query + 1) * k)
}

/** Puts a row into a query's result if it is near enough, ascending by distance and then by row number. */
function offer({ indices, squares, k }: Search, query: number, row: number, square: number): void {
  const first = query * k
  let place = first + k
  while (place > first && goesBefore(row, square, indices[place - 1], squares[place - 1])) {
    place--
    if (place + 1 < first + k) {
      squares[place + 1] = squares[place]
      indices[place + 1] = indices[place]
    }
  }
  if (place === first + k) return
  squares[place] = square
  indices[place] = row
}

function goesBefore(row: number, square: number, otherRow: number, otherSquare: number): boolean {
  // Free places hold −1. They stay behind rows whose distance has overflowed to ∞.
  return otherRow < 0 || square < otherSquare || (square === otherSquare && row < otherRow)
}
