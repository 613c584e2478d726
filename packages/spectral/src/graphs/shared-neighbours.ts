import type { Neighbours } from '../neighbours/nearest-neighbours'

/**
 * Share of neighbours that two neighbours have in common, `|Nᵢ ∩ Nⱼ| / |Nᵢ ∪ Nⱼ|` (Jaccard), `Nᵢ` the nearest of point i and i
 * itself (Jarvis and Patrick 1973). Never 0 between neighbours, and the same in both directions.
 */
export function sharedNeighbours({ rows, k, indices }: Neighbours): Float64Array {
  const values = new Float64Array(rows * k)
  const seen = new Int32Array(rows).fill(-1)
  for (let i = 0; i < rows; i++) {
    const [start, end] = [i * k, (i + 1) * k]
    seen[i] = i
    for (let at = start; at < end; at++) seen[indices[at]] = i
    for (let at = start; at < end; at++) {
      const j = indices[at]
      let common = 1
      for (let other = j * k; other < (j + 1) * k; other++) if (seen[indices[other]] === i) common++
      values[at] = common / (2 * (k + 1) - common)
    }
  }
  return values
}
