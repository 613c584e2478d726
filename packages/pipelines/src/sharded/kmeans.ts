import { removeUnfinished } from '@dc/core/cache'
import { createRandom, DcError, OptionError } from '@dc/core/plugin'
import { finishPartials, kmeans, type Matrix } from '@dc/spectral'
import type { OpenFolder } from './folder'
import { addedInOrder } from './in-order'
import { packed, unpacked } from './packed'
import type { ShardRunner } from './runner'
import { productsHere } from './tasks/kmeans'

/** How {@link shardedKMeans} works. */
export interface ShardedKMeansOptions {
  readonly k: number
  readonly seed?: number
  /** Starts on the sample; the one of lowest inertia goes on. Default 1. */
  readonly starts?: number
  /** Rows that the start is found on. Default 64 k, at least 4,096 and at most all. */
  readonly sampleRows?: number
  /** Most rounds over all rows. Default 100. */
  readonly rounds?: number
  /** Ends once the centroids' squared movement is at most this times the mean variance of the sample's columns. Default 1e-4. */
  readonly tolerance?: number
  /** Rows of length 1: clusters by direction. */
  readonly normalize?: boolean
  /** A round that is gone on from. */
  readonly resume?: { readonly centroids: Matrix; readonly round: number }
  /** Told after each round, in whose keeping the run may go on from there. */
  readonly onRound?: (state: ShardedKMeansRound) => void | Promise<void>
}

/** Where {@link shardedKMeans} stands. */
export interface ShardedKMeansRound {
  readonly round: number
  readonly centroids: Matrix
  /** Of the centroids before. */
  readonly inertia: number
  readonly shift: number
}

/** Centroids of all rows. */
export interface ShardedKMeans {
  readonly centroids: Matrix
  /** Of the centroids of the last round. */
  readonly inertia: number
  readonly rounds: number
  readonly converged: boolean
}

const normalized = (data: OpenFolder, shard: number, normalize: boolean) => ({
  data: { folder: data.folder, identity: data.identity },
  shard,
  normalize,
})

/**
 * k-means of all rows of a folder of shards (Lloyd 1982), exactly: each round goes over every row. In memory are one shard for each
 * that works, the centroids, and a sample of rows on which the start is found (greedy k-means++).
 *
 * A shard's part is K sums of rows; parts are added in the order of the shards, so that the centroids are the same to the bit
 * whoever computes them. An empty cluster gets the row that is farthest from its centroid.
 *
 * @throws OptionError for k above the number of rows
 * @example
 * const { centroids } = await shardedKMeans(inThisProcess(), await openFolder('features'), { k: 10 })
 */
export async function shardedKMeans(
  runner: ShardRunner,
  data: OpenFolder,
  options: ShardedKMeansOptions,
): Promise<ShardedKMeans> {
  const { k, rounds = 100, tolerance = 1e-4, normalize = false, resume, onRound } = options
  const all = data.data.size
  if (!(Number.isInteger(k) && k >= 1 && k <= all))
    throw new OptionError('k', k, `an integer from 1 to ${all}, the rows`)
  const points = await sampled(runner, data, options)
  const limit = tolerance * meanVariance(points)
  let { centroids, round } = resume ?? { centroids: await started(points, options), round: 0 }
  let [inertia, converged] = [Number.NaN, false]
  while (round < rounds && !converged) {
    const values = { centroids: packed({ centroids: Float64Array.from(centroids.values) }) }
    const calls = data.rows.map((_, shard) => ({ task: 'kmeans', args: normalized(data, shard, normalize), values }))
    const found = await addedInOrder(runner, calls, ['sums', 'masses', 'inertia'])
    inertia = found.inertia[0]
    const next = finishPartials({ ...found, inertia }, centroids)
    if (next.empty.length > 0) await fill(runner, data, next, values, normalize)
    const shift = squaredShift(next.centroids, centroids)
    centroids = next.centroids
    round++
    converged = shift <= limit
    await onRound?.({ round, centroids, inertia, shift })
  }
  return { centroids, inertia, rounds: round, converged }
}

/** Rows of all shards in proportion to their length. */
async function sampled(
  runner: ShardRunner,
  data: OpenFolder,
  { k, seed = 0, sampleRows, normalize = false }: ShardedKMeansOptions,
): Promise<Matrix> {
  const all = data.data.size
  const wanted = Math.min(all, Math.max(k, sampleRows ?? Math.max(4096, 64 * k)))
  // Shares that add up: those of the first rows less those of the rows before.
  const upTo = (row: number) => Math.round((row / all) * wanted)
  const calls = data.rows.map((rows, shard) => ({
    task: 'sample',
    args: {
      ...normalized(data, shard, normalize),
      seed,
      count: upTo(data.starts[shard] + rows) - upTo(data.starts[shard]),
    },
  }))
  const parts: ArrayLike<number>[] = []
  await runner.run(calls, (answer) => void parts.push(unpacked<'values'>(answer).values))
  const length = parts.reduce((sum, { length }) => sum + length, 0)
  const values = data.data.parts[0].single ? new Float32Array(length) : new Float64Array(length)
  let at = 0
  for (const part of parts) {
    values.set(part, at)
    at += part.length
  }
  return { values, rows: values.length / data.width, columns: data.width }
}

async function started(points: Matrix, { k, seed = 0, starts = 1 }: ShardedKMeansOptions): Promise<Matrix> {
  const products = await productsHere()
  return kmeans(points, { k, random: createRandom(seed), nInit: starts, products }).centroids
}

/** Gives each empty cluster a far row of any shard; equally far rows go by their order. */
async function fill(
  runner: ShardRunner,
  data: OpenFolder,
  { centroids, empty }: { centroids: Matrix; empty: readonly number[] },
  values: { readonly centroids: Uint8Array },
  normalize: boolean,
): Promise<void> {
  const { width } = data
  const calls = data.rows.map((_, shard) => ({
    task: 'farthest',
    args: { ...normalized(data, shard, normalize), count: empty.length },
    values,
  }))
  const far: { square: number; row: Float64Array }[] = []
  await runner.run(calls, (answer) => {
    const { squares, values } = unpacked<'squares' | 'values'>(answer)
    for (const [at, square] of squares.entries())
      far.push({ square, row: Float64Array.from(values.subarray(at * width, (at + 1) * width)) })
  })
  // The sort is stable.
  far.sort((a, b) => b.square - a.square)
  if (!(centroids.values instanceof Float64Array)) throw new DcError('Centroids are float64.')
  for (const [at, cluster] of empty.entries())
    if (far[at]?.square > 0) centroids.values.set(far[at].row, cluster * width)
}

/** Summed over all centroids. */
function squaredShift(a: Matrix, b: Matrix): number {
  let sum = 0
  for (let at = 0; at < a.values.length; at++) sum += (a.values[at] - b.values[at]) ** 2
  return sum
}

/** Mean over the columns of their variance. */
function meanVariance({ values, rows, columns }: Matrix): number {
  let total = 0
  for (let c = 0; c < columns; c++) {
    let [mean, squares] = [0, 0]
    for (let row = 0; row < rows; row++) mean += values[row * columns + c] / rows
    for (let row = 0; row < rows; row++) squares += (values[row * columns + c] - mean) ** 2
    total += squares / rows
  }
  return total / columns
}

/**
 * Labels of all rows by the nearest centroid, in a `labels-…` file `[rows]` of int32 for each shard.
 *
 * @param out a folder that all who work see
 * @returns how many rows each cluster has
 */
export async function shardedLabels(
  runner: ShardRunner,
  data: OpenFolder,
  centroids: Matrix,
  { out, normalize = false }: { readonly out: string; readonly normalize?: boolean },
): Promise<Float64Array> {
  const values = { centroids: packed({ centroids: Float64Array.from(centroids.values) }) }
  const calls = data.rows.map((_, shard) => ({
    task: 'label',
    args: { ...normalized(data, shard, normalize), out },
    values,
  }))
  const { sizes } = await addedInOrder(runner, calls, ['sizes'])
  await removeUnfinished(out)
  return sizes
}
