import type { EpochMark } from '../../run/phase-times'
import { extent } from '../numbers'
import { axisStyle, drawSvg, ink, line, lineStyle, muted, shownOnTop } from './chart'

/** One log over the epochs: a line per seed, the shown one on top, and an upright line at each mark. */
export function drawCurve(
  series: readonly { values: readonly number[]; shown: boolean }[],
  marks: readonly EpochMark[] = [],
): string {
  const [low, high] = extent(series.flatMap(({ values }) => values))
  const [, longest] = extent(series.map(({ values }) => values.length))
  const margin = (high - low || Math.abs(high) || 1) * 0.06
  return drawSvg(340, 190, {
    grid: { left: 46, right: 14, top: 12, bottom: 26 },
    xAxis: {
      ...axisStyle,
      type: 'value',
      min: 1,
      max: Math.max(2, longest),
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: line } },
      splitNumber: 4,
      minInterval: 1,
    },
    yAxis: {
      ...axisStyle,
      type: 'value',
      min: low - margin,
      max: high + margin,
      splitNumber: 3,
      axisLabel: { ...axisStyle.axisLabel, formatter: tick, showMinLabel: false, showMaxLabel: false },
    },
    series: [
      ...marks.map(({ epoch, what }) => ({
        type: 'line',
        data: [
          [epoch, low - margin],
          [epoch, high + margin],
        ],
        showSymbol: false,
        lineStyle:
          what === 'the weights that are kept' ? { color: ink, width: 1 } : { color: muted, width: 1, type: 'dashed' },
      })),
      ...shownOnTop(series).map(({ values, shown }) => ({
        type: 'line',
        data: values.map((value, epoch) => [epoch + 1, value]),
        showSymbol: values.length === 1,
        symbolSize: 6,
        ...lineStyle(shown),
      })),
    ],
  })
}

function tick(value: number): string {
  return Math.abs(value) >= 1000 ? value.toPrecision(3) : String(Number(value.toPrecision(3)))
}
