import { ShapeError } from '@dc/core/plugin'
import { accumulateTable, type ContingencyTable } from '@dc/metrics'
import { unpacked } from './packed'
import type { ShardRunner } from './runner'

/**
 * The contingency table of labels and classes in shards, from which every external score follows: counts are added, so the
 * scores are those of all rows at once.
 *
 * @param labels files of labels, `[n]` whole numbers
 * @param truth files of classes, in the same order and of the same lengths; −1 is unknown and not scored
 * @throws ShapeError unless there are as many files of both; DataError as `accumulateTable`
 * @example
 * adjustedRandIndex(await shardedTable(inThisProcess(), ['labels-000000.npy'], ['truth-000000.npy']))
 */
export async function shardedTable(
  runner: ShardRunner,
  labels: readonly string[],
  truth: readonly string[],
  noise: 'cluster' | 'drop' = 'cluster',
): Promise<ContingencyTable> {
  if (labels.length !== truth.length)
    throw new ShapeError('truth', [truth.length], `[${labels.length}] files, as of labels`)
  const table = accumulateTable({ noise: 'cluster' })
  const calls = labels.map((file, at) => ({ task: 'table', args: { labels: file, truth: truth[at], noise } }))
  await runner.run(calls, (answer) => {
    const { truth, labels, counts } = unpacked<'truth' | 'labels' | 'counts'>(answer)
    table.merge({
      ...table,
      *entries() {
        for (const [at, count] of counts.entries()) yield [truth[at], labels[at], count]
      },
    })
  })
  return table.finish()
}
