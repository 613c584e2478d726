/** A clustering and its rows, as {@link explore} shows them. All lists of rows have one length. */
export interface ExplorerData {
  /** What a row is. */
  readonly noun: 'image' | 'text' | 'row'
  /** Places of the rows in the unit square; up is more. NaN for a row that is not on the map. */
  readonly x: Float32Array
  readonly y: Float32Array
  /** Labels of the rows by one method or several, the one that is shown first. */
  readonly labelings: readonly Labeling[]
  /** The clusters of the first labeling that are shown, in the order wanted. */
  readonly clusters: readonly ClusterName[]
  /** How surely each row is in its cluster, −1 … 1. */
  readonly certainty?: Float32Array
  /** True classes, −1 where not known, and what they are called. */
  readonly truth?: Int32Array
  readonly classNames?: readonly string[]
  /** The number of each row in the data; without, rows are counted from 0. */
  readonly numbers?: Int32Array
  /** Rows of the data, where these are a part of them. */
  readonly of?: number
  /** Names of the rows as the data have them; without, rows are called by their numbers. */
  readonly names?: readonly string[]
  readonly texts?: readonly string[]
  /** Columns that the map can be coloured by. */
  readonly columns?: readonly Column[]
  readonly pictures?: Pictures
  /** The clustering that corrections are of; without it there is nothing to correct. */
  readonly corrects?: Corrected
}

/** Labels of the rows by one method. */
export interface Labeling {
  /** As in an address and in a CSV: letters and digits. */
  readonly name: string
  /** For people. */
  readonly title: string
  /** Clusters 0 …, one for each row; −1 for none. */
  readonly labels: Int32Array
}

export interface ClusterName {
  readonly cluster: number
  readonly name: string
  /** Which of the colours of {@link colour}. */
  readonly colour: number
}

/** Numbers of the rows: places 0 … 1 between the least and the greatest. */
export interface Column {
  readonly title: string
  readonly low: number
  readonly high: number
  readonly values: Float32Array
}

/** Small square pictures of rows. */
export interface Pictures {
  /** Pixels of a side. */
  readonly side: number
  /** Whether pixels are to be seen where a picture is drawn larger. */
  readonly pixels: boolean
  /** The picture of a row and its place on it; undefined for a row without one. */
  of(row: number): Promise<Tile> | undefined
}

export interface Tile {
  readonly image: CanvasImageSource
  readonly left: number
  readonly top: number
}

/** Which clustering corrections are of, as `corrections.json` says it. */
export interface Corrected {
  readonly run?: string
  /** Checksums of the rows and of their labels. */
  readonly data: string
  readonly labels: string
  readonly rows: number
  readonly k: number
}
