import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { OptionError } from '@dc/core'
import { writeWhole } from '@dc/core/cache'
import { readNpy } from '@dc/data'
import * as metrics from '@dc/metrics'
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
  startsOf,
  writeNpy,
} from '@dc/pipelines/sharded'
import { classFiles, labelFiles } from './label-files'
import type { ShardsFlags } from './shards-flags'

/** What a work on shards is given. */
export interface ShardWork {
  readonly runner: ShardRunner
  readonly folders: readonly string[]
  readonly flags: ShardsFlags
  readonly out: string
  note(line: string): void
}

/** What each work answers with: plain facts. */
type Work = (work: ShardWork) => Promise<Record<string, unknown>>

const needed = <T>(flag: string, value: T | undefined, allowed: string): T => {
  if (value === undefined) throw new OptionError(flag, undefined, allowed)
  return value
}

/** Where k-means stood, for a coordinator that comes after one that died. */
const roundFile = (out: string) => join(out, 'round.json')

const kmeans: Work = async ({ runner, folders, flags, out, note }) => {
  const k = needed('--k', flags.k, 'the number of clusters')
  const data = await openFolder(folders[0])
  const { normalize, seed, rounds, starts } = flags
  const known = existsSync(roundFile(out)) ? JSON.parse(await readFile(roundFile(out), 'utf8')) : undefined
  if (known) note(`goes on from round ${known.round}`)
  const fit = await shardedKMeans(runner, data, {
    ...{ k, seed, rounds, normalize, starts },
    ...(known && { resume: { centroids: await centroidsIn(join(out, known.file)), round: known.round } }),
    async onRound({ round, centroids, inertia, shift }) {
      const file = `round-${round % 2}.npy`
      await writeNpy(join(out, file), Float64Array.from(centroids.values), [centroids.rows, centroids.columns])
      await writeWhole(roundFile(out), (to) => to.writeFile(JSON.stringify({ round, file })))
      note(`round ${round}: inertia ${inertia.toPrecision(8)}, moved ${shift.toPrecision(3)}`)
    },
  })
  const { centroids, inertia, converged } = fit
  await writeNpy(join(out, 'centroids.npy'), Float64Array.from(centroids.values), [centroids.rows, centroids.columns])
  const sizes = await shardedLabels(runner, data, centroids, { out, normalize })
  for (const file of ['round.json', 'round-0.npy', 'round-1.npy']) await rm(join(out, file), { force: true })
  return { rows: data.data.size, k, inertia, rounds: fit.rounds, converged, sizes: [...sizes] }
}

const label: Work = async ({ runner, folders, flags, out }) => {
  const centroids = await centroidsIn(needed('--centroids', flags.centroids, 'centroids.npy of dclust shards kmeans'))
  const data = await openFolder(folders[0])
  if (centroids.columns !== data.width)
    throw new OptionError('--centroids', `${centroids.columns} columns`, `${data.width}, as the shards have`)
  const sizes = await shardedLabels(runner, data, centroids, { out, normalize: flags.normalize })
  return { rows: data.data.size, k: centroids.rows, sizes: [...sizes] }
}

const neighbours: Work = async ({ runner, folders, flags, out, note }) => {
  const data = await openFolder(folders[0])
  const k = needed('--k', flags.k, 'the number of neighbours of each row')
  await shardedNeighbours(runner, data, {
    ...{ k, out, normalize: flags.normalize, resume: true },
    onShard: (done, of) => note(`neighbours of ${done} of ${of} shards`),
  })
  await shardedGraph(runner, out, startsOf(data), k)
  return { rows: data.data.size, k, starts: startsOf(data) }
}

const embed: Work = async ({ runner, folders, flags, out, note }) => {
  const [graph] = folders
  const { result } = await settingsIn(graph, 'neighbours')
  const found = await shardedEmbedding(runner, {
    ...{ graph, out, starts: result.starts as number[], seed: flags.seed },
    components: needed('--components', flags.components, 'the number of coordinates of a row'),
    onRestart: (restart, residual) => note(`restart ${restart}: residual ${residual.toPrecision(3)}`),
  })
  const { eigenvalues, residuals, restarts, converged } = found
  return { eigenvalues: [...eigenvalues], residuals: [...residuals], restarts, converged }
}

const targets: Work = async ({ runner, folders, flags, out, note }) => {
  const scores = await openFolder(folders[0])
  const { method, scores: as, epsilon, rho, gamma, weight } = flags
  if (method === 'sp2ot') await settingsIn(needed('--neighbours', flags.neighbours, 'a folder'), 'neighbours')
  const found = await shardedTargets(runner, scores, {
    ...{ method, as, epsilon, rho, gamma, weight, out, graph: flags.neighbours },
    onRound: (round, error) => note(`problem ${round}: error ${error.toPrecision(3)}`),
  })
  return { rows: scores.data.size, method, passes: found.passes, converged: found.converged, history: found.history }
}

const scores: Work = async ({ runner, folders, out }) => {
  const [found, truth] = folders
  if (truth === undefined)
    throw new OptionError('truth', undefined, 'a second folder: labels-….npy, or shards with classes')
  const table = await shardedTable(runner, await labelFiles(found), await classFiles(truth, out))
  const { accuracy, adjustedRandIndex, normalizedMutualInformation, vMeasure } = metrics
  return {
    rows: table.total,
    clusters: table.clusters.length,
    classes: table.classes.length,
    acc: accuracy(table),
    nmi: normalizedMutualInformation(table),
    ari: adjustedRandIndex(table),
    vMeasure: vMeasure(table),
  }
}

/** All works by their names. */
export const shardWorks: Readonly<Record<string, Work>> = { kmeans, label, neighbours, embed, targets, scores }

async function centroidsIn(path: string) {
  const { values, shape } = await readNpy(path)
  if (shape.length !== 2) throw new OptionError('--centroids', `[${shape.join(', ')}]`, 'an array [k, columns]')
  return { values: Float64Array.from(values as ArrayLike<number>, Number), rows: shape[0], columns: shape[1] }
}

/** What an earlier command has written. @throws OptionError unless it did this, and has finished */
async function settingsIn(folder: string, work: string): Promise<{ result: Record<string, unknown> }> {
  const file = join(folder, 'result.json')
  const found = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined
  if (found?.work !== work)
    throw new OptionError('folder', folder, `one that dclust shards ${work} has written, and finished`)
  return found
}
