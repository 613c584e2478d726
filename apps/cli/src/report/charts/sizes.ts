import { colour } from '@dc/explore/parts'
import type { Alignment } from '../alignment'
import type { ClusterPlace } from '../drawing'
import { widest } from '../names'
import { extent } from '../numbers'
import { axisStyle, drawSvg, ink, muted } from './chart'

/** Clusters that have a bar; a page of more is not looked at. */
export const mostBars = 200
/** Pixels of the chart. */
const width = 420

/** Samples per cluster, of the first {@link mostBars}; where the truth is known, a mark for the size of the matched class. */
export function drawSizes(alignment: Alignment, sizes: readonly number[]): { svg: string; places: ClusterPlace[] } {
  const { confusion, order, chartName } = alignment
  const classSize = (cluster: number) => {
    const row = confusion ? confusion.classes.indexOf(confusion.classOf.get(cluster) ?? -1) : -1
    if (!confusion || row < 0) return null
    const columns = confusion.clusters.length
    return confusion.counts.subarray(row * columns, (row + 1) * columns).reduce((sum, value) => sum + value, 0)
  }
  const rows = order.slice(0, mostBars).reverse()
  const names = rows.map((cluster) => chartName.get(cluster)!)
  const room = { left: Math.max(78, 16 + widest(names, 11)), right: 48, top: 8, bottom: 22 }
  const [, greatest] = extent(rows.map((cluster) => Math.max(1, sizes[cluster], classSize(cluster) ?? 0)))
  // The axis ends at a tick.
  const step = roundStep(greatest / 4)
  const most = step * Math.ceil(greatest / step)
  const scale = (width - room.left - room.right) / most
  // A number stands behind the mark if the mark would cross it.
  const distance = (cluster: number) => {
    const behind = scale * ((classSize(cluster) ?? 0) - sizes[cluster])
    return behind > -2 && behind < 36 ? behind + 8 : 8
  }
  const height = 40 + rows.length * Math.max(14, Math.min(32, 420 / rows.length))
  const band = (height - room.top - room.bottom) / rows.length
  const places = rows.toReversed().map((cluster, at) => ({
    ...{ cluster, left: 0, width: 100 },
    top: (100 * (room.top + at * band)) / height,
    height: (100 * band) / height,
  }))
  const svg = drawSvg(width, height, {
    grid: room,
    xAxis: {
      ...axisStyle,
      type: 'value',
      max: most,
      interval: step,
    },
    yAxis: {
      ...axisStyle,
      type: 'category',
      data: names,
      splitLine: { show: false },
      axisLabel: { ...axisStyle.axisLabel, color: ink },
    },
    series: [
      {
        type: 'bar',
        clip: false,
        barWidth: '62%',
        data: rows.map((cluster) => ({
          value: sizes[cluster],
          itemStyle: { color: colour(alignment.colour.get(cluster)!), borderRadius: [0, 4, 4, 0] },
          label: { distance: distance(cluster) },
        })),
        label: { show: true, position: 'right', color: muted, fontSize: 11 },
      },
      {
        type: 'scatter',
        clip: false,
        symbol: 'rect',
        symbolSize: [2.5, Math.max(9, Math.min(24, 320 / rows.length))],
        itemStyle: { color: ink },
        data: rows.flatMap((cluster, at) => {
          const size = classSize(cluster)
          return size === null ? [] : [[size, at]]
        }),
      },
    ],
  })
  return { svg, places }
}

/** The next 1, 2 or 5 times a power of ten, at least 1. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)))
  return power * [1, 2, 5, 10].find((times) => times * power >= least)!
}
