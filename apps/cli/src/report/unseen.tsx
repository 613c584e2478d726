import { Scroll } from '@dc/explore/parts'
import { shownName } from './names'
import { scoreText } from './numbers'
import type { RunResult } from './run-result'

const columns = ['NMI', 'NMI with SC', 'R@1', 'R@2', 'R@4', 'R@8']

/** The scores on unseen classes as rows of text, means over the seeds; none if all classes were seen. */
export function unseenTable(run: RunResult): { head: string[]; rows: string[][] } | null {
  const seeds = run.seeds.flatMap(({ unseen }) => (unseen ? [unseen] : []))
  if (seeds.length === 0) return null
  const rows = seeds[0].map(({ name }, at) => {
    const scores = seeds.map((spaces) => spaces[at])
    const values = [
      scores.map(({ nmi }) => nmi),
      scores.map(({ nmiSpectral }) => nmiSpectral),
      ...[1, 2, 4, 8].map((depth) => scores.map(({ recall }) => recall[depth])),
    ]
    return [shownName(name), ...values.map(scoreText)]
  })
  return { head: ['space', ...columns], rows }
}

/** What was learned from some classes, on others. */
export function UnseenSection({ run }: { run: RunResult }) {
  const table = unseenTable(run)
  if (!table) return null
  return (
    <section>
      <h2>Classes that training did not see</h2>
      <p class="note">
        All rows of this report are of such classes. NMI of k-means on rows of length 1; with SC after spectral
        clustering of the embedding's column space. R@m: a row of the same class is among the m nearest by cosine.
      </p>
      <Scroll label="Scores on unseen classes">
        <table class="small">
          <thead>
            <tr>
              {table.head.map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(([name, ...cells], row) => (
              <tr key={row}>
                <td>{name}</td>
                {cells.map((cell, at) => (
                  <td key={at}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}
