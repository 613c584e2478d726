import type { Guide } from '@dc/core'
import type { Neighbours } from '@dc/spectral'
import { alignedClusters } from './aligned'

/** Rounds, and the part of a row's opinion that is its neighbours'. */
const [rounds, listens] = [20, 0.9]
/** What a row's own cluster counts where nothing was said of the row; 1 is what was said. By bench/results/quality-corrections.md. */
const hint = 0.02

/**
 * Labels steered by corrections: what was said of rows spreads to their neighbours (Zhou et al. 2004, "Learning with local and global
 * consistency"). Every row starts with the cluster that was found for it, at a fiftieth of the weight of what was said; rows of
 * which something was said keep it.
 *
 * @param labels found clusters, 0 … k−1, in any numbers
 * @param found the nearest rows of every row
 * @returns clusters in the guide's numbers
 */
export function spreadCorrections(labels: Int32Array, found: Neighbours, guide: Guide, k: number): Int32Array {
  const { given } = guide
  const { rows } = found
  const number = alignedClusters(labels, guide, k)
  const start = new Float32Array(rows * k)
  for (let row = 0; row < rows; row++)
    start[row * k + (given[row] >= 0 ? given[row] : number[labels[row]])] = given[row] >= 0 ? 1 : hint
  const graph = symmetric(found)
  let opinions = start
  for (let round = 0; round < rounds; round++) {
    const next = new Float32Array(rows * k)
    for (let row = 0; row < rows; row++) {
      for (let at = graph.offsets[row]; at < graph.offsets[row + 1]; at++) {
        const weight = listens * graph.weights[at]
        for (let c = 0; c < k; c++) next[row * k + c] += weight * opinions[graph.indices[at] * k + c]
      }
      for (let c = 0; c < k; c++) next[row * k + c] += (1 - listens) * start[row * k + c]
    }
    opinions = next
  }
  return Int32Array.from({ length: rows }, (_, row) => {
    if (given[row] >= 0) return given[row]
    let best = number[labels[row]]
    for (let c = 0; c < k; c++) if (opinions[row * k + c] > opinions[row * k + best]) best = c
    return best
  })
}

/** Each row with its neighbours and the rows that it is a neighbour of, with weights `1/√(degree · degree)`. */
function symmetric({ rows, k, indices }: Neighbours) {
  const lists: number[][] = Array.from({ length: rows }, () => [])
  for (let row = 0; row < rows; row++)
    for (let at = row * k; at < (row + 1) * k; at++) {
      lists[row].push(indices[at])
      lists[indices[at]].push(row)
    }
  const unique = lists.map((list) => [...new Set(list)])
  const offsets = new Int32Array(rows + 1)
  for (const [row, list] of unique.entries()) offsets[row + 1] = offsets[row] + list.length
  const weights = unique.flatMap((list) => list.map((other) => 1 / Math.sqrt(list.length * unique[other].length)))
  return { offsets, indices: Int32Array.from(unique.flat()), weights: Float32Array.from(weights) }
}
