import { printable } from '@dc/core/text'
import type { ClusterName, ExplorerData } from './data'

/** The data of a page, as its parts use them. */
export interface Rows {
  readonly data: ExplorerData
  readonly count: number
  /** Places in the unit square of a screen, where down is more; NaN for rows that are not on the map. */
  readonly x: Float32Array
  readonly y: Float32Array
  readonly labels: Int32Array
  readonly clusters: ReadonlyMap<number, Omit<ClusterName, 'cluster'>>
  /** The row's number in the data. */
  number(row: number): number
  /** The row's name as the data have it. */
  name(row: number): string
  /** The same to look at: shortened, and without characters that turn or break a line. */
  shownName(row: number, most?: number): string
  text(row: number): string | undefined
  /** A class as the data call it. */
  className(index: number): string
}

export function rowsOf(data: ExplorerData): Rows {
  const number = (row: number) => data.numbers?.[row] ?? row
  const name = (row: number) => data.names?.[row] ?? String(number(row))
  return {
    data,
    count: data.x.length,
    x: data.x,
    y: data.y.map((value) => 1 - value),
    labels: data.labelings[0].labels,
    clusters: new Map(data.clusters.map(({ cluster, ...about }) => [cluster, about])),
    number,
    name,
    shownName: (row, most = 60) => (data.names ? printable(name(row), most) : `row ${number(row)}`),
    className: (index) => data.classNames?.[index] ?? String(index),
    text: (row) => (data.texts ? printable(data.texts[row], 400) : undefined),
  }
}
