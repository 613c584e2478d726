import type { Neighbours } from '@dc/spectral'

/** Rows of evenly spread data that would be taken for near duplicates by chance. */
const byChance = 0.001
/** Of the usual distance to the nearest row: what is farther is no near duplicate, however many dimensions the rows have. */
const mostShare = 0.25

/** Rows that are all but the same. */
export interface Duplicates {
  /** Ascending. */
  readonly rows: readonly number[]
  /** Whether some two of them are equal, but for rounding. */
  readonly exact: boolean
  /** The smallest distance among them, in usual distances to the nearest row: 0 for equal ones. */
  readonly distance: number
}

/**
 * Groups of near duplicates: rows nearer to each other than evenly spread rows would be by chance in one of a thousand. Where the distance
 * to the nearest row is usually m, in data of d dimensions, that is m (p / ln 2)^{1/d}, since a row has its nearest within r with the
 * chance 1 − 2^{−(r/m)^d}; and never more than a quarter of m. d is estimated from the neighbours (Levina and Bickel 2004).
 *
 * @param found neighbours of rows among each other
 * @returns closest first
 */
export function nearDuplicates({ rows, k, indices, distances }: Neighbours): Duplicates[] {
  const largest = distances.reduce((most, distance) => Math.max(most, distance), 0)
  const equal = 1e-6 * largest
  const nearest = Array.from({ length: rows }, (_, row) => distances[row * k]).filter((distance) => distance > equal)
  const usual = nearest.length === 0 ? 0 : nearest.sort((a, b) => a - b)[nearest.length >> 1]
  const share = Math.min(mostShare, (byChance / Math.LN2) ** (1 / dimension(distances, rows, k, equal)))
  const most = Math.max(equal, share * usual)

  const parent = Int32Array.from({ length: rows }, (_, row) => row)
  const find = (row: number): number => {
    let at = row
    while (parent[at] !== at) at = parent[at] = parent[parent[at]]
    return at
  }
  const closest = new Map<number, number>()
  for (let row = 0; row < rows; row++)
    for (let at = row * k; at < (row + 1) * k && distances[at] <= most; at++) parent[find(row)] = find(indices[at])
  for (let row = 0; row < rows; row++)
    if (distances[row * k] <= most)
      closest.set(find(row), Math.min(closest.get(find(row)) ?? Number.POSITIVE_INFINITY, distances[row * k]))
  const members = new Map<number, number[]>()
  for (let row = 0; row < rows; row++) {
    if (!closest.has(find(row))) continue
    const own = members.get(find(row))
    if (own) own.push(row)
    else members.set(find(row), [row])
  }
  return [...members]
    .map(([root, own]) => {
      const distance = closest.get(root)!
      const exact = distance <= equal
      return { rows: own, exact, distance: exact || usual === 0 ? 0 : distance / usual }
    })
    .sort((a, b) => a.distance - b.distance || b.rows.length - a.rows.length || a.rows[0] - b.rows[0])
}

/** The maximum-likelihood estimate of the dimension, from the distances of each row's neighbours; at least 1. */
function dimension(distances: ArrayLike<number>, rows: number, k: number, equal: number): number {
  let [sum, count] = [0, 0]
  for (let row = 0; row < rows; row++) {
    const farthest = distances[(row + 1) * k - 1]
    for (let at = row * k; at < (row + 1) * k - 1; at++) {
      if (distances[at] <= equal) continue
      sum += Math.log(farthest / distances[at])
      count++
    }
  }
  return sum > 0 ? Math.max(1, count / sum) : 1
}
