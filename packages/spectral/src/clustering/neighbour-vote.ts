import { checkInteger, checkNumber } from '@dc/core/plugin'
import type { Neighbours } from '../neighbours/nearest-neighbours'

export interface NeighbourVoteOptions {
  /** Times that all rows vote, ≥ 0. Default 3. */
  readonly rounds?: number
  /** Votes of a row for itself, ≥ 0. Default 1.5. */
  readonly own?: number
}

/**
 * Labels smoothed over neighbours: each row takes the label that most of its nearest rows have, all rows at once. Its own counts
 * `own` times; of equal ones the row keeps its own if it is among them, else the lowest wins. A cluster keeps its last rows: a round
 * that would end one is not taken.
 *
 * @param labels `[n]`, integers ≥ 0
 * @param neighbours of the same n rows, themselves not counted
 * @throws OptionError for options out of range
 * @example
 * const smooth = neighbourVote(labels, nearestNeighbours(points, 15))
 */
export function neighbourVote(
  labels: ArrayLike<number>,
  { rows, k, indices }: Neighbours,
  { rounds = 3, own = 1.5 }: NeighbourVoteOptions = {},
): Int32Array {
  checkInteger('rounds', rounds, 0, 1000)
  checkNumber('own', own, 0, Number.MAX_VALUE)
  let current = Int32Array.from(labels)
  const clusters = current.reduce((most, label) => Math.max(most, label + 1), 0)
  const votes = new Float64Array(clusters)
  const living = new Set(current).size
  for (let round = 0; round < rounds; round++) {
    const next = new Int32Array(rows)
    for (let row = 0; row < rows; row++) {
      votes[current[row]] += own
      for (let at = row * k; at < (row + 1) * k; at++) votes[current[indices[at]]]++
      let best = current[row]
      for (let at = row * k; at < (row + 1) * k; at++) {
        const label = current[indices[at]]
        if (votes[label] > votes[best] || (votes[label] === votes[best] && best !== current[row] && label < best))
          best = label
      }
      next[row] = best
      votes[current[row]] = 0
      for (let at = row * k; at < (row + 1) * k; at++) votes[current[indices[at]]] = 0
    }
    if (new Set(next).size < living) break
    current = next
  }
  return current
}
