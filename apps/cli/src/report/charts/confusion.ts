import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts'
import type { Alignment } from '../alignment'
import { axisStyle, drawSvg, ink, muted } from './chart'

/** Classes down, clusters across in the order of their classes; the share of each class as depth of colour. */
export function drawConfusion(alignment: Alignment): string {
  const { confusion, name, className } = alignment
  if (!confusion) return ''
  const { classes, clusters, counts } = confusion
  const width = clusters.length
  const most = Math.max(classes.length, width)
  // Numbers fit into the cells up to about this many classes.
  const numbers = most <= 24
  const side = Math.max(420, Math.min(760, 90 + most * 36))
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
  const names = (values: readonly string[]) => ({ data: values, splitLine: { show: false } })
  const label = { ...axisStyle.axisLabel, interval: most > 40 ? ('auto' as const) : 0 }
  return drawSvg(side, side, {
    grid: { left: 64, right: 8, top: 40, bottom: 8 },
    xAxis: {
      ...axisStyle,
      type: 'category',
      position: 'top',
      name: 'cluster, called by its class',
      nameLocation: 'middle',
      nameGap: 24,
      axisLabel: { ...label, rotate: longest([...clusters].map((c) => name.get(c)!)) > 5 ? 40 : 0 },
      ...names([...clusters].map((cluster) => name.get(cluster)!)),
    },
    yAxis: {
      ...axisStyle,
      type: 'category',
      name: 'true class',
      nameLocation: 'middle',
      nameGap: 44,
      nameTextStyle: { color: muted, fontSize: 11 },
      axisLabel: label,
      ...names([...classes].map(className).reverse()),
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
}

/** Right ones in the accent colour, wrong ones in the warning colour; both fade to the empty cell's. */
function cellColour(share: number, hit: boolean): string {
  if (share === 0) return 'var(--cell)'
  // The square root keeps a handful of mistakes visible beside a full cell.
  const depth = Math.round(100 * Math.sqrt(share))
  return `color-mix(in oklab, var(${hit ? '--accent' : '--wrong'}) ${Math.max(8, depth)}%, var(--cell))`
}

const longest = (names: readonly string[]) => Math.max(...names.map((name) => name.length))
