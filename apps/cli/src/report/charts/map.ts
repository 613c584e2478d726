import type { Alignment } from '../alignment'
import { extent } from '../numbers'
import { colour } from '../palette'
import type { RunResult } from '../run-result'
import { drawSvg, ink, surface } from './chart'

/** Most groups that are named on the map; with more, no name is readable. */
const mostNames = 100

interface Point {
  readonly x: number
  readonly y: number
  /** Palette entry. */
  readonly group: number
  /** Drawn with a ring: the cluster and the truth disagree. */
  readonly wrong: boolean
}

/** The map of the embedding coloured by the clusters found; rows that disagree with the truth wear a ring. Empty without places. */
export function drawClusterMap(run: RunResult, alignment: Alignment): string {
  const { labels } = run.shown
  const truth = alignment.confusion ? run.dataset.labels : undefined
  // Quotes and the word are dropped, for want of room.
  const called = (cluster: number) => alignment.chartName.get(cluster)!.replace(/^(“(.*)”|cluster (\d+))$/s, '$2$3')
  const names = new Map([...alignment.colour].map(([cluster, group]) => [group, called(cluster)]))
  return drawMap(
    points(run, (row) => {
      const group = alignment.colour.get(labels[row])!
      return { group, wrong: truth !== undefined && truth[row] >= 0 && truth[row] !== group }
    }),
    (group) => names.get(group)!,
  )
}

/** The same map coloured by the true classes; empty where they are not known. */
export function drawTruthMap(run: RunResult, alignment: Alignment): string {
  const { labels: truth } = run.dataset
  if (!alignment.confusion || !truth) return ''
  return drawMap(
    points(run, (row) => ({ group: truth[row], wrong: false })).filter(({ group }) => group >= 0),
    alignment.chartClassName,
  )
}

function points(run: RunResult, look: (row: number) => Pick<Point, 'group' | 'wrong'>): Point[] {
  const { map } = run.shown
  const drawn: Point[] = []
  for (let row = 0; row < run.dataset.size; row++)
    if (!Number.isNaN(map[2 * row])) drawn.push({ x: map[2 * row], y: map[2 * row + 1], ...look(row) })
  return drawn
}

function drawMap(drawn: readonly Point[], nameOf: (group: number) => string): string {
  if (drawn.length === 0) return ''
  const groups = [...new Set(drawn.map(({ group }) => group))].sort((a, b) => a - b)
  const hidden = { type: 'value', show: false, scale: true } as const
  const size = drawn.length > 2000 ? 3.6 : 5
  const span = (values: number[]) => {
    const [low, high] = extent(values)
    return high - low
  }
  const [west, east] = extent(drawn.map((p) => p.x))
  const nameAt = (group: number) => {
    const [x, y] = crowd(
      drawn.filter((p) => p.group === group),
      side,
    )
    const part = (x - west) / (east - west || 1)
    const name = nameOf(group)
    return {
      value: [x, y],
      label: {
        show: true,
        // A function, because echarts would replace what stands in braces in a text.
        formatter: () => name,
        position: 'inside',
        // A name at the border is written towards the middle.
        align: part < 0.2 ? 'left' : part > 0.8 ? 'right' : 'center',
        color: ink,
        fontSize: name.length > 10 ? 12 : 15,
        fontWeight: 700,
        fontFamily: 'inherit',
        textBorderColor: surface,
        textBorderWidth: 4,
      },
    }
  }
  const side = Math.max(span(drawn.map((p) => p.x)), span(drawn.map((p) => p.y)), Number.MIN_VALUE)
  return drawSvg(520, 520, {
    grid: { left: 10, right: 10, top: 10, bottom: 10 },
    xAxis: hidden,
    yAxis: hidden,
    series: [
      ...groups.map((group) => ({
        type: 'scatter',
        clip: false,
        symbolSize: size,
        itemStyle: { color: colour(group), opacity: 0.78 },
        data: drawn.filter((p) => p.group === group && !p.wrong).map(place),
      })),
      ...groups.map((group) => ({
        type: 'scatter',
        clip: false,
        symbolSize: size + 1,
        itemStyle: { color: colour(group), borderColor: ink, borderWidth: 1.1 },
        data: drawn.filter((p) => p.group === group && p.wrong).map(place),
      })),
      {
        type: 'scatter',
        clip: false,
        symbolSize: 0.01,
        data: groups.length > mostNames ? [] : groups.map((group) => nameAt(group)),
      },
    ],
  })
}

const place = ({ x, y }: Point): [number, number] => [x, y]

/**
 * Where a group's name stands: in the group's densest cell, so that it never lies between two islands. The cells are a
 * sixteenth of the map's side.
 */
function crowd(members: readonly Point[], side: number): [number, number] {
  const cells = new Map<string, Point[]>()
  for (const member of members) {
    const cell = `${Math.floor((16 * member.x) / side)} ${Math.floor((16 * member.y) / side)}`
    const there = cells.get(cell)
    if (there) there.push(member)
    else cells.set(cell, [member])
  }
  const densest = [...cells.values()].reduce((most, cell) => (cell.length > most.length ? cell : most))
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return [mean(densest.map((p) => p.x)), mean(densest.map((p) => p.y))]
}
