import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DataError, OptionError, quoted } from '@dc/core'
import { type LabelValue, loadShards, readNpy } from '@dc/data'
import { isLabelFile, labelFiles } from '../shards/label-files'

/**
 * Labels that `dclust shards` has written into a folder, a file for each shard; or, as the truth, the classes of a folder of shards.
 *
 * @throws DataError for a folder that holds neither; OptionError for a column, for such folders have none
 */
export async function shardLabels(
  folder: string,
  column: string | undefined,
  side: 'labels' | 'truth',
): Promise<{ readonly values: readonly LabelValue[]; readonly names?: readonly string[] }> {
  if (column !== undefined) throw new OptionError(side === 'truth' ? '--truth-column' : '--column', column, 'CSV files')
  const names = readdirSync(folder)
  if (names.some(isLabelFile)) {
    const values: LabelValue[] = []
    for (const path of await labelFiles(folder))
      for (const label of (await readNpy(path)).values as ArrayLike<LabelValue> & Iterable<LabelValue>)
        values.push(label)
    return { values }
  }
  const sharded = names.some((name) => /\.(npy|parquet)$/i.test(name))
  const found = side === 'truth' && sharded ? await loadShards(folder, { check: 'read' }) : undefined
  const { labels, classNames, rowNames } = found ?? {}
  if (!labels)
    throw new DataError(
      `${quoted(folder)} holds no labels.csv and no labels-….npy: it is no run folder, or its run labelled nothing yet${found ? '; its shards have no classes' : ''}.`,
      { path: join(folder, 'labels.csv') },
    )
  const values = Array.from(labels, (label) => (label < 0 ? null : (classNames?.[label] ?? label)))
  return { values, ...(rowNames && { names: [...rowNames] }) }
}
