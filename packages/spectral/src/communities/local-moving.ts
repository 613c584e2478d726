import type { Random } from '@dc/core/plugin'
import type { Network } from './network'

/** Smallest gain that counts, relative to what it is the difference of: rounding must not move a node to and fro. */
const slack = 1e-13

/**
 * Fast local moving (Traag et al. 2019, algorithm A.2): every node goes to the community, a neighbour's or an empty one, where the
 * quality gains most. Only the neighbours of a node that moved are looked at again.
 *
 * The quality is `Σ_c W_c − ½ penalty · M_c²`, W the weight inside a community, M its mass.
 *
 * @param labels communities from 0 to size − 1; changed in place
 */
export function moveNodes(network: Network, labels: Int32Array, penalty: number, random: Random): void {
  const { size, offsets, neighbours, weights, masses } = network
  const held = new Float64Array(size)
  const members = new Int32Array(size)
  let total = 0
  for (let v = 0; v < size; v++) {
    held[labels[v]] += masses[v]
    members[labels[v]]++
    total += masses[v]
  }
  const empty = new Int32Array(size)
  let empties = 0
  for (let c = 0; c < size; c++) if (members[c] === 0) empty[empties++] = c
  // A ring: every node waits at most once.
  const queue = random.permutation(size)
  const queued = new Uint8Array(size).fill(1)
  let [head, waiting] = [0, size]
  const linked = new Float64Array(size)
  const touched = new Int32Array(size)
  while (waiting > 0) {
    const v = queue[head]
    head = head + 1 === size ? 0 : head + 1
    waiting--
    queued[v] = 0
    const own = labels[v]
    const cost = penalty * masses[v]
    let count = 0
    let strength = 0
    for (let e = offsets[v]; e < offsets[v + 1]; e++) {
      const c = labels[neighbours[e]]
      if (linked[c] === 0) touched[count++] = c
      linked[c] += weights[e]
      strength += weights[e]
    }
    let best = own
    let most = linked[own] - cost * (held[own] - masses[v]) + slack * (strength + cost * total)
    for (let t = 0; t < count; t++) {
      const c = touched[t]
      const gain = linked[c] - cost * held[c]
      linked[c] = 0
      if (c === own || !(gain > most)) continue
      most = gain
      best = c
    }
    if (most < 0 && members[own] > 1) best = empty[--empties]
    if (best === own) continue
    held[own] -= masses[v]
    held[best] += masses[v]
    members[best]++
    if (--members[own] === 0) {
      // No dust of rounding in a community that is used again.
      held[own] = 0
      empty[empties++] = own
    }
    labels[v] = best
    for (let e = offsets[v]; e < offsets[v + 1]; e++) {
      const u = neighbours[e]
      if (queued[u] === 1 || labels[u] === best) continue
      queued[u] = 1
      const tail = head + waiting++
      queue[tail >= size ? tail - size : tail] = u
    }
  }
}
