import type { KCurve, ScoredPoint } from '@dc/pipelines'
import { drawKCurve, kMarks } from './charts/k-curve'
import { count } from './numbers'
import type { RunResult } from './run-result'

const signals: readonly (readonly [name: keyof ScoredPoint, title: string, meaning: string])[] = [
  ['score', 'Score', 'of the others, as shares of their best'],
  ['silhouette', 'Silhouette', 'nearer to its own than to the next'],
  ['elbow', 'Elbow', 'finer communities part neighbours'],
  ['stability', 'Stability', 'k-means of parts of the rows agree'],
  ['eigengap', 'Eigengap', 'of the graph of neighbours'],
  ['balance', 'Balance', 'of the sizes'],
]

/** What spoke for the number of clusters. */
export function KCurveSection({ run }: { run: RunResult }) {
  const { kCurve: curve } = run
  if (!curve) return null
  const marks = kMarks(curve)
  return (
    <section>
      <h2>How many clusters</h2>
      <p class="note">{inWords(curve)}</p>
      <div class="curves">
        {signals.map(([name, title, meaning]) => {
          const svg = drawKCurve(
            curve.points.map((point) => [point.k, point[name]] as const),
            marks,
          )
          return (
            <figure key={name}>
              <figcaption>
                <b>{title}</b> {meaning}
              </figcaption>
              <div
                role="img"
                aria-label={`${title} over the number of clusters`}
                dangerouslySetInnerHTML={{ __html: svg }}
              />
            </figure>
          )
        })}
      </div>
      <ul class="legend">
        {marks.map(({ k, what, colour, filled }) => (
          <li key={what}>
            <i style={filled ? { background: colour } : { border: `2px solid ${colour}` }} />
            {k}, {what}
          </li>
        ))}
      </ul>
    </section>
  )
}

function inWords({ k, runnerUp, communities, points, rows, of, metric }: KCurve): string {
  const looked = rows < of ? `${count(rows)} of the ${count(of)} rows` : 'the rows'
  const how = metric === 'cosine' ? 'compared by direction' : 'compared by their values'
  const next = runnerUp === null ? '' : `, before ${runnerUp}`
  return (
    `The number was not given: of ${points.length} that were tried on ${looked}, ${how}, ${k} has the best score${next}. ` +
    `The graph of neighbours has ${communities} ${communities === 1 ? 'community' : 'communities'}, and nearness to that ` +
    'counts too. Whether there are clusters at all, this does not tell.'
  )
}
