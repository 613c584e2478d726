import { ShapeError } from '@dc/core/plugin'
import type { Products } from '@dc/core/points'
import { checkPoints, type Rows } from '../matrix'
import { type Neighbours, nearestSquares } from './nearest-neighbours'

/** Neighbours of some rows among some others: plain arrays, which can be sent between processes. */
export interface NeighboursPartial {
  readonly rows: number
  /** At most as many as wanted: a block may have fewer rows. */
  readonly k: number
  /** Row numbers among all rows, `[rows, k]`. */
  readonly indices: Int32Array
  /** Squared distances, `[rows, k]`, float64, ascending in each row. */
  readonly squares: Float64Array
}

/**
 * One pair of blocks of a search for neighbours: those of the rows of one block among the rows of another. Merge the parts of all
 * other blocks by {@link mergeNeighbours} and take the neighbours from {@link finishNeighbours}: they are those that
 * `nearestNeighbours` finds in all rows at once.
 *
 * @param queries `[n, d]`; the same object as `points` for the neighbours within a block, where no row is its own
 * @param points `[m, d]`
 * @param start the number of the first row of `points` among all rows
 * @throws ShapeError, DataError, OptionError as `nearestNeighbours`
 * @example
 * const parts = shards.map((points, at) => neighboursPartial(shard, points, 15, { start: 1000 * at }))
 * const { indices } = finishNeighbours(parts.reduce((a, b) => mergeNeighbours(a, b, 15)))
 */
export function neighboursPartial(
  queries: Rows,
  points: Rows,
  k: number,
  { start, products = null }: { readonly start: number; readonly products?: Products | null },
): NeighboursPartial {
  const all = checkPoints(points)
  const itself = queries === points
  const most = Math.min(k, all.rows - (itself ? 1 : 0))
  // A block of one row has no neighbours in itself.
  if (most === 0) return { rows: all.rows, k: 0, indices: new Int32Array(0), squares: new Float64Array(0) }
  const found = nearestSquares(all, most, { products, ...(!itself && { queries }) })
  return { ...found, indices: found.indices.map((index) => index + start) }
}

/** The nearest of two parts of the same rows, by distance and then by row number. @param k at most so many for each row */
export function mergeNeighbours(a: NeighboursPartial, b: NeighboursPartial, k: number): NeighboursPartial {
  if (a.rows !== b.rows)
    throw new ShapeError('b', [b.rows, b.k], `neighbours of ${a.rows} rows, as the part merged with`)
  const kept = Math.min(k, a.k + b.k)
  const [indices, squares] = [new Int32Array(a.rows * kept), new Float64Array(a.rows * kept)]
  for (let row = 0; row < a.rows; row++) {
    let [i, j] = [row * a.k, row * b.k]
    const [endOfA, endOfB] = [i + a.k, j + b.k]
    for (let at = row * kept; at < (row + 1) * kept; at++) {
      const first =
        j === endOfB ||
        (i < endOfA && (a.squares[i] < b.squares[j] || (a.squares[i] === b.squares[j] && a.indices[i] < b.indices[j])))
      const [from, place] = first ? [a, i++] : [b, j++]
      indices[at] = from.indices[place]
      squares[at] = from.squares[place]
    }
  }
  return { rows: a.rows, k: kept, indices, squares }
}

/** Neighbours from merged parts. */
export function finishNeighbours({ squares, ...found }: NeighboursPartial): Neighbours {
  return { ...found, distances: squares.map(Math.sqrt) }
}
