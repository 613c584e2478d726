import type { KCurve } from '@dc/pipelines'
import { extent } from '../numbers'
import { accent, axisStyle, drawSvg, ink, line, lineStyle, muted, surface } from './chart'

/** A value for each number of clusters, ascending; null where it is not known. */
export type KValues = readonly (readonly [k: number, value: number | null])[]

/** A number of clusters that is marked on a curve, and how. */
export interface KMark {
  readonly k: number
  readonly what: string
  readonly colour: string
  readonly filled: boolean
}

/** The choice filled, the runner-up and the finest that is nearly as good as rings. */
export function kMarks({ k, runnerUp, finest }: KCurve): KMark[] {
  return [
    { k, what: 'chosen', colour: accent, filled: true },
    ...(runnerUp === null ? [] : [{ k: runnerUp, what: 'the runner-up', colour: ink, filled: false }]),
    ...(finest === k || finest === runnerUp
      ? []
      : [{ k: finest, what: 'the finest that is nearly as good', colour: muted, filled: false }]),
  ]
}

/** One signal over the numbers of clusters, on a logarithmic axis. */
export function drawKCurve(values: KValues, marks: readonly KMark[]): string {
  const known = values.flatMap(([k, value]) => (value === null ? [] : [[k, value] as const]))
  const [low, high] = extent(known.map(([, value]) => value))
  const margin = (high - low || Math.abs(high) || 1) * 0.08
  const valueAt = new Map(known)
  const [least, most] = [values[0][0], Math.max(values[0][0] + 1, values.at(-1)![0])]
  const customValues = ticks(least, most)
  return drawSvg(340, 190, {
    grid: { left: 46, right: 14, top: 12, bottom: 26 },
    xAxis: {
      ...axisStyle,
      type: 'log',
      min: least,
      max: most,
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: line } },
      axisLabel: { ...axisStyle.axisLabel, customValues },
      axisTick: { show: false, customValues },
    },
    yAxis: {
      ...axisStyle,
      type: 'value',
      min: low - margin,
      max: high + margin,
      splitNumber: 3,
      axisLabel: {
        ...axisStyle.axisLabel,
        formatter: (value: number) => String(Number(value.toPrecision(2))),
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    series: [
      { type: 'line', data: known.map(([k, value]) => [k, value]), showSymbol: known.length === 1, ...lineStyle(true) },
      {
        type: 'scatter',
        symbolSize: 9,
        clip: false,
        // The choice on top.
        data: [...marks].reverse().flatMap(({ k, colour, filled }) => {
          const value = valueAt.get(k)
          const itemStyle = { color: filled ? colour : surface, borderColor: colour, borderWidth: 2, opacity: 1 }
          return value === undefined ? [] : [{ value: [k, value], itemStyle }]
        }),
      },
    ],
  })
}

/** Round numbers within a range, as many as are legible. */
function ticks(least: number, most: number): number[] {
  const found = [2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, 100].filter((k) => k >= least && k <= most)
  return most > 25 ? found.filter((k) => ![4, 7, 15, 70].includes(k)) : found
}
