import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts'
import type { Alignment } from '../alignment'
import type { ClusterPlace } from '../drawing'
import { widest } from '../names'
import { axisStyle, drawSvg, ink, muted } from './chart'

/** Most classes or clusters of a matrix: more cannot be read, and make the page too large. */
export const mostClasses = 200
/** Long column names are turned by this many degrees. */
const turn = 40
const fontSize = 11

/**
 * Rows are classes, columns are clusters in the order of their classes. The depth of colour is the share of the class. Null
 * without known classes, or with more than {@link mostClasses}.
 */
export function drawConfusion(alignment: Alignment): { svg: string; places: ClusterPlace[] } | null {
  const { confusion, chartName, chartClassName } = alignment
  if (!confusion) return null
  const { classes, clusters, counts } = confusion
  const width = clusters.length
  const most = Math.max(classes.length, width)
  if (most > mostClasses) return null
  // Numbers fit into the cells up to about this many classes.
  const numbers = most <= 24
  const cells: { at: [number, number]; count: number; fill: string; text: string }[] = []
  for (let i = 0; i < classes.length; i++) {
    const size = counts.subarray(i * width, (i + 1) * width).reduce((sum, value) => sum + value, 0)
    for (let j = 0; j < width; j++) {
      const count = counts[i * width + j]
      const share = size === 0 ? 0 : count / size
      const hit = confusion.classOf.get(clusters[j]) === classes[i]
      const text = share > 0.45 ? 'var(--on-accent)' : ink
      cells.push({ at: [j, classes.length - 1 - i], count, fill: cellColour(share, hit), text })
    }
  }
  const across = Array.from(clusters, (cluster) => chartName.get(cluster)!)
  const down = Array.from(classes, chartClassName).reverse()
  const turned = across.some((name) => name.length > 5)
  // Room for the names and the words beside them. A turned name ends above its column, and the first names reach to the left.
  const [wide, long] = [widest(down, fontSize), widest(across, fontSize)]
  const radians = (turn * Math.PI) / 180
  const high = turned ? long * Math.sin(radians) + fontSize : fontSize
  const left = Math.max(34 + wide, turned ? long * Math.cos(radians) : 0)
  const room = { left, top: 28 + high, right: 8, bottom: 8 }
  const matrix = Math.max(340, Math.min(680, 20 + most * 36))
  const label = { ...axisStyle.axisLabel, interval: most > 40 ? ('auto' as const) : 0 }
  const [wholeWidth, wholeHeight] = [room.left + matrix + room.right, room.top + matrix + room.bottom]
  const places = Array.from(clusters, (cluster, at) => ({
    cluster,
    left: (100 * (room.left + (at * matrix) / width)) / wholeWidth,
    top: (100 * room.top) / wholeHeight,
    width: (100 * matrix) / width / wholeWidth,
    height: (100 * matrix) / wholeHeight,
  }))
  const svg = drawSvg(wholeWidth, wholeHeight, {
    grid: room,
    xAxis: {
      ...axisStyle,
      type: 'category',
      position: 'top',
      name: 'cluster, called by its class',
      nameLocation: 'middle',
      nameGap: 12 + high,
      axisLabel: { ...label, rotate: turned ? turn : 0 },
      data: across,
      splitLine: { show: false },
    },
    yAxis: {
      ...axisStyle,
      type: 'category',
      name: 'true class',
      nameLocation: 'middle',
      nameGap: 18 + wide,
      nameTextStyle: { color: muted, fontSize },
      axisLabel: label,
      data: down,
      splitLine: { show: false },
    },
    series: [
      {
        type: 'custom',
        data: cells.map(({ at }) => at),
        renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
          const { at, count, fill, text } = cells[params.dataIndex]
          const [x, y] = api.coord(at)
          const [w, h] = api.size!([1, 1]) as number[]
          const gap = most > 40 ? 0.5 : 2
          return {
            type: 'rect',
            shape: {
              x: x - w / 2 + gap / 2,
              y: y - h / 2 + gap / 2,
              width: w - gap,
              height: h - gap,
              r: most > 24 ? 0 : 4,
            },
            style: { fill },
            textConfig: { position: 'inside' },
            ...(numbers && count > 0
              ? {
                  textContent: {
                    style: { text: String(count), fill: text, fontSize: most > 14 ? 9 : 12, fontFamily: 'inherit' },
                  },
                }
              : {}),
          }
        },
      },
    ],
  })
  return { svg, places }
}

/** Right cells have the accent colour, wrong ones the warning colour. Both fade to the colour of the empty cell. */
function cellColour(share: number, hit: boolean): string {
  if (share === 0) return 'var(--cell)'
  // The square root keeps a few mistakes visible beside a full cell.
  const depth = Math.round(100 * Math.sqrt(share))
  return `color-mix(in oklab, var(${hit ? '--accent' : '--wrong'}) ${Math.max(8, depth)}%, var(--cell))`
}
