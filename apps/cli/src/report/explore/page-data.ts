import type { Corrected } from '@dc/pipelines'

// What the page's script is given. It is written by Node and read in a browser, so nothing of either is named here.

/** Numbers as base64 of their little-endian bytes: a tenth of what they take as JSON. */
export interface Packed {
  readonly type: 'u8' | 'u16' | 'i32'
  readonly bytes: string
}

/** Labels of the rows by one method; the run's own come first. */
export interface PageLabeling {
  /** As in the address and in a CSV. */
  readonly name: string
  /** For people. */
  readonly title: string
  /** Clusters 0 …, one for each row. */
  readonly labels: Packed
}

/** A column of the data: 0 … 255 between its least and greatest value. */
export interface PageColumn {
  readonly title: string
  readonly low: number
  readonly high: number
  readonly values: Packed
}

/** Small pictures, side by side on sheets. */
export interface PagePictures {
  /** Pixels of a tile's side. */
  readonly side: number
  /** Tiles in a line of a sheet, and lines of a sheet. */
  readonly across: number
  /** The sheet's place of each row's picture, from 1; 0 for a row without one. */
  readonly places: Packed
  /** Whether pixels are to be seen when a picture is drawn larger. */
  readonly pixels: boolean
}

export interface PageData {
  /** Rows that the page has: at most 100,000. */
  readonly rows: number
  /** Rows of the data. */
  readonly of: number
  /** The number of each row in the data, if the page has not all. */
  readonly numbers?: Packed
  readonly noun: 'image' | 'text' | 'row'
  /** Places on the map, 0 … 65,534 in both directions; 65,535 for a row that is not on it. */
  readonly x: Packed
  readonly y: Packed
  readonly labelings: readonly PageLabeling[]
  /** 0 … 200 for −1 … 1. */
  readonly certainty?: Packed
  /** Classes, −1 where not known. */
  readonly truth?: Packed
  readonly classNames?: readonly string[]
  /** Names of the rows as the data have them; without, rows are called by their numbers. */
  readonly names?: readonly string[]
  /** Texts of the rows, long ones without their end. */
  readonly texts?: readonly string[]
  /** The shown clusters, in the order of the page, and what they are called. */
  readonly clusters: readonly { readonly cluster: number; readonly name: string; readonly colour: number }[]
  readonly columns?: readonly PageColumn[]
  /** What corrections of this run say that they are of. */
  readonly corrects?: Corrected
  readonly pictures?: PagePictures
}

/** Elements of the page that the script reads: the data, and each sheet of pictures. */
export const elements = { data: 'page-data', sheet: 'page-sheet', root: 'explore', still: 'still-map' } as const

/** The largest number of a place, and the one that stands for none. */
export const [farthest, nowhere] = [65_534, 65_535]
