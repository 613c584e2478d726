import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@dc/core/random'
import { readNpy } from '@dc/data'
import { contingencyTable } from '@dc/metrics'
import { balanced, p2ot, solve, solveSemantic, sp2ot } from '@dc/ot-sinkhorn'
import { kmeans, knnGraph, nearestNeighbours, predictNearest, spectralEmbedding } from '@dc/spectral'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inThisProcess, openFolder, shardedKMeans, shardedTable, shardFile, writeNpy } from '../sharded'
import { packed, unpacked } from './packed'
import { runTask } from './run-task'
import type { ShardRunner } from './runner'
import { clusters, cuts, everything, files, width, writeShards } from './testing/everything'

const root = mkdtempSync(join(tmpdir(), 'dc-sharded-'))
afterAll(() => rmSync(root, { recursive: true }))
const rows = cuts[cuts.length - 1]
let points: Float32Array
let scores: Float32Array
let found: Awaited<ReturnType<typeof everything>>
beforeAll(async () => {
  ;({ points, scores } = await writeShards(root))
  found = await everything(inThisProcess(), root, join(root, 'one'))
})
const matrix = (values: Float32Array, columns: number) => ({ values, rows: values.length / columns, columns })
/** All rows of the files of one kind. */
async function all(folder: string, what: string): Promise<number[]> {
  const names = readdirSync(join(root, folder)).filter((name) => name.startsWith(`${what}-`))
  const parts = await Promise.all(names.sort().map((name) => readNpy(join(root, folder, name))))
  return parts.flatMap(({ values }) => Array.from(values as ArrayLike<number>))
}
function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, digits: number) {
  expect(found.length).toBe(expected.length)
  for (let at = 0; at < found.length; at++) expect(found[at], `at ${at}`).toBeCloseTo(expected[at], digits)
}

describe('over shards', () => {
  it('k-means settles where k-means of all rows does from there, and labels them so', async () => {
    const { fit, sizes } = found
    expect(fit.converged).toBe(true)
    const settled = kmeans(matrix(points, width), {
      ...{ k: clusters, random: createRandom(0), seeding: fit.centroids, tolerance: 0 },
    })
    expectClose(settled.centroids.values, fit.centroids.values, 9)
    expect(fit.inertia).toBeCloseTo(settled.inertia, 6)
    const labels = [...predictNearest(matrix(points, width), fit.centroids, null)]
    expect(await all('one/kmeans', 'labels')).toEqual(labels)
    expect([...sizes]).toEqual([0, 1, 2].map((c) => labels.filter((label) => label === c).length))
  })

  it('an empty cluster gets the farthest row, of whatever shard', async () => {
    const folder = join(root, 'far')
    mkdirSync(folder)
    await writeNpy(shardFile(folder, 'part', 0), Float32Array.of(0, 0.1, 0.2), [3, 1])
    await writeNpy(shardFile(folder, 'part', 1), Float32Array.of(0.1, 50, 0.2), [3, 1])
    const data = await openFolder(folder)
    const centroids = { values: Float64Array.of(0.1, -1000, -2000), rows: 3, columns: 1 }
    const seen: number[][] = []
    const fit = await shardedKMeans(inThisProcess(), data, {
      k: 3,
      resume: { centroids, round: 0 },
      onRound: ({ centroids }) => void seen.push([...centroids.values]),
    })
    expect(seen[0].slice(1)).toEqual([50, 0.20000000298023224])
    expect(fit.inertia).toBeLessThan(0.1)
    await expect(shardedKMeans(inThisProcess(), data, { k: 7 })).rejects.toThrow('an integer from 1 to 6, the rows')
  })

  it('neighbours and their graph are those of all rows at once', async () => {
    const expected = nearestNeighbours(matrix(points, width), 6)
    expect(await all('one/knn', 'neighbours')).toEqual([...expected.indices])
    expect(await all('one/knn', 'distances')).toEqual([...expected.distances])
    const graph = knnGraph(matrix(points, width), { neighbours: 6 })
    expect(await all('one/knn', 'values')).toEqual([...graph.values])
    expect(await all('one/knn', 'columns')).toEqual([...graph.indices])
  })

  it('the spectral embedding is that of the whole graph', async () => {
    const graph = knnGraph(matrix(points, width), { neighbours: 6 })
    const whole = spectralEmbedding(graph, { components: 4, random: createRandom(0) })
    expect(found.embedding.converged).toBe(true)
    expectClose(found.embedding.eigenvalues, whole.eigenvalues, 8)
    const embedding = await all('one/embedding', 'embedding')
    // The eigenvalue 0 belongs to as many directions as the graph has components: spans are compared, not directions.
    const span = (values: ArrayLike<number>) => (a: number, b: number) => {
      let sum = 0
      for (let c = 0; c < 4; c++) sum += values[4 * a + c] * values[4 * b + c]
      return sum
    }
    const [ours, theirs] = [span(embedding), span(whole.embedding.values)]
    for (let a = 0; a < rows; a += 7) for (let b = 0; b < rows; b += 5) expect(ours(a, b)).toBeCloseTo(theirs(a, b), 6)
  })

  it('targets are the plans of all rows at once', async () => {
    const cost = Float64Array.from(scores, (score) => -score)
    const shape = { cost, rows, columns: clusters, epsilon: 0.1 }
    const plan = (problem: Parameters<typeof solve>[0]) => solve(problem).plan({ scale: rows })
    expectClose(await all('one/balanced', 'targets'), plan(balanced(shape)), 6)
    expectClose(await all('one/p2ot', 'targets'), plan(p2ot({ ...shape, rho: 0.4 })), 6)
    const { indices } = nearestNeighbours(matrix(points, width), 6)
    const similarity = {
      ...{ rows, columns: rows, offsets: Int32Array.from({ length: rows + 1 }, (_, row) => 6 * row), indices },
      values: new Float64Array(6 * rows).fill(1),
    }
    const semantic = solveSemantic(sp2ot({ ...shape, rho: 0.4, weight: 0.5, similarity }), { rounds: 12 })
    expectClose(await all('one/sp2ot', 'targets'), semantic.plan({ scale: rows }), 5)
    // Ours has the objective at the start too.
    expectClose(found.targets.sp2ot.history.slice(1), semantic.history, 6)
    for (const { converged } of [found.targets.balanced, found.targets.p2ot]) expect(converged).toBe(true)
  })

  it('scores are those of all labels at once; unknown classes are not scored', async () => {
    const folder = join(root, 'labels')
    mkdirSync(folder)
    const random = createRandom(9)
    const draw = () => Int32Array.from({ length: rows }, () => random.integer(5) - 1)
    const [labels, truth] = [draw(), draw()]
    const write = (what: string, values: Int32Array) =>
      Promise.all(
        cuts.slice(1).map(async (to, at) => {
          await writeNpy(shardFile(folder, what, at), values.slice(cuts[at], to), [to - cuts[at]])
          return shardFile(folder, what, at)
        }),
      )
    const [labelFiles, truthFiles] = [await write('labels', labels), await write('truth', truth)]
    const known = [...truth.keys()].filter((row) => truth[row] >= 0)
    for (const noise of ['cluster', 'drop'] as const) {
      const whole = contingencyTable(
        known.map((row) => truth[row]),
        known.map((row) => labels[row]),
        { noise },
      )
      expect(await shardedTable(inThisProcess(), labelFiles, truthFiles, noise)).toEqual(whole)
    }
    await expect(shardedTable(inThisProcess(), labelFiles, truthFiles.slice(1))).rejects.toThrow('[4] files')
    await expect(shardedTable(inThisProcess(), labelFiles, [...truthFiles].reverse())).rejects.toThrow('classes')
  })

  it('is the same to the bit in whatever order, and however often, calls are done', async () => {
    const backwards: ShardRunner = {
      async run(calls, onAnswer) {
        const answers: Uint8Array[] = []
        for (const [at, call] of [...calls.entries()].reverse()) {
          const context = { value: async (name: string) => call.values![name] }
          await runTask(call, context)
          answers[at] = await runTask(call, context)
        }
        for (const [at, answer] of answers.entries()) await onAnswer(answer, at)
      },
    }
    // What a worker that was killed has left.
    for (const what of ['kmeans', 'knn', 'embedding', 'balanced', 'sp2ot']) {
      mkdirSync(join(root, 'again', what), { recursive: true })
      writeFileSync(join(root, 'again', what, `labels-000001.npy.${randomUUID()}.tmp`), 'half')
    }
    const again = await everything(backwards, root, join(root, 'again'))
    expect(files(join(root, 'again'))).toEqual(files(join(root, 'one')))
    expect(again).toEqual(found)
    // Nothing is left of what was needed on the way.
    expect(Object.keys(files(join(root, 'one'))).filter((name) => /work|b\d+-/.test(name))).toEqual([])
  })

  it('refuses tasks and arguments that are none, and shards that have changed', async () => {
    const context = { value: async () => new Uint8Array(0) }
    await expect(runTask({ task: 'other', args: {} }, context)).rejects.toThrow('allowed: sample, kmeans')
    const data = { folder: join(root, 'points'), identity: 'other' }
    await expect(runTask({ task: 'kmeans', args: { data, shard: -1, normalize: false } }, context)).rejects.toThrow(
      'args.shard of kmeans: got -1',
    )
    await expect(runTask({ task: 'kmeans', args: { data, shard: 0, normalize: false } }, context)).rejects.toThrow(
      'are others on this machine',
    )
    expect(() => unpacked(Uint8Array.of(1, 2, 3))).toThrow('no arrays')
    const bytes = packed({ a: Float64Array.of(1, 2), b: Int32Array.of(3), c: new Float32Array(0) })
    const moved = new Uint8Array(bytes.length + 3)
    moved.set(bytes, 3)
    expect(unpacked(moved.subarray(3))).toEqual({
      a: Float64Array.of(1, 2),
      b: Int32Array.of(3),
      c: new Float32Array(0),
    })
    expect(() => unpacked(bytes.subarray(0, -8))).toThrow('no arrays')
  })
})
