import type { Random } from '@dc/core/plugin'
import type { Network } from './network'

/**
 * Refinement (Traag et al. 2019, algorithm A.2, `MergeNodesSubset`): inside every community, nodes begin alone and each may join a
 * neighbouring group once. Groups are connected, which communities after local moving need not be. Only nodes and groups take part that
 * are well connected to the rest of their community; a merge that gains `g ≥ 0` has a chance in proportion to `exp(g / θ)`.
 *
 * @returns a group for every node, numbered by one of its nodes
 */
export function refine(
  network: Network,
  labels: Int32Array,
  penalty: number,
  theta: number,
  random: Random,
): Int32Array {
  const { size, offsets, neighbours, weights, masses } = network
  const groups = new Int32Array(size)
  const held = masses.slice()
  const alone = new Uint8Array(size).fill(1)
  const totals = new Float64Array(size)
  /** Weight from a group to the rest of its community. */
  const outward = new Float64Array(size)
  for (let v = 0; v < size; v++) {
    groups[v] = v
    totals[labels[v]] += masses[v]
    for (let e = offsets[v]; e < offsets[v + 1]; e++) if (labels[neighbours[e]] === labels[v]) outward[v] += weights[e]
  }
  const linked = new Float64Array(size)
  const touched = new Int32Array(size)
  const gains = new Float64Array(size)
  for (const v of random.permutation(size)) {
    const total = totals[labels[v]]
    const cost = penalty * masses[v]
    if (alone[v] === 0 || outward[v] < cost * (total - masses[v])) continue
    let count = 0
    for (let e = offsets[v]; e < offsets[v + 1]; e++) {
      const u = neighbours[e]
      if (labels[u] !== labels[v]) continue
      const g = groups[u]
      if (linked[g] === 0) touched[count++] = g
      linked[g] += weights[e]
    }
    // To stay alone gains 0, and is a choice like the others.
    let most = 0
    let chosen = v
    for (let t = 0; t < count; t++) {
      const g = touched[t]
      const gain = linked[g] - cost * held[g]
      gains[t] = outward[g] < penalty * held[g] * (total - held[g]) ? -1 : gain
      if (gains[t] < most || (gains[t] === most && chosen !== v)) continue
      most = gains[t]
      chosen = g
    }
    if (theta > 0 && chosen !== v) chosen = draw(gains, touched, count, most, theta, v, random)
    if (chosen !== v) {
      groups[v] = chosen
      alone[chosen] = 0
      held[chosen] += masses[v]
      outward[chosen] += outward[v] - 2 * linked[chosen]
    }
    for (let t = 0; t < count; t++) linked[touched[t]] = 0
  }
  return groups
}

/** A group with a chance in proportion to `exp(gain / θ)`, or `alone`, whose gain is 0. Gains below 0 have no chance. */
function draw(
  gains: Float64Array,
  groups: Int32Array,
  count: number,
  most: number,
  theta: number,
  alone: number,
  random: Random,
): number {
  let sum = Math.exp(-most / theta)
  for (let t = 0; t < count; t++) {
    // Negative ones stay negative, to be passed over below.
    if (gains[t] >= 0) gains[t] = Math.exp((gains[t] - most) / theta)
    if (gains[t] > 0) sum += gains[t]
  }
  let left = random.uniform() * sum
  for (let t = 0; t < count; t++) {
    if (!(gains[t] > 0)) continue
    left -= gains[t]
    if (left < 0) return groups[t]
  }
  return alone
}
