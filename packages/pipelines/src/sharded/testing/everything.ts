// Everything that is done over shards, for tests that compare who did it to the bit.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '@dc/core/random'
import {
  openFolder,
  type ShardRunner,
  shardedEmbedding,
  shardedGraph,
  shardedKMeans,
  shardedLabels,
  shardedNeighbours,
  shardedTable,
  shardedTargets,
  shardFile,
  startsOf,
  writeNpy,
} from '../../sharded'

/** Rows of shards of unequal length. */
export const cuts = [0, 41, 42, 90, 150]
export const [width, clusters] = [5, 3]

/** Three groups of points, and scores of three clusters that follow them, as folders of shards. */
export async function writeShards(root: string): Promise<{ points: Float32Array; scores: Float32Array }> {
  const random = createRandom(5)
  const rows = cuts[cuts.length - 1]
  const centres = Array.from({ length: clusters }, () => random.normals(width, 0, 4))
  const points = Float32Array.from({ length: rows * width }, (_, at) => {
    return centres[Math.floor(at / width) % clusters][at % width] + random.normal()
  })
  // Log-probabilities.
  const scores = new Float32Array(rows * clusters)
  for (let row = 0; row < rows; row++) {
    const raw = Array.from({ length: clusters }, (_, j) => (row % clusters === j ? 2 : 0) + random.normal())
    const total = Math.log(raw.reduce((sum, value) => sum + Math.exp(value), 0))
    scores.set(
      raw.map((value) => value - total),
      row * clusters,
    )
  }
  for (const [name, values, columns] of [
    ['points', points, width],
    ['scores', scores, clusters],
  ] as const)
    for (let shard = 0; shard + 1 < cuts.length; shard++) {
      const [from, to] = [cuts[shard], cuts[shard + 1]]
      mkdirSync(join(root, name), { recursive: true })
      await writeNpy(shardFile(join(root, name), 'part', shard), values.slice(from * columns, to * columns), [
        to - from,
        columns,
      ])
    }
  return { points, scores }
}

/** Does everything, into folders below `out`. */
export async function everything(runner: ShardRunner, root: string, out: string) {
  const at = (name: string) => join(out, name)
  for (const name of ['kmeans', 'knn', 'embedding', 'balanced', 'p2ot', 'sp2ot'])
    mkdirSync(at(name), { recursive: true })
  const points = await openFolder(join(root, 'points'))
  const scores = await openFolder(join(root, 'scores'))
  const starts = startsOf(points)
  const fit = await shardedKMeans(runner, points, { k: clusters, seed: 2, tolerance: 1e-20, sampleRows: 30 })
  const sizes = await shardedLabels(runner, points, fit.centroids, { out: at('kmeans') })
  // A centroid that no row is near to.
  const far = { ...fit.centroids, values: Float64Array.from(fit.centroids.values, (x, at) => (at < width ? 1e6 : x)) }
  const filled = await shardedKMeans(runner, points, {
    ...{ k: clusters, seed: 2, sampleRows: 30, rounds: 2, resume: { centroids: far, round: 0 } },
  })
  const labels = points.rows.map((_, shard) => shardFile(at('kmeans'), 'labels', shard))
  const table = await shardedTable(runner, labels, labels)
  await shardedNeighbours(runner, points, { k: 6, out: at('knn') })
  await shardedGraph(runner, at('knn'), starts, 6)
  const embedding = await shardedEmbedding(runner, {
    ...{ components: 4, graph: at('knn'), starts, out: at('embedding'), degree: 8, tolerance: 1e-8 },
  })
  const targets = {
    balanced: await shardedTargets(runner, scores, { method: 'balanced', out: at('balanced') }),
    p2ot: await shardedTargets(runner, scores, { method: 'p2ot', rho: 0.4, out: at('p2ot') }),
    sp2ot: await shardedTargets(runner, scores, {
      ...{ method: 'sp2ot', rho: 0.4, weight: 0.5, graph: at('knn'), out: at('sp2ot'), outerRounds: 12 },
    }),
  }
  return { fit, sizes, filled, table, embedding, targets, starts }
}

/** SHA-256 of every file below a folder, by its name. */
export function files(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  )
}
