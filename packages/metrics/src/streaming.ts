import { DataError, OptionError } from '@dc/core/plugin'
import { type ContingencyTable, tableOf } from './contingency'
import { type Labels, type NoiseOptions, pairLabels } from './labels'

/** Counts that grow batch by batch and merge shard by shard; holds no samples. */
export interface TableAccumulator {
  /** Counts a batch, of which policy `drop` may leave nothing. @throws ShapeError, DataError for unfit labels */
  add(truth: Labels, labels: Labels): void
  /** Adds the counts of another shard; the other one stays as it is. */
  merge(other: TableAccumulator): void
  /** The table of everything added so far, for any external score. @throws DataError if that is nothing */
  finish(): ContingencyTable
  /** Pairs counted so far as `[class, cluster, count]`, to send a shard elsewhere. */
  entries(): Iterable<[number, number, number]>
}

/**
 * Accumulates a contingency table over batches and shards: the score of the whole, not the mean of scores.
 *
 * @param options.noise how labels of −1 are read; `singletons` is not possible, because it needs all labels at once
 * @example
 * const seen = accumulateTable()
 * seen.add([0, 0, 1], [1, 1, 0])
 * seen.merge(accumulateTable())
 * normalizedMutualInformation(seen.finish())
 */
export function accumulateTable(
  options: { noise?: Exclude<NoiseOptions['noise'], 'singletons'> } = {},
): TableAccumulator {
  if ((options.noise as string) === 'singletons') throw new OptionError('noise', options.noise, 'cluster, drop')
  const counts = new Map<number, Map<number, number>>()
  const count = (truth: number, label: number, times: number) => {
    let row = counts.get(truth)
    if (!row) counts.set(truth, (row = new Map()))
    row.set(label, (row.get(label) ?? 0) + times)
  }
  const add = (truth: Labels, labels: Labels) => {
    const [rows, columns] = pairLabels(truth, labels, options.noise)
    for (let i = 0; i < rows.length; i++) count(rows[i], columns[i], 1)
  }
  function* entries(): Generator<[number, number, number]> {
    for (const [truth, row] of counts) for (const [label, times] of row) yield [truth, label, times]
  }
  return {
    add,
    entries,
    merge: (other) => {
      for (const [truth, label, times] of [...other.entries()]) count(truth, label, times)
    },
    finish: () => finish([...entries()]),
  }
}

function finish(entries: [number, number, number][]): ContingencyTable {
  if (entries.length === 0)
    throw new DataError('No labels were added, or only such as are dropped; there is nothing to score.')
  entries.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const distinct = (side: 0 | 1) => Int32Array.from(new Set(entries.map((entry) => entry[side]))).sort()
  const [classes, clusters] = [distinct(0), distinct(1)]
  const rank = (values: Int32Array) => new Map(Array.from(values, (value, at) => [value, at]))
  const [rowOf, columnOf] = [rank(classes), rank(clusters)]
  return tableOf(classes, clusters, {
    row: Int32Array.from(entries, ([truth]) => rowOf.get(truth)!),
    column: Int32Array.from(entries, ([, label]) => columnOf.get(label)!),
    count: Float64Array.from(entries, ([, , times]) => times),
  })
}
