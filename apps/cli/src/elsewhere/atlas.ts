import type { Dataset } from '@dc/core'
import type { RunResult } from '../report/run-result'
import { shellWord } from '../terminal/text'

/** The rows of a run for other tools: Apple's embedding-atlas, DuckDB, pandas. */
export const atlasFile = 'atlas.parquet'

/**
 * A Parquet file with a line for each row: `row` and `name`, `text` or `path` where rows are texts or files, the place on the map (`x`,
 * `y`, empty for rows that are not drawn), `cluster` by its name or number, `cluster_number`, `certainty`, the true `class` where it is
 * known, and the clusters of the methods beside it (`by_kmeans`, …).
 *
 * @param dataset the data that the run was made on
 */
export async function atlasParquet(run: RunResult, dataset: Dataset): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const { labels, certainty, map } = run.shown
  const { labels: truth, classNames } = dataset
  const texts = dataset.texts ?? dataset.seen?.texts
  const files = dataset.rowFiles ?? dataset.seen?.rowFiles
  const rows = Array.from(labels.keys())
  const placed = (at: number) => rows.map((row) => (Number.isNaN(map[2 * row + at]) ? null : map[2 * row + at]))
  const cluster = (label: number) => run.clusterNames?.[label] ?? `cluster ${label}`
  const className = (row: number) => classNames?.[truth![row]] ?? String(truth![row])
  const others = Object.entries(run.baselines).flatMap(([name, { labels: own }]) => (own ? [{ name, own }] : []))
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'row', data: Int32Array.from(rows), type: 'INT32' },
        { name: 'name', data: rows.map((row) => dataset.rowNames?.[row] ?? String(row)), type: 'STRING' },
        ...(texts ? [{ name: 'text', data: [...texts], type: 'STRING' as const }] : []),
        ...(files ? [{ name: 'path', data: files.map(({ path }) => path), type: 'STRING' as const }] : []),
        { name: 'x', data: placed(0), type: 'DOUBLE' },
        { name: 'y', data: placed(1), type: 'DOUBLE' },
        { name: 'cluster', data: Array.from(labels, cluster), type: 'STRING' },
        { name: 'cluster_number', data: labels, type: 'INT32' },
        { name: 'certainty', data: certainty, type: 'DOUBLE' },
        ...(truth
          ? [
              {
                name: 'class',
                data: rows.map((row) => (truth[row] < 0 ? null : className(row))),
                type: 'STRING' as const,
              },
            ]
          : []),
        ...others.map(({ name, own }) => ({ name: `by_${name}`, data: own, type: 'INT32' as const })),
      ],
    }),
  )
}

/** What opens it in embedding-atlas, a Python program. */
export function atlasCommand(path: string, dataset: Pick<Dataset, 'texts' | 'seen'>): string {
  const text = dataset.texts || dataset.seen?.texts ? ' --text text' : ''
  return `uvx embedding-atlas ${shellWord(path)} --x x --y y${text}`
}
