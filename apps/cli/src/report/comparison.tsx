import { ScoreTable, Scroll } from '@dc/explore/parts'
import { cellOf, indices, type MethodRow, methodRows, outer, timeOf } from './methods'
import { fitted, shownName } from './names'
import { count, extent } from './numbers'
import type { RunResult, Scores, SeedResult } from './run-result'

/** Every method and seed in one table, by the true classes if they are known and by the rows alone, and how alike their labels are. */
export function TriedSection({ run }: { run: RunResult }) {
  const known = run.baselines.kmeans.acc !== undefined
  const { methods, ari } = run.agreement
  const several = run.seeds.length > 1
  if (!known && !several && methods.length < 2) return null
  const [own, ...others] = methodRows(run)
  const seeds = run.seeds.map(
    (seed): MethodRow => ({
      ...own,
      name: `seed ${seed.seed}${seed.seed === run.shownSeed ? ' (shown)' : ''}`,
      scores: [seed],
      seedAgreement: null,
    }),
  )
  const rows = [own, ...(several ? seeds : []), ...others]
  const columns = [...(known ? outer(rows, 5) : []), ...indices(run)]
  return (
    <section>
      <h2>What was tried</h2>
      <p class="note">
        Scored in one space that none of them made: {fitted(run.space, 200)}. None of these numbers picks the better
        clustering reliably, so there are several; where methods agree, the clusters are likely in the data.
      </p>
      {(known || several) && (
        <ScoreTable
          small
          label="Scores of every method and seed"
          columns={[...columns, { title: 'epochs' }, { title: 'time' }]}
          rows={rows.map((row) => ({
            name: shownName(row.name),
            cells: [
              ...columns.map((column) => ({ ...cellOf(column, row), best: false })),
              { text: row.own ? span(row.scores) : '–' },
              { text: timeOf(row) },
            ],
          }))}
        />
      )}
      {methods.length > 1 && (
        <>
          <h3 class="gap">Agreement of the labels (ARI)</h3>
          <Scroll label="How alike the labels are">
            <table class="small agreement">
              <thead>
                <tr>
                  <td />
                  {methods.map((name) => (
                    <th key={name} scope="col">
                      {shownName(name)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {methods.map((name, i) => (
                  <tr key={name}>
                    <th scope="row">{shownName(name)}</th>
                    {ari[i].map((value, j) => (
                      <td key={methods[j]} style={i === j ? undefined : { background: depth(value) }}>
                        {i === j ? '' : value.toFixed(2)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </section>
  )
}

/** Epochs of the trainings: `40`, or `38–40`. */
function span(scores: readonly Scores[]): string {
  const [least, most] = extent(scores.map((score) => (score as SeedResult).epochs))
  return least === most ? count(least) : `${count(least)}–${count(most)}`
}

/** Deeper = more alike; text stays readable on it. */
const depth = (ari: number) => `color-mix(in oklab, var(--accent) ${Math.round(45 * Math.max(0, ari))}%, var(--card))`
