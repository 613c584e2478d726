/** Rows that speak for a cluster. */
export interface TypicalRows {
  readonly typical: readonly number[]
  readonly uncertain: readonly number[]
}

/** Rows with a place on a map, `[NaN, NaN]` for none, and how surely each is in its cluster. */
export interface Placed {
  readonly certainty: ArrayLike<number>
  place(row: number): readonly [x: number, y: number]
}

/** Rows among which typical ones are looked for at most. */
const mostCandidates = 500

/**
 * Rows of a cluster that show what it is: the surest one, and then of the surer half always the one that lies farthest on the map
 * from those before it, so that they are spread over the cluster. And the least certain ones: rows at its border.
 */
export function typicalRows(
  { certainty, place }: Placed,
  members: readonly number[],
  { typical, uncertain }: { readonly typical: number; readonly uncertain: number },
): TypicalRows {
  const order = [...members].sort((a, b) => certainty[b] - certainty[a] || a - b)
  const half = order.slice(0, Math.max(typical, Math.ceil(order.length / 2)))
  const step = Math.max(1, half.length / mostCandidates)
  const candidates = Array.from(
    { length: Math.min(half.length, mostCandidates) },
    (_, at) => half[Math.floor(at * step)],
  )
  const chosen = spread(candidates, place, typical)
  const taken = new Set(chosen)
  return { typical: chosen, uncertain: order.filter((row) => !taken.has(row)).slice(-uncertain || order.length) }
}

/** Some of the rows, by farthest-first traversal from the first one (Gonzalez 1985). */
function spread(candidates: readonly number[], place: Placed['place'], most: number): number[] {
  const far = candidates.map(() => Number.POSITIVE_INFINITY)
  const chosen: number[] = []
  let next = 0
  while (chosen.length < Math.min(most, candidates.length)) {
    const row = candidates[next]
    chosen.push(row)
    far[next] = -1
    const [x, y] = place(row)
    candidates.forEach((other, at) => {
      const [u, v] = place(other)
      const distance = Math.hypot(u - x, v - y)
      // A row without a place is as near as any.
      if (far[at] >= 0) far[at] = Math.min(far[at], Number.isNaN(distance) ? 0 : distance)
    })
    next = far.reduce((best, distance, at) => (distance > far[best] ? at : best), 0)
  }
  return chosen
}
