import { Score, whyNot } from './headline'
import { indices, methodRows } from './methods'
import { fitted, shownName } from './names'
import type { RunResult } from './run-result'

/** All methods by the rows alone, and how alike their labels are. */
export function ComparisonSection({ run }: { run: RunResult }) {
  const known = run.baselines.kmeans.acc !== undefined
  const { methods, ari } = run.agreement
  if (!known && methods.length < 2) return null
  const rows = methodRows(run)
  const shown = indices(run)
  return (
    <section>
      <h2>The methods beside each other</h2>
      <p class="note">
        Scored in one space that none of them made: {fitted(run.space, 200)}. None of these numbers picks the better
        clustering reliably, so there are several; where methods agree, the clusters are likely in the data.
      </p>
      {known && (
        <div class="scroll">
          <table class="small stacked">
            <thead>
              <tr>
                <th>method</th>
                {shown.map(({ title, meaning }) => (
                  <th key={title} title={meaning}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row">{shownName(row.name)}</th>
                  {shown.map(({ title, name, of }) => (
                    <td key={title} data-title={title}>
                      <Score text={of(row)} why={name && whyNot(row.scores, name)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {methods.length > 1 && (
        <>
          <h3 class="gap">Agreement of the labels (ARI)</h3>
          <div class="scroll">
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
          </div>
        </>
      )}
    </section>
  )
}

/** Deeper = more alike; text stays readable on it. */
const depth = (ari: number) => `color-mix(in oklab, var(--accent) ${Math.round(45 * Math.max(0, ari))}%, var(--card))`
