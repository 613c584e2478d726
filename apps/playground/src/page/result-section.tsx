import { labelsCsv } from '@dc/data/rows'
import { download, ScoreTable } from '@dc/explore'
import { accuracy, adjustedRandIndex, contingencyTable, normalizedMutualInformation } from '@dc/metrics'
import type { Outcome, Summary } from '../worker/messages'
import { Fact } from './fact'
import { methods } from './methods'
import { duration } from './work-section'

/** What was found: how good it is, the clusters one by one, files to take along. */
export function ResultSection({ summary, outcome }: { summary: Summary; outcome: Outcome }) {
  const { task, k, seconds, epochs, epochSeconds, backend, notes, stopped } = outcome
  const { title, trained } = methods[task.method]
  const stem = `${summary.name.replace(/[^\w-]+/g, '-').slice(0, 40)}-${task.method}`
  const csv = () => {
    const { labels: truth, ...about } = {
      labels: summary.truth,
      classNames: summary.classNames,
      rowNames: summary.rowNames,
    }
    const known = {
      ...(truth && { labels: truth }),
      ...(about.classNames && { classNames: about.classNames }),
      ...(about.rowNames && { rowNames: about.rowNames }),
    }
    const others = Object.fromEntries(outcome.beside.map(({ name, labels }) => [name.replace(/\W/g, ''), labels]))
    download(`${stem}-labels.csv`, labelsCsv(outcome, known, others), 'text/csv')
  }
  return (
    <>
      <section>
        <h2>Result</h2>
        <dl class="facts">
          <Fact term="clusters" value={String(k)} />
          <Fact term="took" value={duration(seconds)} />
          {trained && <Fact term="epochs" value={`${epochs}${stopped ? ', ended early' : ''}`} />}
          {epochSeconds !== undefined && <Fact term="an epoch" value={`${epochSeconds.toPrecision(3)} s`} />}
          <Fact term="computed by" value={backend} />
        </dl>
        <Scores {...{ summary, outcome }} />
        {notes.length > 0 && (
          <ul class="said">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        <div class="row" style={{ marginTop: '18px' }}>
          <button type="button" class="main" onClick={csv}>
            Download labels.csv
          </button>
          <button type="button" onClick={() => download(`${stem}.dclust`, outcome.model, 'application/octet-stream')}>
            Download the model
          </button>
        </div>
        <p class="note" style={{ margin: '10px 0 0' }}>
          The model labels new rows: <code>dclust predict {stem}.dclust NEW</code>, or <code>load</code> of{' '}
          <code>@dc/pipelines</code>.
        </p>
      </section>
      <p class="unseen" role="status">
        {title}: {k} clusters
      </p>
    </>
  )
}

/** The method and k-means beside it, against the true classes where they are known, else against each other. */
function Scores({ summary: { truth }, outcome: { task, labels, beside } }: { summary: Summary; outcome: Outcome }) {
  const known = truth?.some((label) => label >= 0) === true
  if (!known && beside.length === 0) return null
  const all = [{ name: methods[task.method].title, labels }, ...beside]
  const reference = known ? truth! : beside[0].labels
  const shown = known ? all : [all[0]]
  const against = known ? 'against the true classes' : `agreement with ${beside[0].name}`
  const rows = shown.map(({ name, labels: own }, at) => {
    const table = contingencyTable(reference, own, { noise: 'drop' })
    const scores = [...(known ? [accuracy(table)] : []), normalizedMutualInformation(table), adjustedRandIndex(table)]
    return { name, detail: at === 0 ? against : undefined, own: at === 0, scores }
  })
  const best = (at: number) => rows.length > 1 && rows.every(({ scores }) => rows[0].scores[at] >= scores[at])
  return (
    <div class="headline">
      <ScoreTable
        label={`Scores: ${against}`}
        columns={[...(known ? ['accuracy'] : []), 'NMI', 'ARI'].map((title) => ({ title }))}
        rows={rows.map(({ scores, detail, ...row }) => ({
          ...row,
          ...(detail !== undefined && { detail }),
          cells: scores.map((score, at) => ({ text: score.toFixed(3), best: row.own && best(at) })),
        }))}
      />
    </div>
  )
}
