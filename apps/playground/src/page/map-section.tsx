import { type Explored, type ExplorerData, explore } from '@dc/explore'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Frame, Outcome, Summary } from '../worker/messages'
import { methods } from './methods'
import { namingOf } from './naming'
import type { Session } from './session'
import { picturesOf } from './tiles'
import { between } from './tween'

/** How long the rows take from one frame to the next, and in how many steps. */
const [glide, steps] = [600, 12]

/** The map, which moves as something is learned, and the grid beside it: those of the report. */
export function MapSection({ summary, frame, session }: { summary: Summary; frame: Frame; session: Session }) {
  const root = useRef<HTMLDivElement>(null)
  const explored = useRef<Explored | null>(null)
  const shown = useRef<Frame | null>(null)
  const hasCards = useRef(false)
  const working = session.at === 'working'
  const { outcome, task } = session
  const learned = task !== undefined && methods[task.method].trained
  const facts = useMemo(() => rowFacts(summary), [summary])

  useEffect(() => () => explored.current?.remove(), [])
  useEffect(() => {
    const title = task ? methods[task.method].title : 'clusters'
    const data = dataOf(facts, summary, frame, title, outcome)
    const show = (map: Float64Array) => {
      const placed = { ...data, ...placesOf(map) }
      // Cards are drawn once the rows stand where they stay.
      const cards = outcome !== undefined && map === frame.map
      if (explored.current && cards === hasCards.current) {
        explored.current.update(placed)
        return
      }
      explored.current?.remove()
      hasCards.current = cards
      explored.current = explore(root.current!, placed, { cards })
    }
    const from = shown.current?.map
    shown.current = frame
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (!from || still || from.length > 10_000) {
      show(frame.map)
      return
    }
    let step = 0
    const timer = setInterval(() => {
      step++
      show(step < steps ? between(from, frame.map, step / steps) : frame.map)
      if (step >= steps) clearInterval(timer)
    }, glide / steps)
    return () => clearInterval(timer)
  }, [frame, outcome, facts])

  return (
    <section>
      <h2>The map</h2>
      <p class="note">
        Every dot is one {summary.noun}, laid out so that neighbours
        {learned ? ' in what the network has learned' : ''} stay neighbours
        {outcome && !working ? ` (${outcome.mapMethod})` : ''}. Distances between far groups mean little.
      </p>
      <div ref={root} />
    </section>
  )
}

/** What is known of the rows whatever their clusters are. */
function rowFacts({ noun, truth, classNames, rowNames, sheets }: Summary) {
  const classes = truth && 1 + truth.reduce((most, label) => Math.max(most, label), -1)
  return {
    noun,
    ...(truth &&
      classes! > 0 && {
        truth,
        classNames: Array.from({ length: classes! }, (_, index) => classNames?.[index] ?? String(index)),
      }),
    ...(rowNames && { names: rowNames }),
    ...(sheets && { pictures: picturesOf(sheets) }),
  }
}

function dataOf(
  facts: ReturnType<typeof rowFacts>,
  summary: Summary,
  frame: Frame,
  title: string,
  outcome?: Outcome,
): Omit<ExplorerData, 'x' | 'y'> {
  const { labels } = frame
  const k = outcome?.k ?? 1 + labels.reduce((most, label) => Math.max(most, label), 0)
  const naming = namingOf(summary, labels, k)
  return {
    ...facts,
    labelings: [
      { name: 'cluster', title, labels },
      ...(outcome?.beside ?? []).map(({ name, labels: other }) => ({
        name: name.replace(/\W/g, ''),
        title: name,
        labels: other,
      })),
    ],
    clusters: naming.order.map((cluster) => ({
      cluster,
      name: naming.name(cluster),
      colour: naming.colour(cluster),
    })),
    ...(outcome && { certainty: Float32Array.from(outcome.certainty) }),
  }
}

function placesOf(map: Float64Array): Pick<ExplorerData, 'x' | 'y'> {
  const n = map.length / 2
  const along = (axis: number) => Float32Array.from({ length: n }, (_, row) => map[2 * row + axis])
  return { x: along(0), y: along(1) }
}
