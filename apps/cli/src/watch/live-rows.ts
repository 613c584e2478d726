import type { PageData } from '../report/explore/page-data'

// What a page of a run that trains is given. It is written by Node and read in a browser, so nothing of either is named here.

/** What the shown rows are: it does not change while a run trains. */
export interface LiveRows {
  readonly page: PageData
  /** Sheets of pictures as base64. */
  readonly sheets: readonly string[]
}

/** Where the rows lie now, in the unit square, `[n, 2]`, and in which clusters. */
export interface LiveSample {
  readonly labels: readonly number[]
  readonly places: readonly number[]
}

/** Elements of the page: what the server says again and again, and the section of the map. */
export const liveElements = { state: 'live-state', map: 'live-map' } as const
