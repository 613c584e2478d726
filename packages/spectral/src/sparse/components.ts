import type { SparseRows } from '@dc/core/plugin'

/** The connected components of a symmetric graph. */
export interface Components {
  readonly count: number
  /** Component of every row, numbered by first member. */
  readonly labels: Int32Array
  readonly sizes: Int32Array
}

/**
 * Finds connected components by breadth-first search; edges of weight 0 do not connect.
 *
 * @param graph symmetric `[n, n]`
 * @example
 * connectedComponents(graph).count   // 1 for a graph that spectral clustering can cut as it likes
 */
export function connectedComponents({ rows, offsets, indices, values }: SparseRows): Components {
  const labels = new Int32Array(rows).fill(-1)
  const queue = new Int32Array(rows)
  const sizes: number[] = []
  for (let start = 0; start < rows; start++) {
    if (labels[start] >= 0) continue
    const component = sizes.length
    labels[start] = component
    queue[0] = start
    let end = 1
    for (let at = 0; at < end; at++)
      for (let e = offsets[queue[at]]; e < offsets[queue[at] + 1]; e++) {
        const next = indices[e]
        if (labels[next] >= 0 || values[e] === 0) continue
        labels[next] = component
        queue[end++] = next
      }
    sizes.push(end)
  }
  return { count: sizes.length, labels, sizes: Int32Array.from(sizes) }
}

/**
 * The warning about a graph that is not connected; null for a connected one. The eigenvectors of the eigenvalue 0 only tell
 * its components apart, and so use up clusters.
 */
export function componentsWarning({ count, sizes }: Components, k: number): string | null {
  if (count === 1) return null
  const singles = sizes.filter((size) => size === 1).length
  const detail = singles > 0 ? ` (${singles} of single points)` : ''
  const advice =
    count > k
      ? `more than the ${k} clusters asked for, so the cut between clusters is arbitrary`
      : 'which take up clusters of their own'
  return `The graph has ${count} connected components${detail}, ${advice}. Raise the number of neighbours, use a wider Gaussian, or cluster the largest component alone.`
}
