import { ScoreTable } from '@dc/explore/parts'
import { asked, cellOf, indices, methodRows, outer, timeOf, whatCame } from './methods'
import { fitted, nounOf, shownName } from './names'
import { count, duration, extent, meanAndDeviation } from './numbers'
import type { RunResult } from './run-result'
import { withFlags } from './with-flags'

/** What came out, in one line for people. */
export function Title({ run }: { run: RunResult }) {
  const known = run.baselines.kmeans.acc !== undefined
  const found = run.seeds.map(({ acc }) => acc).filter((acc) => typeof acc === 'number')
  const accuracy = found.length === run.seeds.length ? meanAndDeviation(found).mean : null
  const labelled = run.dataset.labels?.reduce((sum, label) => sum + (label >= 0 ? 1 : 0), 0) ?? 0
  const which = labelled < run.dataset.size ? `the ${count(labelled)} of known class` : 'them'
  const rows = `${count(run.dataset.size)} ${nounOf(run.dataset)}s`
  return (
    <header>
      <p class="eyebrow">
        dclust · {run.pipeline} · {shownName(run.dataset.name)} · {run.finishedAt.slice(0, 16).replace('T', ' ')} UTC
      </p>
      <h1>
        {whatCame(run, rows)}
        {accuracy === null ? '' : `, ${(100 * accuracy).toFixed(1)}\u00a0% of ${which} right`}
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
          <li key={`${code} ${message}`}>{withFlags(fitted(message, longestFact))}</li>
        ))}
      </ul>
    </section>
  )
}

/** The method beside the baselines. */
export function Headline({ run }: { run: RunResult }) {
  const known = run.baselines.kmeans.acc !== undefined
  const methods = methodRows(run)
  const columns = [...(known ? outer(methods) : indices(run)), ...asked(run)]
  const rows = methods.map((row) => ({
    name: shownName(row.name),
    detail: row.detail,
    own: row.own,
    cells: [...columns.map((column) => cellOf(column, row)), { text: timeOf(row) }],
  }))
  return (
    <section class="headline" aria-label="Scores">
      <ScoreTable label="Table of scores" columns={[...columns, { title: timeTitle(run) }]} rows={rows} />
    </section>
  )
}

/** Columns of a fact. */
const longestFact = 500

const timeTitle = ({ seeds }: RunResult) => (seeds.length > 1 ? 'time per seed' : 'time')

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
