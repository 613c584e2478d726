import { type Matrix, squaredNorms } from '../matrix'
import { fitsFloat32, type Products, productErrorFactor, underflowError } from '../products'

/** Approximate squared distances between rows of two matrices, with a certain bound on what they hide. */
export interface Approximation {
  /** All base rows, prepared to be searched block by block. */
  readonly blocks: readonly BaseBlock[]
  /** Squared norms of the approximated queries. */
  readonly queryNorms: Float64Array
  /** The true squared distance of query `i` to a base row, any or this one, is at least this, given the approximate. */
  least(i: number, approximate: number, row?: number): number
}

/** Some base rows, prepared to be searched. */
export interface BaseBlock {
  readonly rows: number
  /**
   * The `keep` rows of the block that are nearest to each query row named, by approximate squared distance less the
   * query's own norm: `[queries, keep]`, in any order.
   */
  nearest(queries: Int32Array, keep: number): Candidates
  dispose?(): void
}

export interface Candidates {
  readonly values: Float64Array
  readonly rows: Int32Array
}

/**
 * Rows rounded to 7-bit integers, products exact. By the triangle inequality the true distance differs from the
 * rounded one by at most the two rows' rounding errors, which are known.
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
  return {
    blocks: eachBlock(base.rows, 16_384, (from, to) => {
      // a·b − ⌊|b|²/2⌋ is exact in 32 bits; rounding the half norm down can only make a distance too small.
      const halves = Int32Array.from(right.norms.subarray(from, to), (norm) => Math.round(norm / square) >> 1)
      const prepared = integerRows(right.values.subarray(from * columns, to * columns), to - from, columns, halves)
      return {
        rows: to - from,
        nearest(queries, keep) {
          const found = prepared.largest(gather(left.values, queries, columns), queries.length, keep)
          const values = new Float64Array(found.scores.length)
          for (let at = 0; at < values.length; at++) {
            values[at] = -2 * square * found.scores[at]
            found.rows[at] += from
          }
          return { values, rows: found.rows }
        },
        dispose: () => prepared.dispose(),
      }
    }),
    queryNorms: left.norms,
    least(i, approximate, row) {
      const rounded = Math.sqrt(Math.max(0, approximate * (1 - 1e-12)))
      return Math.max(0, rounded - left.errors[i] - (row === undefined ? largestError : right.errors[row])) ** 2
    },
  }
}

/** Equal blocks of at most `most` rows. */
function eachBlock(rows: number, most: number, prepare: (from: number, to: number) => BaseBlock): BaseBlock[] {
  const count = Math.ceil(rows / most)
  return Array.from({ length: count }, (_, b) =>
    prepare(Math.floor((rows * b) / count), Math.floor((rows * (b + 1)) / count)),
  )
}

/** Least and largest value of each column. */
function ranges({ values, rows, columns }: Matrix) {
  const lows = Float64Array.from(values.subarray(0, columns))
  const highs = lows.slice()
  // Rows in pairs, so that a column's range is loaded and compared half as often.
  for (let i = 1; i < rows; i += 2)
    for (let j = 0, at = i * columns, other = i + 1 < rows ? at + columns : at; j < columns; j++, at++, other++) {
      const [value, next] = [values[at], values[other]]
      const rising = value < next
      if ((rising ? value : next) < lows[j]) lows[j] = rising ? value : next
      if ((rising ? next : value) > highs[j]) highs[j] = rising ? next : value
    }
  return { lows, highs }
}

function quantise({ values, rows, columns }: Matrix, lows: Float64Array, step: number) {
  const integers = new Uint8Array(rows * columns)
  const perStep = 1 / step
  const norms = new Float64Array(rows)
  const errors = new Float64Array(rows)
  for (let i = 0, at = 0; i < rows; i++) {
    let norm = 0
    let error = 0
    for (let j = 0; j < columns; j++, at++) {
      const exact = (values[at] - lows[j]) * perStep
      const rounded = exact <= 0 ? 0 : exact >= 127 ? 127 : (exact + 0.5) | 0
      integers[at] = rounded
      norm += rounded * rounded
      const off = exact - rounded
      error += off * off
    }
    norms[i] = norm * step * step
    // Room for the float64 rounding of the error itself.
    errors[i] = Math.sqrt(error) * step * (1 + 1e-9)
  }
  return { values: integers, norms, errors }
}

/** Rows in float32, centred so that their products are small, with the worst-case rounding error. */
export function float32Approximation(queries: Matrix, base: Matrix, products: Products): Approximation | null {
  if (!fitsFloat32(squaredNorms(base)) || !(queries === base || fitsFloat32(squaredNorms(queries)))) return null
  const { columns } = base
  const mean = new Float64Array(columns)
  for (let i = 0, at = 0; i < base.rows; i++)
    for (let j = 0; j < columns; j++, at++) mean[j] += base.values[at] / base.rows
  const right = centre(base, mean)
  const left = queries === base ? right : centre(queries, mean)
  const longest = right.norms.reduce((a, b) => Math.max(a, Math.sqrt(b)), 0)
  // Products: 2γ‖x‖‖y‖ ≤ γ(‖x‖+‖y‖)²/2; centring in float32 changes a distance by less than 4u(‖x‖+‖y‖)².
  const factor = productErrorFactor(columns + 16)
  return {
    blocks: eachBlock(base.rows, 4096, (from, to) => ({
      rows: to - from,
      nearest(queries, keep) {
        const block = right.values.subarray(from * columns, to * columns)
        const asked = gather(left.values, queries, columns)
        const product = products.timesTransposed(asked, queries.length, block, to - from, columns)
        const found = { values: new Float64Array(queries.length * keep), rows: new Int32Array(queries.length * keep) }
        found.values.fill(Number.POSITIVE_INFINITY)
        for (let slot = 0, at = 0; slot < queries.length; slot++)
          for (let row = from; row < to; row++, at++)
            keepNearer(found, slot, keep, right.norms[row] - 2 * product[at], row)
        return found
      },
    })),
    queryNorms: left.norms,
    least: (i, approximate) =>
      Math.max(0, approximate - factor * (Math.sqrt(left.norms[i]) + longest) ** 2 - underflowError),
  }
}

function centre({ values, rows, columns }: Matrix, mean: Float64Array) {
  const centred = new Float32Array(rows * columns)
  const norms = new Float64Array(rows)
  for (let i = 0, at = 0; i < rows; i++) {
    let norm = 0
    for (let j = 0; j < columns; j++, at++) {
      centred[at] = values[at] - mean[j]
      norm += centred[at] * centred[at]
    }
    norms[i] = norm
  }
  return { values: centred, norms }
}

/** Puts a row into a slot's candidates, ascending by value, if it is among the `keep` least. */
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
