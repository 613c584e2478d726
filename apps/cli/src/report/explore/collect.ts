import type { Dataset } from '@dc/core'
import { createRandom } from '@dc/core'
import { baselineTitle } from '../../judge/baseline-names'
import type { Alignment } from '../alignment'
import { nounOf, shownName } from '../names'
import type { RunResult } from '../run-result'
import { packed } from './pack'
import { farthest, nowhere, type PageColumn, type PageData } from './page-data'

/** Rows that a page has at most. */
export const mostRows = 100_000
/** Letters of a name and of a text, and of all together; a longer one loses its end. */
const [longestName, longestText, mostLetters] = [1000, 300, 6e6]
/** Columns of a table that a map can be coloured by, and their values. */
const [mostColumns, mostValues] = [24, 1e6]

/** The rows of a run that its page has: all, or those on the map and a random part of the others. */
export function pageRows({ dataset: { size }, shown: { map } }: RunResult): Int32Array {
  const all = Int32Array.from({ length: size }, (_, row) => row)
  if (size <= mostRows) return all
  const order = createRandom(0).split('page').permutation(size)
  const placed = order.filter((row) => !Number.isNaN(map[2 * row]))
  const others = order.filter((row) => Number.isNaN(map[2 * row]))
  return Int32Array.from([
    ...placed.slice(0, mostRows),
    ...others.slice(0, Math.max(0, mostRows - placed.length)),
  ]).sort()
}

/** What the page's script is given, without pictures. */
export async function pageData(
  run: RunResult,
  dataset: Dataset,
  alignment: Alignment,
  rows: Int32Array,
): Promise<Omit<PageData, 'pictures'>> {
  const { shown } = run
  const place = (axis: 0 | 1) =>
    packed(
      rows.map((row) => {
        const value = shown.map[2 * row + axis]
        return Number.isNaN(value) ? nowhere : Math.round(farthest * Math.min(1, Math.max(0, value)))
      }),
    )
  const pick = (labels: Int32Array) => packed(rows.map((row) => labels[row]))
  return {
    ...(await rowData(dataset, rows)),
    ...{ x: place(0), y: place(1) },
    labelings: [
      { name: 'cluster', title: run.pipeline, labels: pick(shown.labels) },
      ...Object.entries(run.baselines).flatMap(([name, { labels }]) =>
        labels ? [{ name, title: baselineTitle(name), labels: pick(labels) }] : [],
      ),
    ],
    certainty: packed(rows.map((row) => Math.round(100 + 100 * Math.min(1, Math.max(-1, shown.certainty[row] || 0))))),
    clusters: alignment.order.map((cluster) => ({
      cluster,
      name: alignment.name.get(cluster)!,
      colour: alignment.colour.get(cluster)!,
    })),
    ...(run.corrects && { corrects: run.corrects }),
  }
}

/** What rows are, whatever was found of them. */
export async function rowData(
  dataset: Dataset,
  rows: Int32Array,
): Promise<Omit<PageData, 'x' | 'y' | 'labelings' | 'clusters' | 'pictures'>> {
  const { labels: truth, rowNames } = dataset
  const texts = dataset.texts ?? dataset.seen?.texts
  const columns = await columnsOf(dataset, rows)
  const short = (values: readonly string[], longest: number) => {
    const most = Math.max(12, Math.min(longest, Math.floor(mostLetters / rows.length)))
    return Array.from(rows, (row) => cut(values[row], most))
  }
  return {
    rows: rows.length,
    of: dataset.size,
    ...(rows.length < dataset.size && { numbers: packed(rows) }),
    noun: nounOf(dataset),
    ...(truth?.some((label) => label >= 0) && {
      truth: packed(rows.map((row) => truth[row])),
      classNames: classNamesOf(dataset, truth),
    }),
    ...(rowNames && { names: short(rowNames, longestName) }),
    ...(texts && { texts: short(texts, longestText) }),
    ...(columns.length > 0 && { columns }),
  }
}

/** Names of all classes that a row has, as the data have them. */
function classNamesOf({ classNames }: Dataset, truth: Int32Array): string[] {
  const many = 1 + truth.reduce((most, label) => Math.max(most, label), -1)
  return Array.from({ length: many }, (_, index) => cut(classNames?.[index] ?? String(index), longestName))
}

/** A text without its end, if it is longer; half of a pair is no letter. */
const cut = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`

/** The named columns of a table, or its numbers beside texts. */
async function columnsOf(dataset: Dataset, rows: Int32Array): Promise<PageColumn[]> {
  const most = Math.min(mostColumns, Math.floor(mostValues / rows.length))
  const beside = (dataset.numbers ?? dataset.seen?.numbers ?? []).slice(0, most)
  return [
    ...(await featureColumns(dataset, rows, most)),
    ...beside.map(({ name, values }) => column(name, rows.length, (at) => values[rows[at]])),
  ]
}

async function featureColumns(dataset: Dataset, rows: Int32Array, most: number): Promise<PageColumn[]> {
  const { columns, sampleShape } = dataset
  if (!columns || sampleShape.length !== 1 || rows.length * sampleShape[0] > mostValues * mostColumns) return []
  if (most === 0) return []
  const values = await dataset.read(rows)
  return columns.slice(0, most).map((name, feature) => {
    const [offset, scale] = [dataset.mapping?.offset[feature] ?? 0, dataset.mapping?.scale ?? 1]
    const [mean, deviation] = [dataset.standardized?.mean[feature] ?? 0, dataset.standardized?.deviation[feature] || 1]
    // As the file has them.
    const back = (value: number) => (value / scale + offset) * deviation + mean
    return column(name, rows.length, (at) => values[at * columns.length + feature], back)
  })
}

/** @param back of a value, as people know it */
function column(name: string, rows: number, at: (row: number) => number, back = (value: number) => value): PageColumn {
  const own = Float64Array.from({ length: rows }, (_, row) => at(row))
  const [low, high] = own.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity])
  return {
    title: shownName(name),
    ...{ low: back(low), high: back(high) },
    values: packed(own.map((value) => (high > low ? Math.round((255 * (value - low)) / (high - low)) : 128))),
  }
}
