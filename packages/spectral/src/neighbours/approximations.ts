import { centredRows, distanceError, originOf, type Products } from '@dc/core/points'
import { batchValues, eachBatch, withKernels } from '../kernels/memory'
import type { Matrix } from '../matrix'

/** Approximate squared distances between rows of two matrices, with a certain bound on their error. */
export interface Approximation {
  /**
   * The `keep` nearest base rows of each query row listed, by the approximate squared distance minus the query's own norm:
   * `[queries, keep]`, ascending.
   */
  nearest(queries: Int32Array, keep: number): Candidates
  /** How many queries to ask for at a time. */
  readonly batch: number
  /** Squared norms of the approximated queries. */
  readonly queryNorms: Float64Array
  /**
   * A lower bound on the true squared distance of query `i` to a base row (any row, or `row`) at this approximate distance.
   */
  least(i: number, approximate: number, row?: number): number
  dispose?(): void
}

/** Query rows per product. */
const productRows = 128
/** Queries at a time if there are several blocks of base rows: many, so that a block stays in the cache for all of them. */
const manyQueries = 8192

export interface Candidates {
  readonly values: Float64Array
  readonly rows: Int32Array
}

/**
 * Rows rounded to 7-bit integers, with exact products. By the triangle inequality the true distance differs from the distance
 * of the rounded rows by at most the rounding errors of the two rows, which are known.
 */
export function quantisedApproximation(
  queries: Matrix,
  base: Matrix,
  integerRows: NonNullable<Products['integerRows']>,
): Approximation | null {
  const { columns } = base
  // 127² · d must stay below 2³¹.
  if (columns > 130_000) return null
  const { lows, highs } = ranges(base)
  const step = highs.reduce((widest, high, j) => Math.max(widest, high - lows[j]), 0) / 127
  if (!(step > 0 && Number.isFinite(step))) return null
  const right = quantise(base, lows, step)
  const left = queries === base ? right : quantise(queries, lows, step)
  const largestError = right.errors.reduce((a, b) => Math.max(a, b), 0)
  const square = step * step
  const blocks = eachBlock(base.rows, 16_384, (from, to) => {
    // a·b − ⌊|b|²/2⌋ is exact in 32 bits; rounding the half norm down can only make a distance too small.
    const halves = right.norms.subarray(from, to).map((norm) => norm >> 1)
    const values = right.values.subarray(from * columns, to * columns)
    return { from, rows: to - from, prepared: integerRows(values, to - from, columns, halves) }
  })
  return {
    nearest(asked, keep) {
      const found = noCandidates(asked.length, keep)
      for (const { from, rows, prepared } of blocks)
        for (let first = 0; first < asked.length; first += productRows) {
          const some = asked.subarray(first, first + productRows)
          const most = Math.min(keep, rows)
          const largest = prepared.largest(gather(left.values, some, columns), some.length, most)
          for (let slot = first, at = 0; slot < first + some.length; slot++)
            for (let c = slot * keep, end = at + most; at < end; at++, c++) {
              const [value, row] = [-2 * square * largest.scores[at], from + largest.rows[at]]
              if (from === 0) {
                found.values[c] = value
                found.rows[c] = row
              } else keepNearer(found, slot, keep, value, row)
            }
        }
      return found
    },
    batch: blocks.length > 1 ? manyQueries : productRows,
    queryNorms: Float64Array.from(left.norms, (norm) => norm * square),
    least(i, approximate, row) {
      const rounded = Math.sqrt(Math.max(0, approximate * (1 - 1e-12)))
      return Math.max(0, rounded - left.errors[i] - (row === undefined ? largestError : right.errors[row])) ** 2
    },
    dispose: () => {
      for (const { prepared } of blocks) prepared.dispose()
    },
  }
}

/** Blocks of at most `most` rows, the first the largest. */
function eachBlock<T>(rows: number, most: number, prepare: (from: number, to: number) => T): T[] {
  const size = Math.ceil(rows / Math.ceil(rows / most))
  return Array.from({ length: Math.ceil(rows / size) }, (_, b) => prepare(b * size, Math.min(rows, (b + 1) * size)))
}

/** Least and largest value of each column. */
function ranges(points: Matrix) {
  return withKernels((lender) => {
    const [lows, highs] = [lender.floats(points.columns), lender.floats(points.columns)]
    lows.values.fill(Number.POSITIVE_INFINITY)
    highs.values.fill(Number.NEGATIVE_INFINITY)
    eachBatch(points, lender, (x, _, count) =>
      lender.kernels.widenRanges(x, count, points.columns, lows.pointer, highs.pointer),
    )
    return { lows: lows.values.slice(), highs: highs.values.slice() }
  })
}

/** The integers, the sum of their squares in each row, and the length of each row's rounding error. */
function quantise(points: Matrix, lows: Float64Array, step: number) {
  const { rows, columns } = points
  const values = new Uint8Array(rows * columns)
  return withKernels((lender) => {
    const [low, norms, errors] = [lender.floats(columns), lender.integers(rows), lender.floats(rows)]
    const rounded = lender.bytes(Math.min(rows * columns, Math.max(batchValues, columns)))
    low.values.set(lows)
    eachBatch(points, lender, (x, from, count) => {
      const [norm, error] = [norms.pointer + 4 * from, errors.pointer + 8 * from]
      lender.kernels.quantise(x, count, columns, low.pointer, 1 / step, rounded.pointer, norm, error)
      values.set(rounded.values.subarray(0, count * columns), from * columns)
    })
    return {
      values,
      norms: norms.values.slice(),
      // A margin for the float64 rounding of the error itself.
      errors: errors.values.map((error) => Math.sqrt(error) * step * (1 + 1e-9)),
    }
  })
}

/** Rows in float32, centred so that their products are small. Null if rows are too long for float32. */
export function float32Approximation(queries: Matrix, base: Matrix, products: Products): Approximation | null {
  const { columns } = base
  const origin = originOf(base)
  const right = centredRows(base, origin)
  const left = queries === base ? right : right && centredRows(queries, origin)
  if (!right || !left) return null
  const longest = right.lengths.reduce((a, b) => Math.max(a, b), 0)
  const errorOf = distanceError(columns)
  const blocks = eachBlock(base.rows, 4096, (from, to) => [from, to] as const)
  return {
    nearest(asked, keep) {
      const found = noCandidates(asked.length, keep)
      for (const [from, to] of blocks)
        for (let first = 0; first < asked.length; first += productRows) {
          const some = asked.subarray(first, first + productRows)
          const block = right.values.subarray(from * columns, to * columns)
          const rows = gather(left.values, some, columns)
          const product = products.timesTransposed(rows, some.length, block, to - from, columns)
          for (let slot = first, at = 0; slot < first + some.length; slot++)
            for (let row = from; row < to; row++, at++)
              keepNearer(found, slot, keep, right.squares[row] - 2 * product[at], row)
        }
      return found
    },
    batch: blocks.length > 1 ? manyQueries : productRows,
    queryNorms: left.squares,
    least: (i, approximate) => Math.max(0, approximate - errorOf(left.lengths[i], longest)),
  }
}

/** Room for the candidates of `slots` queries. */
export function noCandidates(slots: number, keep: number): Candidates {
  return {
    rows: new Int32Array(slots * keep).fill(-1),
    values: new Float64Array(slots * keep).fill(Number.POSITIVE_INFINITY),
  }
}

/** Adds a row to a slot's candidates, ascending by value, if the row is among the `keep` least. */
export function keepNearer({ values, rows }: Candidates, slot: number, keep: number, value: number, row: number): void {
  const first = slot * keep
  let place = first + keep - 1
  if (value >= values[place]) return
  while (place > first && values[place - 1] > value) {
    values[place] = values[place - 1]
    rows[place] = rows[place - 1]
    place--
  }
  values[place] = value
  rows[place] = row
}

function gather<T extends Float32Array | Uint8Array>(values: T, rows: Int32Array, columns: number): T {
  const first = rows[0]
  if (rows[rows.length - 1] - first === rows.length - 1)
    return values.subarray(first * columns, (first + rows.length) * columns) as T
  const out = new (values.constructor as new (size: number) => T)(rows.length * columns)
  rows.forEach((row, i) => {
    out.set(values.subarray(row * columns, (row + 1) * columns), i * columns)
  })
  return out
}
