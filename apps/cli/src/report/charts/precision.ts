import { extent } from '../numbers'
import { axisStyle, drawSvg, line, lineStyle, shownOnTop } from './chart'

/** One training: a point per epoch, the mass that had labels and how much of it was right. */
export interface PrecisionSeries {
  readonly points: readonly (readonly [mass: number, precision: number])[]
  readonly shown: boolean
}

/** Precision of pseudo-labels against the mass ρ that has them. */
export function drawPrecision(series: readonly PrecisionSeries[]): string {
  const [low] = extent(series.flatMap(({ points }) => points.map(([, precision]) => precision)))
  return drawSvg(520, 260, {
    grid: { left: 52, right: 20, top: 16, bottom: 44 },
    xAxis: {
      ...axisStyle,
      type: 'value',
      min: 0,
      max: 1,
      name: 'mass ρ that has pseudo-labels',
      nameLocation: 'middle',
      nameGap: 28,
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: line } },
    },
    yAxis: { ...axisStyle, type: 'value', min: Math.max(0, Math.floor(low * 10 - 0.5) / 10), max: 1 },
    series: shownOnTop(series).map(({ points, shown }) => ({
      type: 'line',
      data: points.map(([mass, precision]) => [mass, precision]),
      symbolSize: shown ? 5 : 0,
      ...lineStyle(shown),
    })),
  })
}
