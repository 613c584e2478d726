import type { Dataset } from '@dc/core'
import type { Alignment } from './alignment'
import { fitted, shownName } from './names'
import { count, scoreText } from './numbers'
import { colour } from './palette'
import type { RunResult } from './run-result'
import { shownClusters } from './samples'
import { tellingWords } from './telling-words'

/** Columns of words. */
const wide = new Set(['purity', 'nearest clusters', 'telling words', 'typical rows'])
/** Rows that are named for a cluster. */
const mostRows = 3

/** What is known of each cluster: size, purity, silhouette, agreement with other methods, neighbours, telling words or rows. */
export function ClusterTable({ run, alignment, dataset }: { run: RunResult; alignment: Alignment; dataset: Dataset }) {
  const { clusters, shown } = run
  // A folder of an earlier version has none.
  if (clusters.length < run.k) return null
  const order = alignment.order.slice(0, shownClusters)
  const known = alignment.confusion !== null
  const methods = Object.keys(clusters[0].overlap)
  const texts = dataset.texts ?? dataset.seen?.texts
  const words = texts && tellingWords(texts, shown.labels, run.k)
  const rows = dataset.image || dataset.seen?.image ? undefined : typicalRows(run, texts ?? dataset.rowNames)
  const called = (cluster: number) => alignment.name.get(cluster) ?? `cluster ${cluster}`
  const nearest = (cluster: number) =>
    clusters[cluster].nearest.map(({ cluster: other, share }) => `${called(other)} (${percent(share)})`).join(', ')
  const columns: readonly (readonly [title: string, of: (cluster: number) => string, meaning: string])[] = [
    ['rows', (cluster) => count(clusters[cluster].size), 'rows in it'],
    ...(known
      ? ([
          [
            'purity',
            (cluster: number) => alignment.purity.get(cluster) ?? '–',
            'its commonest class, and the share of it',
          ],
        ] as const)
      : []),
    ['silhouette', (cluster) => scoreText([clusters[cluster].silhouette]), 'mean of its rows in the common space'],
    [
      'neighbours',
      (cluster) => scoreText([clusters[cluster].neighbourAgreement]),
      'share of its rows’ nearest rows that are in it',
    ],
    ...methods.map(
      (name) =>
        [
          `as ${shownName(name)}`,
          (cluster: number) => percent(clusters[cluster].overlap[name]),
          'rows in it and in its counterpart there, of the rows in either',
        ] as const,
    ),
    ['nearest clusters', (cluster) => nearest(cluster) || '–', 'where its rows’ other nearest rows are'],
    ...(words
      ? ([['telling words', (cluster: number) => words[cluster].join(', ') || '–', 'by c-TF-IDF']] as const)
      : []),
    ...(rows ? ([['typical rows', (cluster: number) => rows[cluster] || '–', 'nearest to its centre']] as const) : []),
  ]
  return (
    <section>
      <h2>Cluster by cluster</h2>
      <p class="note">
        Silhouette and neighbours are of the common space. A cluster that the other methods find too is likely there.
        {order.length < run.k ? ` The first ${order.length} of ${run.k} clusters.` : ''}
      </p>
      <div class="scroll">
        <table class="small stacked">
          <thead>
            <tr>
              <th>cluster</th>
              {columns.map(([title, , meaning]) => (
                <th key={title} title={meaning} class={wide.has(title) ? 'wide' : undefined}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {order.map((cluster) => (
              <tr key={cluster}>
                <th scope="row">
                  <i class="dot" style={{ background: colour(alignment.colour.get(cluster)!) }} />
                  {called(cluster)}
                </th>
                {columns.map(([title, of]) => (
                  <td key={title} data-title={title} class={wide.has(title) ? 'wide' : undefined}>
                    {of(cluster)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Names or texts of the surest rows of each cluster. */
function typicalRows({ shown: { labels, certainty }, k }: RunResult, names?: readonly string[]): string[] {
  const members = Array.from({ length: k }, (): number[] => [])
  labels.forEach((label, row) => {
    members[label]?.push(row)
  })
  return members.map((rows) =>
    rows
      .sort((a, b) => certainty[b] - certainty[a] || a - b)
      .slice(0, mostRows)
      .map((row) => fitted(names?.[row] ?? `row ${row}`, 70))
      .join(' · '),
  )
}

const percent = (share: number) => `${Math.round(100 * share)} %`
