import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, SVGRenderer])

// CSS custom properties instead of colours, so that one drawing serves light and dark.
export const ink = 'var(--ink)'
export const muted = 'var(--muted)'
export const line = 'var(--line)'
export const surface = 'var(--card)'
export const accent = 'var(--accent)'

/** Axis text and lines in the page's colours. */
export const axisStyle = {
  axisLine: { show: false, lineStyle: { color: line } },
  axisTick: { show: false },
  axisLabel: { color: muted, fontSize: 11, fontFamily: 'inherit' },
  splitLine: { show: true, lineStyle: { color: line } },
  nameTextStyle: { color: muted, fontSize: 11, fontFamily: 'inherit' },
}

/** One of several lines: the shown one in colour, the others behind it. */
export const lineStyle = (shown: boolean) => ({
  itemStyle: { color: shown ? accent : muted },
  lineStyle: { color: shown ? accent : muted, width: shown ? 2.2 : 1, opacity: shown ? 1 : 0.45 },
})

/** Shown lines last, so that they are drawn on top. */
export const shownOnTop = <Series extends { readonly shown: boolean }>(series: readonly Series[]): Series[] =>
  [...series].sort((a, b) => Number(a.shown) - Number(b.shown))

/** Draws a chart to an SVG that scales with its container. */
export function drawSvg(width: number, height: number, option: EChartsCoreOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'inherit', color: ink }, ...option })
    return (
      chart
        .renderToSVGString()
        // Removes what zrender adds for the pointer: a report is only looked at.
        .replace(/<style >.*?<\/style>/gs, '')
        .replace(/ (class="zr[^"]*"|pointer-events="visible"|ecmeta_\w+="[^"]*")/g, '')
        .replace(
          /^<svg width="[\d.]+" height="[\d.]+"/,
          '<svg aria-hidden="true" style="width:100%;height:auto;display:block"',
        )
    )
  } finally {
    chart.dispose()
  }
}
