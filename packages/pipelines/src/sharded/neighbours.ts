import { existsSync } from 'node:fs'
import { removeUnfinished } from '@dc/core/cache'
import { OptionError } from '@dc/core/plugin'
import { finishNeighbours, mergeNeighbours, type NeighboursPartial } from '@dc/spectral'
import { type OpenFolder, shardFile, writeNpy } from './folder'
import { allDone } from './in-order'
import { unpacked } from './packed'
import type { ShardRunner } from './runner'

/** Which neighbours, and where they go. */
export interface ShardedNeighboursOptions {
  /** Neighbours of each row. */
  readonly k: number
  /** A folder that all who work see. */
  readonly out: string
  /** By direction: rows of length 1. */
  readonly normalize?: boolean
  /** Passes over shards whose files are there already, of an earlier call with the same options. */
  readonly resume?: boolean
  /** Told after each shard. */
  readonly onShard?: (done: number, of: number) => void
}

/**
 * The nearest rows of every row of a folder of shards, exactly as `nearestNeighbours` finds them in all rows at once. Each pair of
 * shards is searched by itself; the nearest of all pairs are kept. Of each shard there is a file `neighbours-…` of row numbers
 * among all rows, `[rows, k]` of int32, and one of `distances-…`, float64.
 *
 * @throws OptionError for k that is not below the number of rows
 * @example
 * await shardedNeighbours(inThisProcess(), await openFolder('features'), { k: 15, out: 'knn' })
 */
export async function shardedNeighbours(
  runner: ShardRunner,
  data: OpenFolder,
  { k, out, normalize = false, resume = false, onShard }: ShardedNeighboursOptions,
): Promise<void> {
  const all = data.data.size
  if (!(Number.isInteger(k) && k >= 1 && k < all)) throw new OptionError('k', k, `an integer from 1 to ${all - 1}`)
  const { folder, identity } = data
  for (const [shard, rows] of data.rows.entries()) {
    // Written last.
    if (resume && existsSync(shardFile(out, 'distances', shard))) continue
    const calls = data.rows.map((_, among) => ({
      task: 'neighbours',
      args: { data: { folder, identity }, shard, among, k, normalize },
    }))
    let nearest: NeighboursPartial = { rows, k: 0, indices: new Int32Array(0), squares: new Float64Array(0) }
    await runner.run(calls, (answer) => {
      const found = unpacked<'indices' | 'squares' | 'k'>(answer)
      const part = { rows, k: found.k[0], indices: found.indices as Int32Array, squares: found.squares as Float64Array }
      nearest = mergeNeighbours(nearest, part, k)
    })
    const { indices, distances } = finishNeighbours(nearest)
    await writeNpy(shardFile(out, 'neighbours', shard), indices, [rows, k])
    await writeNpy(shardFile(out, 'distances', shard), distances, [rows, k])
    onShard?.(shard + 1, data.rows.length)
  }
  await removeUnfinished(out)
}

/** The symmetric graph of the neighbours in a folder, `(A + Aᵀ)/2`, in files for each shard beside them. */
export async function shardedGraph(
  runner: ShardRunner,
  folder: string,
  starts: readonly number[],
  k: number,
): Promise<void> {
  const calls = starts.slice(1).map((_, shard) => ({ task: 'graph', args: { folder, shard, starts, k } }))
  await allDone(runner, calls)
  await removeUnfinished(folder)
}

/** The number of the first row of each shard, and of all rows. */
export const startsOf = ({ starts, data }: OpenFolder): number[] => [...starts, data.size]
