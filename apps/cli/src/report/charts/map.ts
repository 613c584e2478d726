import { createRandom } from '@dc/core'
import { colour, placeNames } from '@dc/explore/parts'
import type { Alignment } from '../alignment'
import { widest } from '../names'
import { extent } from '../numbers'
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

/** Points of a drawing: the eye sees no more, and a page of a million would be as many lines long. */
const mostPoints = 2500

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
  const rows: number[] = []
  for (let row = 0; row < run.dataset.size; row++) if (!Number.isNaN(map[2 * row])) rows.push(row)
  const drawn =
    rows.length > mostPoints ? createRandom(0).permutation(rows.length).slice(0, mostPoints).sort() : rows.keys()
  return Array.from(drawn, (at) => ({ x: map[2 * rows[at]], y: map[2 * rows[at] + 1], ...look(rows[at]) }))
}

function drawMap(drawn: readonly Point[], nameOf: (group: number) => string): string {
  if (drawn.length === 0) return ''
  const groups = [...new Set(drawn.map(({ group }) => group))].sort((a, b) => a - b)
  const size = drawn.length > 2000 ? 3.6 : 5
  // Both axes at the same scale would waste room: the layout knows no scale.
  const [x, y] = [axisOf(drawn.map((p) => p.x)), axisOf(drawn.map((p) => p.y))]
  const names = groups.length > mostNames ? [] : placedNames(drawn, groups, nameOf, x, y)
  return drawSvg(side, side, {
    grid: { left: edge, right: edge, top: edge, bottom: edge },
    xAxis: { type: 'value', show: false, min: x.low, max: x.high },
    yAxis: { type: 'value', show: false, min: y.low, max: y.high },
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
      { type: 'scatter', clip: false, symbolSize: 0.01, data: names },
    ],
  })
}

/** Pixels of the map's side, and between it and the outermost points. */
const [side, edge] = [520, 10]

/** One direction of the map: its ends, and pixels of it. */
interface Axis {
  readonly low: number
  readonly high: number
  pixels(value: number): number
  value(pixels: number): number
}

function axisOf(values: readonly number[]): Axis {
  const [least, most] = extent(values)
  const half = most > least ? (most - least) / 2 : 0.5
  const [low, high] = [(least + most) / 2 - half, (least + most) / 2 + half]
  const scale = (side - 2 * edge) / (high - low)
  return {
    ...{ low, high },
    pixels: (value) => edge + (value - low) * scale,
    value: (pixels) => low + (pixels - edge) / scale,
  }
}

/** The names of groups where they lie over no other and are not cut off; those of the largest groups stand best. */
function placedNames(
  drawn: readonly Point[],
  groups: readonly number[],
  nameOf: (group: number) => string,
  x: Axis,
  y: Axis,
) {
  const wanted = groups
    .map((group) => {
      const members = drawn.filter((p) => p.group === group)
      const [east, north] = crowd(members, Math.max(x.high - x.low, y.high - y.low))
      const name = nameOf(group)
      const fontSize = name.length > 10 ? 12 : 15
      return {
        ...{ name, fontSize, members: members.length, x: x.pixels(east), y: y.pixels(north) },
        width: 1.06 * widest([name], fontSize),
        height: fontSize * 1.15,
      }
    })
    .sort((a, b) => b.members - a.members)
  return placeNames(wanted, { width: side, height: side }).map(([east, north], at) => {
    const { name, fontSize } = wanted[at]
    return {
      value: [x.value(east), y.value(north)],
      label: {
        show: true,
        // A function, because echarts would replace what stands in braces in a text.
        formatter: () => name,
        position: 'inside',
        align: 'center',
        color: ink,
        ...{ fontSize, fontWeight: 700, fontFamily: 'inherit' },
        ...{ textBorderColor: surface, textBorderWidth: 4 },
      },
    }
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
