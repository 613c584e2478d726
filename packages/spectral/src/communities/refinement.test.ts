import { createRandom } from '@dc/core/plugin'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compress } from '../graphs/dense-graph'
import { type Network, networkOf } from './network'
import { refine } from './refinement'

/** A graph without weights, and masses as modularity has them. */
function networkFrom(n: number, edges: readonly (readonly [number, number])[]): Network {
  const dense = new Float64Array(n * n)
  for (const [i, j] of edges) if (i !== j) dense[i * n + j] = dense[j * n + i] = 1
  const strengths = Float64Array.from({ length: n }, (_, i) =>
    dense.subarray(i * n, (i + 1) * n).reduce((sum, weight) => sum + weight, 0),
  )
  return networkOf(compress(dense, n), strengths)
}

const penaltyOf = ({ weights }: Network) => 1 / (weights.length || 1)

/** What a node or group of nodes has of edges to others of a community, and what it would have by chance. */
function ties({ offsets, neighbours, weights, masses }: Network, from: number[], to: number[], penalty: number) {
  const others = new Set(to)
  let [linked, own, rest] = [0, 0, 0]
  for (const v of from) {
    own += masses[v]
    for (let e = offsets[v]; e < offsets[v + 1]; e++) if (others.has(neighbours[e])) linked += weights[e]
  }
  for (const v of to) rest += masses[v]
  return { linked, chance: penalty * own * rest }
}

const membersOf = (labels: ArrayLike<number>) => {
  const members = new Map<number, number[]>()
  for (let v = 0; v < labels.length; v++) members.set(labels[v], [...(members.get(labels[v]) ?? []), v])
  return [...members.values()]
}

function isConnected({ offsets, neighbours }: Network, members: number[]): boolean {
  const own = new Set(members)
  const reached = new Set([members[0]])
  for (const v of reached)
    for (let e = offsets[v]; e < offsets[v + 1]; e++) if (own.has(neighbours[e])) reached.add(neighbours[e])
  return reached.size === members.length
}

describe('refine', () => {
  it('never joins what no edge joins, though it is one community', () => {
    // As Louvain leaves it when the node that held two triangles together has moved on.
    const network = networkFrom(7, [
      [0, 1],
      [1, 2],
      [2, 0],
      [3, 4],
      [4, 5],
      [5, 3],
      [6, 0],
      [6, 3],
    ])
    for (let seed = 0; seed < 20; seed++) {
      const labels = Int32Array.of(0, 0, 0, 0, 0, 0, 1)
      const groups = refine(network, labels, penaltyOf(network) / 2, 0, createRandom(seed))
      expect(membersOf(groups)).toHaveLength(3)
      expect(new Set([groups[0], groups[1], groups[2]]).size).toBe(1)
      expect(new Set([groups[0], groups[3], groups[6]]).size).toBe(3)
    }
  })

  it('makes connected groups inside communities, each tied to the rest of it as chance has it or more (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 20 }),
        fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 60 }),
        fc.array(fc.nat(3), { minLength: 20, maxLength: 20 }),
        fc.constantFrom(0, 0.05, 1),
        fc.nat(),
        (n, edges, communities, theta, seed) => {
          const network = networkFrom(
            n,
            edges.map(([i, j]) => [i % n, j % n] as const),
          )
          const labels = Int32Array.from(communities.slice(0, n))
          const penalty = penaltyOf(network)
          const groups = refine(network, labels, penalty, theta, createRandom(seed))
          for (const members of membersOf(groups)) {
            expect(new Set(members.map((v) => labels[v])).size).toBe(1)
            expect(isConnected(network, members)).toBe(true)
            if (members.length === 1) continue
            // Whoever joined was well connected itself, and every join gained or cost nothing.
            const rest = (own: number[]) =>
              [...labels.keys()].filter((v) => labels[v] === labels[members[0]] && !own.includes(v))
            const joined = members.filter((v) => {
              const { linked, chance } = ties(network, [v], rest([v]), penalty)
              return linked >= chance - 1e-9
            })
            expect(joined.length).toBeGreaterThanOrEqual(members.length - 1)
            let gain = 0
            for (const v of members) {
              const before = members.slice(0, members.indexOf(v))
              const { linked, chance } = ties(network, [v], before, penalty)
              gain += linked - chance
            }
            expect(gain).toBeGreaterThanOrEqual(-1e-9)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
