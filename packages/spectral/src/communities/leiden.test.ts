import { createRandom, type SparseRows } from '@dc/core/plugin'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compress } from '../graphs/dense-graph'
import { knnGraph } from '../graphs/knn-graph'
import { matrix } from '../matrix'
import { type LeidenOptions, leiden } from './leiden'
import { communityQualities, communityQuality } from './quality'

type Edge = readonly [from: number, to: number, weight?: number]

function graphOf(n: number, edges: readonly Edge[]): SparseRows {
  const dense = new Float64Array(n * n)
  for (const [i, j, weight = 1] of edges) dense[i * n + j] = dense[j * n + i] = weight
  return compress(dense, n)
}

const clique = (first: number, size: number): Edge[] =>
  Array.from({ length: size }, (_, i) => i).flatMap((i) =>
    Array.from({ length: i }, (_, j): Edge => [first + i, first + j]),
  )

/** Cliques in a ring, the last node of each tied to the first of the next. */
const ring = (cliques: number, size: number) =>
  graphOf(
    cliques * size,
    Array.from({ length: cliques }, (_, c) => c).flatMap((c): Edge[] => [
      ...clique(c * size, size),
      [c * size + size - 1, ((c + 1) % cliques) * size],
    ]),
  )

const run = (graph: SparseRows, options: Partial<LeidenOptions> = {}, seed = 0) =>
  leiden(graph, { random: createRandom(seed), ...options })

/** Any graph: edges of weight 0 to 3 and loops. */
const anyGraph = fc
  .integer({ min: 1, max: 30 })
  .chain((n) =>
    fc
      .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.constantFrom(0, 0.25, 1, 1, 3)), { maxLength: 3 * n })
      .map((edges) => graphOf(n, edges)),
  )

/** The formulas, node by node and pair by pair. */
function plainQuality(graph: SparseRows, labels: ArrayLike<number>, quality: string, resolution: number): number {
  const n = graph.rows
  const a = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let at = graph.offsets[i]; at < graph.offsets[i + 1]; at++) a[i * n + graph.indices[at]] = graph.values[at]
  const loops = Array.from({ length: n }, (_, i) => a[i * n + i]).some((weight) => weight > 0)
  // A loop's two ends are both at its node.
  for (let i = 0; i < n; i++) a[i * n + i] *= 2
  const strengths = Array.from({ length: n }, (_, i) => a.subarray(i * n, (i + 1) * n).reduce((x, y) => x + y, 0))
  const twice = strengths.reduce((x, y) => x + y, 0)
  let sum = 0
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (labels[i] !== labels[j]) continue
      if (quality === 'modularity')
        sum += twice > 0 ? (a[i * n + j] - (resolution * strengths[i] * strengths[j]) / twice) / twice : 0
      else sum += (a[i * n + j] - resolution * (i === j ? (loops ? 2 : 0) : 1)) / 2
    }
  return sum
}

function isConnected(graph: SparseRows, labels: Int32Array, community: number): boolean {
  const members = [...labels.keys()].filter((i) => labels[i] === community)
  const reached = new Set([members[0]])
  for (const i of reached)
    for (let at = graph.offsets[i]; at < graph.offsets[i + 1]; at++)
      if (graph.values[at] > 0 && labels[graph.indices[at]] === community) reached.add(graph.indices[at])
  return reached.size === members.length
}

/** 200 nodes in five groups, 12 edges each, most of them inside. */
function planted(seed: number): { graph: SparseRows; truth: number[] } {
  const random = createRandom(seed)
  const truth = Array.from({ length: 200 }, (_, i) => i % 5)
  const edges = truth.flatMap((group, i): Edge[] =>
    Array.from({ length: 6 }, (): Edge => {
      const other = random.uniform() < 0.75 ? group + 5 * random.integer(40) : random.integer(200)
      return [i, other, 0.5 + random.uniform()]
    }).filter(([from, to]) => from !== to),
  )
  return { graph: graphOf(200, edges), truth }
}

describe('leiden', () => {
  it('parts two cliques that one edge joins, the larger first', () => {
    const graph = graphOf(9, [...clique(0, 4), ...clique(4, 5), [3, 4]])
    for (const [quality, resolution] of [
      ['modularity', 1],
      ['cpm', 0.5],
    ] as const) {
      const found = run(graph, { quality, resolution })
      expect([...found.labels]).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0])
      expect(found).toMatchObject({ k: 2, sizes: Int32Array.of(5, 4), converged: true })
    }
  })

  it('merges cliques of a long ring by modularity at resolution 1, and parts them at a higher one or by CPM', () => {
    // Fortunato and Barthélemy 2007: pairs of cliques have more modularity once there are more than √(2m) of them.
    const graph = ring(30, 5)
    const best = run(graph)
    expect(best.k).toBeLessThan(30)
    // All pairs whole is the best there is; a pair that begins across another stays so.
    const groups = (size: number) => Array.from({ length: 150 }, (_, i) => Math.floor(i / size))
    expect(best.quality).toBeGreaterThan(communityQuality(graph, groups(5)))
    expect(best.quality).toBeGreaterThan(0.995 * communityQuality(graph, groups(10)))
    for (const options of [{ resolution: 3 }, { quality: 'cpm', resolution: 0.5 }] as const) {
      const { labels, k } = run(graph, options)
      expect(k).toBe(30)
      for (let i = 0; i < 150; i++) expect(labels[i]).toBe(labels[i - (i % 5)])
    }
    expect(run(graph, { resolution: 0 }).k).toBe(1)
    expect(run(graph, { resolution: 1e6 }).k).toBe(150)
    expect(run(graph, { quality: 'cpm', resolution: Number.MAX_VALUE }).k).toBe(150)
  })

  it('looks at weights', () => {
    // A path of four nodes: the heavy edges stay whole.
    const path = (...weights: number[]) =>
      run(
        graphOf(
          4,
          weights.map((weight, i): Edge => [i, i + 1, weight]),
        ),
      ).labels
    expect([...path(5, 1, 5)]).toEqual([0, 0, 1, 1])
    expect([...path(1, 9, 1)]).not.toEqual([0, 0, 1, 1])
    // An edge of weight 0 is none, though it is stored.
    const stored = graphOf(4, [
      [0, 1],
      [2, 3],
    ])
    const zero = compress([0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0], 4)
    const values = zero.values.map((value, at) => (zero.indices[at] === 2 && at < 2 ? 0 : value))
    values[zero.offsets[2]] = 0
    expect(run({ ...zero, values })).toEqual(run(stored))
  })

  it.each([1e-320, 1e-200, 1e-10, 1e200, 1e307])('weights of any size: %d', (size) => {
    const edges = [...clique(0, 4), ...clique(4, 5), [3, 4] as const]
    const graph = graphOf(
      9,
      edges.map(([i, j]): Edge => [i, j, size]),
    )
    expect(run(graph).labels).toEqual(run(graphOf(9, edges)).labels)
    expect(run(graph).quality).toBeCloseTo(run(graphOf(9, edges)).quality, 12)
    expect(run(graph, { quality: 'cpm', resolution: size / 2 }).k).toBe(2)
  })

  it('leaves nodes without edges alone, and takes graphs without edges or of one node', () => {
    const graph = graphOf(7, [...clique(1, 3), ...clique(4, 2)])
    for (const quality of communityQualities) {
      const { labels, k } = run(graph, { quality, resolution: 0.5 })
      expect(k).toBe(4)
      expect([...labels]).toEqual([2, 0, 0, 0, 1, 1, 3])
      expect(run(graphOf(3, []), { quality })).toMatchObject({ labels: Int32Array.of(0, 1, 2), k: 3, quality: 0 })
      expect(run(graphOf(1, []), { quality })).toMatchObject({ labels: Int32Array.of(0), k: 1, converged: true })
    }
    expect(run(graphOf(2, [[0, 0, 3]])).k).toBe(2)
  })

  it('counts a self-loop twice in its node’s strength, once inside', () => {
    const graph = graphOf(4, [
      [0, 1],
      [2, 3],
      [0, 0, 1],
      [3, 3, 1],
    ])
    expect(communityQuality(graph, [0, 0, 1, 1])).toBeCloseTo(0.5, 14)
    expect(communityQuality(graph, [0, 1, 2, 2])).toBeCloseTo((1 + 2) / 4 - (9 + 1 + 16) / 64, 14)
    // A heavy loop makes its node's ties light beside what chance would give it.
    const tied = (loop: number) =>
      run(
        graphOf(3, [
          [0, 1],
          [1, 2],
          [0, 0, loop],
        ]),
      ).k
    expect(tied(0)).toBe(1)
    expect(tied(9)).toBe(2)
  })

  it('gives connected communities, the quality of its labels, and never less of it (property)', () => {
    fc.assert(
      fc.property(
        anyGraph,
        fc.constantFrom(...communityQualities),
        fc.constantFrom(0, 0.1, 0.5, 1, 2),
        fc.nat(),
        (graph, quality, resolution, seed) => {
          const seen: number[] = []
          const onIteration = (state: { quality: number }) => seen.push(state.quality)
          const found = run(graph, { quality, resolution, onIteration }, seed)
          for (let c = 0; c < found.k; c++) expect(isConnected(graph, found.labels, c)).toBe(true)
          expect(found.quality).toBeCloseTo(plainQuality(graph, found.labels, quality, resolution), 9)
          expect(found.iterations).toBe(seen.length)
          expect(found.quality).toBe(seen.at(-1))
          for (let i = 1; i < seen.length; i++) expect(seen[i]).toBeGreaterThanOrEqual(seen[i - 1])
          // Sizes go down, every label is used.
          expect(found.sizes.reduce((a, b) => a + b, 0)).toBe(graph.rows)
          expect([...found.sizes]).toEqual([...found.sizes].sort((a, b) => b - a))
          expect(found.sizes.every((size, c) => size === found.labels.filter((label) => label === c).length)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('finds planted groups', () => {
    const { graph, truth } = planted(1)
    const { labels, k, quality } = run(graph)
    expect(k).toBe(5)
    const right = truth.filter((group, i) => labels[i] === labels[group]).length
    expect(right).toBeGreaterThan(190)
    expect(quality).toBeGreaterThanOrEqual(communityQuality(graph, truth))
  })

  it('gives the same labels for the same seed, and almost the same quality for others and for nodes in another order', () => {
    const { graph } = planted(2)
    const first = run(graph)
    expect(run(graph)).toEqual(first)
    const order = createRandom(9).permutation(200)
    const turned = graphOf(
      200,
      [...order.keys()].flatMap((i) =>
        Array.from({ length: graph.offsets[i + 1] - graph.offsets[i] }, (_, e): Edge => {
          const at = graph.offsets[i] + e
          return [order[i], order[graph.indices[at]], graph.values[at]]
        }),
      ),
    )
    for (const quality of [run(turned).quality, run(graph, {}, 1).quality, run(graph, { randomness: 0 }).quality])
      expect(Math.abs(quality / first.quality - 1)).toBeLessThan(0.01)
  })

  it('goes on from a partition that is given', () => {
    const { graph, truth } = planted(3)
    // Any integers name communities.
    const initial = truth.map((group) => 1000 - 7 * group)
    const found = run(graph, { initial })
    expect(found.quality).toBeGreaterThanOrEqual(communityQuality(graph, truth))
    const again = run(graph, { initial: found.labels })
    expect(again.quality).toBeGreaterThanOrEqual(found.quality)
    // Two parts without an edge between them do not stay one community, also where together they cost nothing.
    expect(run(graphOf(2, []), { initial: [3, 3], quality: 'cpm', resolution: 0 }).k).toBe(2)
  })

  it('parts a community that no single node would leave: groups of refinement are aggregated, not communities', () => {
    // Two cliques tied by an edge, four times, and everything in one community. Every node is better off with its clique, so
    // local moving moves none; Louvain, which makes one node of each community, would end here.
    const graph = ring(8, 6)
    const one = new Array<number>(48).fill(0)
    const pairs = Array.from({ length: 48 }, (_, i) => Math.floor(i / 12))
    for (const quality of communityQualities)
      for (const initial of [one, pairs]) {
        const options = { quality, resolution: quality === 'cpm' ? 0.1 : 1 } as const
        const alone = (node: number) => initial.map((label, i) => (i === node ? 99 : label))
        const start = communityQuality(graph, initial, options)
        for (let node = 0; node < 48; node++) expect(communityQuality(graph, alone(node), options)).toBeLessThan(start)
        const cliques = initial.map((_, i) => Math.floor(i / 6))
        expect(run(graph, { ...options, initial }).quality).toBeGreaterThan(
          0.97 * communityQuality(graph, cliques, options),
        )
        expect(start).toBeLessThan(0.95 * communityQuality(graph, cliques, options))
      }
  })

  it('stops after the iterations allowed, or when told', () => {
    const { graph } = planted(4)
    expect(run(graph, { maxIterations: 1 })).toMatchObject({ iterations: 1, converged: false })
    expect(run(graph, { maxIterations: 100 }).converged).toBe(true)
    const onIteration = () => {
      throw new Error('enough')
    }
    expect(() => run(graph, { onIteration })).toThrow('enough')
  })

  it('takes the graphs that this package makes', () => {
    const random = createRandom(5)
    const values = random.normals(300 * 2, 0, 0.2)
    for (let i = 0; i < 300; i++) values[2 * i] += 4 * (i % 3)
    for (const weight of ['connectivity', 'shared-neighbours', 'fuzzy'] as const) {
      const { labels } = run(knnGraph(matrix(values, 300, 2), { neighbours: 15, weight }), { resolution: 0.2 })
      for (let i = 3; i < 300; i++) expect(labels[i]).toBe(labels[i % 3])
    }
  })

  it('says what is wrong with its input', () => {
    const pair = graphOf(2, [[0, 1]])
    const with_ = (values: number[]) => ({ ...pair, values: Float64Array.from(values) })
    expect(() => run(with_([1, 2]))).toThrow(
      'graph is not symmetric; join its directions with symmetrise(graph, "mean")',
    )
    expect(() => run(with_([-1, -1]))).toThrow('graph holds -1 at row 0, column 1')
    expect(() => run(with_([Number.NaN, 1]))).toThrow('graph holds NaN at row 0, column 1')
    expect(() => run(with_([Number.POSITIVE_INFINITY, 1]))).toThrow('graph holds Infinity')
    expect(() => run({ ...pair, columns: 3 })).toThrow('graph has shape [2, 3]')
    expect(() => run([[0, 1]] as never)).toThrow('a graph of the points')
    expect(() => run(pair, { resolution: -1 })).toThrow('resolution: got -1')
    expect(() => run(pair, { resolution: Number.NaN })).toThrow('resolution: got NaN')
    expect(() => run(pair, { quality: 'louvain' as never })).toThrow(
      "quality: got 'louvain'; allowed: 'modularity', 'cpm'",
    )
    expect(() => run(pair, { randomness: -1 })).toThrow('randomness: got -1')
    expect(() => run(pair, { maxIterations: 0 })).toThrow('maxIterations: got 0')
    expect(() => run(pair, { initial: [0] })).toThrow('initial has shape [1]; expected [2]')
    expect(() => run(pair, { initial: [0, -1] })).toThrow('initial[1]: got -1; allowed: an integer ≥ 0')
    expect(() => communityQuality(pair, [0, 0.5])).toThrow('labels[1]: got 0.5')
  })
})
