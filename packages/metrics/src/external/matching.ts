import { DataError, ShapeError } from '@dc/core/plugin'

/**
 * The one-to-one matching of rows to columns with the largest total weight (rectangular allowed).
 *
 * Shortest augmenting paths with dual potentials, O(r² c) for r ≤ c; exact for integer weights.
 *
 * @param weights `[rows, columns]` row-major, finite
 * @returns per row its column, or −1 for rows without one; min(rows, columns) are matched
 * @throws ShapeError if the length is not rows × columns; DataError for a weight that is not finite
 * @see Kuhn 1955; Jonker and Volgenant, "A shortest augmenting path algorithm", Computing 1987
 * @example
 * optimalMatching([1, 9, 8, 7], 2, 2)   // Int32Array [1, 0]: 9 + 8
 */
export function optimalMatching(weights: ArrayLike<number>, rows: number, columns: number): Int32Array {
  if (weights.length !== rows * columns)
    throw new ShapeError('weights', [weights.length], `[${rows} × ${columns}] values`)
  for (let i = 0; i < weights.length; i++)
    if (!Number.isFinite(weights[i]))
      throw new DataError(`weights[${i}] is ${weights[i]}; weights are finite.`, { index: i })
  const matching = new Int32Array(rows).fill(-1)
  if (rows <= columns) {
    const rowOf = assign(rows, columns, (r, c) => -weights[r * columns + c])
    for (let c = 0; c < columns; c++) if (rowOf[c] >= 0) matching[rowOf[c]] = c
  } else {
    const columnOf = assign(columns, rows, (c, r) => -weights[r * columns + c])
    for (let r = 0; r < rows; r++) matching[r] = columnOf[r]
  }
  return matching
}

/** Minimum-cost assignment of every small-side item to a large-side item; returns the small item of each large one. */
function assign(small: number, large: number, cost: (s: number, l: number) => number): Int32Array {
  const potentialSmall = new Float64Array(small)
  const potentialLarge = new Float64Array(large)
  const owner = new Int32Array(large).fill(-1)
  const previous = new Int32Array(large)
  const distance = new Float64Array(large)
  const done = new Uint8Array(large)
  for (let start = 0; start < small; start++) {
    distance.fill(Number.POSITIVE_INFINITY)
    done.fill(0)
    previous.fill(-1)
    let current = start
    let end = -1
    let last = -1
    while (true) {
      let nearest = Number.POSITIVE_INFINITY
      let next = -1
      const base = last < 0 ? 0 : distance[last]
      for (let l = 0; l < large; l++) {
        if (done[l]) continue
        const reduced = base + cost(current, l) - potentialSmall[current] - potentialLarge[l]
        if (reduced < distance[l]) {
          distance[l] = reduced
          previous[l] = last
        }
        if (distance[l] < nearest) {
          nearest = distance[l]
          next = l
        }
      }
      if (owner[next] < 0) {
        end = next
        break
      }
      done[next] = 1
      last = next
      current = owner[next]
    }
    // The duals of settled items change by how much shorter their path was than the one to the free item.
    const reach = distance[end]
    potentialSmall[start] += reach
    for (let l = 0; l < large; l++) {
      if (!done[l]) continue
      potentialSmall[owner[l]] += reach - distance[l]
      potentialLarge[l] -= reach - distance[l]
    }
    for (let l = end; l >= 0; ) {
      const before = previous[l]
      owner[l] = before < 0 ? start : owner[before]
      l = before
    }
  }
  return owner
}
