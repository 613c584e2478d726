import { indices, type MethodRow, methodRows, whatCame } from './methods'
import { fitted, shownName } from './names'
import { count, duration, extent, meanAndDeviation, scoreText } from './numbers'
import type { RunResult, Scores } from './run-result'
import { Scroll } from './scroll'

const external = [
  ['acc', 'ACC', 'share of rows that are right after clusters are matched to classes one to one'],
  ['nmi', 'NMI', 'normalised mutual information, arithmetic mean'],
  ['ari', 'ARI', 'adjusted Rand index'],
] as const

/** What came out, in one line for people. */
export function Title({ run }: { run: RunResult }) {
  const known = run.baselines.kmeans.acc !== undefined
  const found = run.seeds.map(({ acc }) => acc).filter((acc) => typeof acc === 'number')
  const accuracy = found.length === run.seeds.length ? meanAndDeviation(found).mean : null
  const labelled = run.dataset.labels?.reduce((sum, label) => sum + (label >= 0 ? 1 : 0), 0) ?? 0
  const which = labelled < run.dataset.size ? `the ${count(labelled)} of known class` : 'them'
  const rows = `${count(run.dataset.size)} ${(run.dataset.seen ?? run.dataset).image ? 'images' : 'rows'}`
  return (
    <header>
      <p class="eyebrow">
        dclust · {run.pipeline} · {shownName(run.dataset.name)} · {run.finishedAt.slice(0, 16).replace('T', ' ')} UTC
      </p>
      <h1>
        {whatCame(run, rows)}
        {accuracy === null ? '' : `, ${(100 * accuracy).toFixed(1)} % of ${which} right`}
      </h1>
      {run.verdict !== '' && <p class="verdict">{fitted(run.verdict, longestFact)}</p>}
      <p class="lead">{lead(run, known)}</p>
    </header>
  )
}

/** What the scores mean. */
function lead({ supervised }: RunResult, known: boolean): string {
  if (!known)
    return 'The data came without labels, so the clusters are judged by the rows alone: all methods in one space, which none of them made, by several numbers, of which none picks the better clustering reliably.'
  return supervised
    ? 'This method trains with the true labels: the scores tell how well it fits these rows, not how it would do on new ones.'
    : 'No label was used for training or for choosing the clusters; labels only score the result.'
}

/** What a person would point out. */
export function WarningSection({ run }: { run: RunResult }) {
  if (run.warnings.length === 0) return null
  return (
    <section class="warnings">
      <h2>{run.warnings.length === 1 ? 'A warning' : `${run.warnings.length} warnings`}</h2>
      <ul class="missing">
        {run.warnings.map(({ code, message }) => (
          <li key={`${code} ${message}`}>{fitted(message, longestFact)}</li>
        ))}
      </ul>
    </section>
  )
}

/** The method beside the baselines. */
export function Headline({ run }: { run: RunResult }) {
  const known = run.baselines.kmeans.acc !== undefined
  const rows = methodRows(run)
  const columns = known ? external : []
  const shown = known ? [] : indices(run)
  const asked = Object.keys(run.baselines.kmeans.scores ?? {})
  return (
    <section class="headline" aria-label="Scores">
      <Scroll label="Table of scores">
        <table class="stacked">
          <thead>
            <tr>
              <th>method</th>
              {columns.map(([name, title, meaning]) => (
                <th key={name} title={meaning}>
                  {title}
                </th>
              ))}
              {shown.map(({ title, meaning }) => (
                <th key={title} title={meaning}>
                  {title}
                </th>
              ))}
              {asked.map((name) => (
                <th key={name}>{shownName(name)}</th>
              ))}
              <th>{run.seeds.length > 1 ? 'time per seed' : 'time'}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name} class={row.own ? 'ours' : undefined}>
                <th scope="row">
                  {shownName(row.name)}
                  <small>{row.detail}</small>
                </th>
                {columns.map(([name, title]) => (
                  <td key={name} data-title={title} class={isBest(row, rows, name) ? 'better' : undefined}>
                    <Score text={scoreText(row.scores.map((score) => score[name]))} why={whyNot(row.scores, name)} />
                  </td>
                ))}
                {shown.map(({ title, name, of }) => (
                  <td key={title} data-title={title}>
                    <Score text={of(row)} why={name && whyNot(row.scores, name)} />
                  </td>
                ))}
                {asked.map((name) => (
                  <td key={name} data-title={shownName(name)}>
                    <Score
                      text={scoreText(row.scores.map((one) => one.scores?.[name]))}
                      why={whyNot(row.scores, `scores.${name}`)}
                    />
                  </td>
                ))}
                <td data-title="time">{duration(meanAndDeviation(row.scores.map(({ seconds }) => seconds)).mean)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

/** A mean, with its deviation in smaller type, and with why a value is missing. */
export function Score({ text, why }: { text: string; why?: string }) {
  const [mean, deviation] = text.split(' ± ')
  return (
    <>
      {mean}
      {deviation && <small> ± {deviation}</small>}
      {why && <small class="why">{shownName(why)}</small>}
    </>
  )
}

/** Why a score is not defined, in the first of several seeds. */
export function whyNot(scores: readonly Scores[], name: string): string | undefined {
  return scores.map(({ undefinedScores }) => undefinedScores?.[name]).find((why) => why !== undefined)
}

/** Columns of a fact. */
const longestFact = 500

/** What ran, how labels were chosen, on what. */
export function Facts({ run }: { run: RunResult }) {
  // Those that ran: a training may end early.
  const [fewest, most] = extent(run.seeds.map((seed) => seed.epochs))
  return (
    <dl class="facts">
      <Fact term={`Recipe: ${shownName(run.recipe.name)}`}>{fitted(run.recipe.description, longestFact)}</Fact>
      <Fact term={`Labels: ${shownName(run.labelRule.name)}`}>{fitted(run.labelRule.description, longestFact)}</Fact>
      <Fact term={`Backend: ${shownName(run.backend.name)}`}>{fitted(run.backend.description, longestFact)}</Fact>
      <Fact term="Training">
        {most === 0 ? 'none' : `${fewest === most ? most : `${fewest}–${most}`} ${most === 1 ? 'epoch' : 'epochs'}`}
        {run.seeds.length > 1 ? ` × ${run.seeds.length} seeds` : ''} on {count(run.dataset.size)} rows of{' '}
        {run.dataset.sampleShape.join(' × ')}; {duration(run.seconds)} in all
      </Fact>
    </dl>
  )
}

function Fact({ term, children }: { term: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Whether a row has the greatest mean of a score. */
function isBest(row: MethodRow, rows: readonly MethodRow[], name: 'acc' | 'nmi' | 'ari'): boolean {
  const mean = ({ scores }: MethodRow) => meanAndDeviation(scores.map((score) => score[name] ?? Number.NaN)).mean
  const own = mean(row)
  return rows.every((other) => other === row || !(mean(other) >= own)) && Number.isFinite(own)
}
