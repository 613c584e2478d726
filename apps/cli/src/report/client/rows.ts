import { printable } from '@dc/core/plugin'
import { nowhere, type PageData } from '../explore/page-data'
import { unpacked } from './unpack'

/** The data of a page, as its parts use them. */
export interface Rows {
  readonly data: PageData
  readonly count: number
  /** Places in the unit square; NaN for rows that are not on the map. */
  readonly x: Float32Array
  readonly y: Float32Array
  readonly labelings: readonly { readonly name: string; readonly title: string; readonly labels: Int32Array }[]
  /** −1 … 1 */
  readonly certainty: Float32Array
  readonly truth?: Int32Array
  readonly clusters: ReadonlyMap<number, { readonly name: string; readonly colour: number }>
  /** The row's number in the data. */
  number(row: number): number
  /** The row's name as the data have it. */
  name(row: number): string
  /** The same to look at: shortened, and without characters that turn or break a line. */
  shownName(row: number, most?: number): string
  text(row: number): string | undefined
}

/** Unpacks a page's data. */
export function rowsOf(data: PageData): Rows {
  const numbers = data.numbers && unpacked(data.numbers)
  const place = (values: Int32Array, flip: boolean) =>
    Float32Array.from(values, (value) =>
      value === nowhere ? Number.NaN : (flip ? nowhere - 1 - value : value) / nowhere,
    )
  const number = (row: number) => numbers?.[row] ?? row
  const name = (row: number) => data.names?.[row] ?? String(number(row))
  return {
    data,
    count: data.rows,
    x: place(unpacked(data.x), false),
    // On a screen down is more.
    y: place(unpacked(data.y), true),
    labelings: data.labelings.map(({ labels, ...about }) => ({ ...about, labels: unpacked(labels) })),
    certainty: Float32Array.from(unpacked(data.certainty), (value) => (value - 100) / 100),
    ...(data.truth && { truth: unpacked(data.truth) }),
    clusters: new Map(data.clusters.map(({ cluster, ...about }) => [cluster, about])),
    number,
    name,
    shownName: (row, most = 60) => (data.names ? printable(name(row), most) : `row ${number(row)}`),
    text: (row) => (data.texts ? printable(data.texts[row], 400) : undefined),
  }
}
