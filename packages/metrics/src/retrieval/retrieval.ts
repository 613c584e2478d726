import { DataError, OptionError, ShapeError } from '@dc/core/plugin'
import { type Products, type Rows, unitRows, zeroRows } from '@dc/core/points'
import { type DistanceRow, visitDistances } from '../internal/distances'
import { checkFeatures } from '../internal/features'
import { type Labels, rankLabels } from '../labels'

/** How retrieval is scored. */
export interface RetrievalOptions {
  /** The K of Recall@K, each below n; default those of 1, 2, 4, 8 that are. */
  readonly recallAt?: readonly number[]
  /** Neighbours that vote in kNN accuracy, fewer than n; default 5, or as many as there are. */
  readonly neighbors?: number
  /**
   * `euclidean` (default) or `cosine`: the same order as Euclidean on rows of length 1. A row of zeros has no direction:
   * its cosine with every row is 0.
   */
  readonly metric?: 'euclidean' | 'cosine'
  /** Lent products take less time and give the same. */
  readonly products?: Products | null
}

/** How well the nearest neighbours of a sample share its class. Every number lies in [0, 1]; higher is better. */
export interface RetrievalScores {
  /** K → share of queries with at least one sample of their class among the K nearest. */
  readonly recall: Readonly<Record<number, number>>
  /** Mean over queries of the share of their class among the R nearest, R = size of the class without the query. */
  readonly rPrecision: number
  /** MAP@R: mean over queries of `(1/R) Σ_{i ≤ R} [hit at i] · precision@i`. */
  readonly meanAveragePrecisionAtR: number
  /** Share of queries whose class is the most frequent among their nearest neighbours. */
  readonly knnAccuracy: number
  /** Samples that were scored: those whose class has at least two. */
  readonly queries: number
}

/**
 * Scores an embedding by the nearest neighbours of its samples: every sample queries all others.
 *
 * Samples whose class has no other member cannot be retrieved; they stay in the gallery but do not query. Equal distances
 * are ordered by row number. O(n² d) time, memory in blocks.
 *
 * @param features `[n, d]`, finite, in any form of rows
 * @param truth n class labels
 * @returns see {@link RetrievalScores}
 * @throws ShapeError, DataError for unfit features or labels, or if no class has two samples; OptionError
 * @see Musgrave, Belongie, Lim, "A metric learning reality check", ECCV 2020 (R-precision, MAP@R)
 * @example
 * const { recall, meanAveragePrecisionAtR } = retrievalScores(embedding, truth, { recallAt: [1, 10] })
 */
export function retrievalScores(features: Rows, truth: Labels, options: RetrievalOptions = {}): RetrievalScores {
  const points = checkFeatures(features)
  const n = points.rows
  const { recallAt = [1, 2, 4, 8].filter((k) => k < n), neighbors = Math.min(5, n - 1), metric = 'euclidean' } = options
  if (truth.length !== n) throw new ShapeError('truth', [truth.length], `[${n}], one label for every row`)
  for (const k of n === 1 ? [] : [...recallAt, neighbors])
    if (!(Number.isInteger(k) && k >= 1 && k < n))
      throw new OptionError('recallAt and neighbors', k, `integers from 1 to n − 1 = ${n - 1}`)
  if (metric !== 'euclidean' && metric !== 'cosine') throw new OptionError('metric', metric, 'euclidean, cosine')
  const { codes, values } = rankLabels(truth, 'truth')
  const sizes = new Int32Array(values.length)
  for (const code of codes) sizes[code]++

  const directed = metric === 'cosine'
  const rows = directed ? unitRows({ ...points, values: Float64Array.from(points.values) }) : points
  const blank = directed ? new Set(zeroRows(points)) : noRows
  const most = recallAt.reduce((a, b) => Math.max(a, b), neighbors)
  const totals = { first: [...recallAt].fill(0), rPrecision: 0, average: 0, vote: 0, queries: 0 }
  const order = new NearestRows(n)
  const score = (i: number, row: DistanceRow) => {
    const relevant = sizes[codes[i]] - 1
    if (relevant === 0) return
    const nearest = order.select(withoutDirection(row, i, blank), i, Math.max(relevant, most))
    const hit = nearest.findIndex((j) => codes[j] === codes[i])
    recallAt.forEach((k, at) => {
      if (hit >= 0 && hit < k) totals.first[at]++
    })
    const [hits, average] = precision(nearest, codes, codes[i], relevant)
    totals.rPrecision += hits / relevant
    totals.average += average
    if (majority(nearest.subarray(0, neighbors), codes) === codes[i]) totals.vote++
    totals.queries++
  }
  visitDistances(rows, (i, _, row) => score(i, row), { products: options.products })
  if (totals.queries === 0) throw new DataError('No class in truth has two samples; there is nothing to retrieve.')
  return {
    recall: Object.fromEntries(recallAt.map((k, at) => [k, totals.first[at] / totals.queries])),
    rPrecision: totals.rPrecision / totals.queries,
    meanAveragePrecisionAtR: totals.average / totals.queries,
    knnAccuracy: totals.vote / totals.queries,
    queries: totals.queries,
  }
}

const noRows: ReadonlySet<number> = new Set()

type Measured = Pick<DistanceRow, 'squares' | 'exact' | 'error'>

/** The distances of row `i`, where those to and from blank rows are what a cosine of 0 is between rows of length 1. */
function withoutDirection(row: Measured, i: number, blank: ReadonlySet<number>): Measured {
  if (blank.size === 0) return row
  const square = 2
  const none = blank.has(i)
  return {
    error: row.error,
    squares() {
      const squares = row.squares()
      if (none) squares.fill(square)
      else for (const j of blank) squares[j] = square
      return squares
    },
    exact: (j) => (none || blank.has(j) ? square : row.exact(j)),
  }
}

/** Finds the nearest rows in order, reusing its buffers from query to query. */
class NearestRows {
  readonly #order: Int32Array
  constructor(n: number) {
    this.#order = new Int32Array(n)
  }

  /** The `count` rows with the smallest distance but `self`, nearest first, ties by row number. */
  select(row: Measured, self: number, count: number): Int32Array {
    const distance = row.squares()
    const order = this.#order
    let size = 0
    for (let j = 0; j < distance.length; j++) if (j !== self) order[size++] = j
    const before = (a: number, b: number) => distance[a] < distance[b] || (distance[a] === distance[b] && a < b)
    // Quickselect puts the `count` nearest in front, so that only they are sorted.
    for (let low = 0, high = size - 1; low < high; ) {
      const pivot = order[(low + high) >> 1]
      let i = low
      let j = high
      while (i <= j) {
        while (before(order[i], pivot)) i++
        while (before(pivot, order[j])) j--
        if (i <= j) {
          const kept = order[i]
          order[i++] = order[j]
          order[j--] = kept
        }
      }
      if (count - 1 <= j) high = j
      else if (count - 1 >= i) low = i
      else break
    }
    const nearest = row.error === 0 ? order.slice(0, count) : certain(order.subarray(0, size), distance, row, count)
    return nearest.sort((a, b) => distance[a] - distance[b] || a - b).subarray(0, count)
  }
}

/**
 * All rows that may be among the `count` nearest, of which the first ones seem to be. Where distances are too near each
 * other to tell which is less, they are measured.
 */
function certain(order: Int32Array, distance: Float64Array, row: Measured, count: number): Int32Array {
  let farthest = 0
  for (let at = 0; at < count; at++) farthest = Math.max(farthest, distance[order[at]])
  const reach = 2 * row.error
  const near = order.filter((j) => distance[j] <= farthest + reach).sort((a, b) => distance[a] - distance[b])
  const rough = Float64Array.from(near, (j) => distance[j])
  near.forEach((j, at) => {
    if (rough[at] - rough[at - 1] <= reach || rough[at + 1] - rough[at] <= reach) distance[j] = row.exact(j)
  })
  return near
}

/** Hits among the `relevant` nearest, and the average precision at R. */
function precision(nearest: Int32Array, codes: Int32Array, own: number, relevant: number): [number, number] {
  let hits = 0
  let average = 0
  for (let rank = 0; rank < relevant; rank++) {
    if (codes[nearest[rank]] !== own) continue
    hits++
    average += hits / (rank + 1)
  }
  return [hits, average / relevant]
}

/** The most frequent class; of equally frequent ones, the one that comes first in `rows`. */
function majority(rows: Int32Array, codes: Int32Array): number {
  const votes = new Map<number, number>()
  for (const row of rows) votes.set(codes[row], (votes.get(codes[row]) ?? 0) + 1)
  let best = -1
  for (const [code, count] of votes) if (best < 0 || count > votes.get(best)!) best = code
  return best
}
