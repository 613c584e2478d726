import type { Network } from './network'

/** Renumbers labels from 0 to size − 1 by first member, in place. Returns how many there are. */
export function renumber(labels: Int32Array): number {
  const names = new Int32Array(labels.length).fill(-1)
  let count = 0
  for (let i = 0; i < labels.length; i++) {
    if (names[labels[i]] < 0) names[labels[i]] = count++
    labels[i] = names[labels[i]]
  }
  return count
}

/**
 * Labels numbered by decreasing size; of equal sizes the one with the first member comes first.
 *
 * @param labels `[n]`, integers from 0 to n − 1, of which any may be left out
 * @returns the same groups numbered 0 … k − 1, and their sizes, `[k]`
 * @example
 * numberedBySize(Int32Array.of(3, 1, 1)) // labels [1, 0, 0], sizes [2, 1]
 */
export function numberedBySize(labels: Int32Array): { readonly labels: Int32Array; readonly sizes: Int32Array } {
  const byMember = labels.slice()
  const counts = new Int32Array(renumber(byMember))
  for (const label of byMember) counts[label]++
  const order = Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b)
  const rank = new Int32Array(counts.length)
  for (const [at, label] of order.entries()) rank[label] = at
  return { labels: byMember.map((label) => rank[label]), sizes: counts.map((_, at) => counts[order[at]]) }
}

/** The connected parts of communities, as communities: parts without an edge between them only cost quality together. */
export function connectedParts({ size, offsets, neighbours }: Network, labels: Int32Array): Int32Array {
  const parts = new Int32Array(size).fill(-1)
  const stack = new Int32Array(size)
  let count = 0
  for (let start = 0; start < size; start++) {
    if (parts[start] >= 0) continue
    parts[start] = count
    stack[0] = start
    for (let depth = 1; depth > 0; ) {
      const v = stack[--depth]
      for (let e = offsets[v]; e < offsets[v + 1]; e++) {
        const u = neighbours[e]
        if (parts[u] >= 0 || labels[u] !== labels[v]) continue
        parts[u] = count
        stack[depth++] = u
      }
    }
    count++
  }
  return parts
}
