import type { SparseRows } from '@dc/core/plugin'

/** A graph as Leiden works on it: no loops, no edges of weight 0, a mass for every node. */
export interface Network {
  readonly size: number
  readonly offsets: Int32Array
  readonly neighbours: Int32Array
  readonly weights: Float64Array
  /** What a node counts in its community: its strength for modularity, the number of its points for CPM. */
  readonly masses: Float64Array
}

/** Drops loops and edges of weight 0. */
export function networkOf({ rows, offsets, indices, values }: SparseRows, masses: Float64Array): Network {
  const starts = new Int32Array(rows + 1)
  const neighbours = new Int32Array(indices.length)
  const weights = new Float64Array(indices.length)
  let count = 0
  for (let i = 0; i < rows; i++) {
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      if (indices[at] === i || values[at] === 0) continue
      neighbours[count] = indices[at]
      weights[count++] = values[at]
    }
    starts[i + 1] = count
  }
  return { size: rows, offsets: starts, neighbours, weights, masses }
}

/**
 * One node for each of `count` groups of nodes. Edges inside a group are dropped: no move of a whole group changes what
 * they add to the quality.
 */
export function aggregate(network: Network, groups: Int32Array, count: number): Network {
  const { size, offsets, neighbours, weights, masses } = network
  const members = new Int32Array(size)
  const starts = new Int32Array(count + 1)
  for (let v = 0; v < size; v++) starts[groups[v] + 1]++
  for (let g = 0; g < count; g++) starts[g + 1] += starts[g]
  const next = starts.slice()
  for (let v = 0; v < size; v++) members[next[groups[v]]++] = v
  const joined = new Float64Array(count)
  const joinedOffsets = new Int32Array(count + 1)
  const joinedNeighbours = new Int32Array(neighbours.length)
  const joinedWeights = new Float64Array(neighbours.length)
  const linked = new Float64Array(count)
  let end = 0
  for (let g = 0; g < count; g++) {
    const start = end
    for (let m = starts[g]; m < starts[g + 1]; m++) {
      const v = members[m]
      joined[g] += masses[v]
      for (let e = offsets[v]; e < offsets[v + 1]; e++) {
        const other = groups[neighbours[e]]
        if (other === g) continue
        if (linked[other] === 0) joinedNeighbours[end++] = other
        linked[other] += weights[e]
      }
    }
    for (let e = start; e < end; e++) {
      joinedWeights[e] = linked[joinedNeighbours[e]]
      linked[joinedNeighbours[e]] = 0
    }
    joinedOffsets[g + 1] = end
  }
  return {
    size: count,
    offsets: joinedOffsets,
    neighbours: joinedNeighbours.slice(0, end),
    weights: joinedWeights.slice(0, end),
    masses: joined,
  }
}
