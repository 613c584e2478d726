import type { Neighbours } from '@dc/spectral'

/**
 * The label that most of each row's neighbours have; of labels with equally many the one of the nearest. A row that
 * coincides with its nearest neighbour takes its label.
 *
 * @param found neighbours among the labelled rows
 * @param labels of these rows, 0 … k−1
 * @param coincident the largest distance of rows that coincide
 */
export function voteOfNeighbours(
  { rows, k, indices, distances }: Neighbours,
  labels: Int32Array,
  coincident = 0,
): Int32Array {
  const votes = new Map<number, number>()
  return Int32Array.from({ length: rows }, (_, row) => {
    const nearest = indices.subarray(row * k, (row + 1) * k)
    let winner = labels[nearest[0]]
    if (distances[row * k] <= coincident) return winner
    votes.clear()
    for (const other of nearest) votes.set(labels[other], (votes.get(labels[other]) ?? 0) + 1)
    // Labels stand in the order of their nearest neighbour.
    for (const [label, count] of votes) if (count > votes.get(winner)!) winner = label
    return winner
  })
}
