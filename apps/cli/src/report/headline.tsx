import { fitted, shownName } from './names'
import { count, duration, extent, meanAndDeviation, scoreText } from './numbers'
import type { RunResult, Scores } from './run-result'

const external = [
  ['acc', 'ACC', 'share of rows that are right after clusters are matched to classes one to one'],
  ['nmi', 'NMI', 'normalised mutual information, arithmetic mean'],
  ['ari', 'ARI', 'adjusted Rand index'],
] as const

/** What came out, in one line for people. */
export function Title({ run }: { run: RunResult }) {
  const known = run.kmeans.acc !== undefined
  const found = run.seeds.map(({ acc }) => acc).filter((acc) => typeof acc === 'number')
  const accuracy = found.length === run.seeds.length ? meanAndDeviation(found).mean : null
  const labelled = run.dataset.labels?.reduce((sum, label) => sum + (label >= 0 ? 1 : 0), 0) ?? 0
  const which = labelled < run.dataset.size ? `the ${count(labelled)} of known class` : 'them'
  const rows = `${count(run.dataset.size)} ${run.dataset.image ? 'images' : 'rows'}`
  return (
    <header>
      <p class="eyebrow">
        dclust · {run.pipeline} · {shownName(run.dataset.name)} · {run.finishedAt.slice(0, 16).replace('T', ' ')} UTC
      </p>
      <h1>
        {rows} in {run.k} clusters
        {accuracy === null ? '' : `, ${(100 * accuracy).toFixed(1)} % of ${which} right`}
      </h1>
      <p class="lead">{lead(run, known)}</p>
    </header>
  )
}

/** What the scores mean. */
function lead({ supervised }: RunResult, known: boolean): string {
  if (!known)
    return 'The data came without labels, so the clusters are judged by their shape alone: silhouettes are measured in the space where each method made its labels.'
  return supervised
    ? 'This method trains with the true labels: the scores tell how well it fits these rows, not how it would do on new ones.'
    : 'No label was used for training or for choosing the clusters; labels only score the result.'
}

/** The method beside k-means. */
export function Headline({ run }: { run: RunResult }) {
  const columns = run.kmeans.acc === undefined ? [] : external
  const seeds = run.seeds.length
  const asked = Object.keys(run.kmeans.scores ?? {})
  const cells = (scores: readonly Scores[], other: readonly Scores[]) =>
    columns.map(([name]) => (
      <td key={name} class={isBetter(scores, other, name) ? 'better' : undefined}>
        <Score values={scores.map((score) => score[name])} why={whyNot(scores, name)} />
      </td>
    ))
  const rest = (scores: readonly Scores[]) => (
    <>
      {columns.length === 0 && (
        <td>
          <Score values={scores.map(({ silhouette }) => silhouette)} why={whyNot(scores, 'silhouette')} />
        </td>
      )}
      {columns.length === 0 && <td>{sizeRange(scores[0].sizes)}</td>}
      {asked.map((name) => (
        <td key={name}>
          <Score values={scores.map((one) => one.scores?.[name])} why={whyNot(scores, `scores.${name}`)} />
        </td>
      ))}
      <td>{duration(meanAndDeviation(scores.map(({ seconds }) => seconds)).mean)}</td>
    </>
  )
  return (
    <section class="headline" aria-label="Scores">
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>method</th>
              {columns.map(([name, title, meaning]) => (
                <th key={name} title={meaning}>
                  {title}
                </th>
              ))}
              {columns.length === 0 && <th title="in the space where the labels were made">silhouette</th>}
              {columns.length === 0 && <th>sizes</th>}
              {asked.map((name) => (
                <th key={name}>{shownName(name)}</th>
              ))}
              <th>{seeds > 1 ? 'time per seed' : 'time'}</th>
            </tr>
          </thead>
          <tbody>
            <tr class="ours">
              <th scope="row">
                {run.pipeline}
                <small>
                  recipe {shownName(run.recipe.name)}
                  {seeds > 1 ? `, mean ± sd of ${seeds} seeds` : `, seed ${run.seeds[0].seed}`}
                </small>
              </th>
              {cells(run.seeds, [run.kmeans])}
              {rest(run.seeds)}
            </tr>
            <tr>
              <th scope="row">
                k-means
                <small>on the input, {run.kmeans.method ?? 'best of 10 starts'}</small>
              </th>
              {cells([run.kmeans], run.seeds)}
              {rest([run.kmeans])}
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** A mean, with its deviation in smaller type, and with why a value is missing. */
function Score({ values, why }: { values: readonly (number | null | undefined)[]; why?: string }) {
  const [mean, deviation] = scoreText(values).split(' ± ')
  return (
    <>
      {mean}
      {deviation && <small> ± {deviation}</small>}
      {why && <small class="why">{shownName(why)}</small>}
    </>
  )
}

/** Why a score is not defined, in the first of several seeds. */
function whyNot(scores: readonly Scores[], name: string): string | undefined {
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

function isBetter(scores: readonly Scores[], other: readonly Scores[], name: 'acc' | 'nmi' | 'ari'): boolean {
  const mean = (list: readonly Scores[]) => meanAndDeviation(list.map((score) => score[name] ?? Number.NaN)).mean
  return mean(scores) > mean(other)
}

function sizeRange(sizes: readonly number[]): string {
  const [least, most] = extent(sizes)
  return `${count(least)} to ${count(most)}`
}
