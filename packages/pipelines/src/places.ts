import type { ClassicalPipeline, Dataset, InferredRows } from '@dc/core'
import { matrix } from '@dc/spectral'
import { mostValues } from './classical/shards'
import { readOnHost, rowWidth } from './host-rows'

/** Where a method places rows, read as they are asked for. */
export interface Places {
  readonly width: number
  /** `[rows, width]`, row-major. */
  read(rows: Int32Array): Promise<Float32Array>
}

/** Places that are held in memory. @param embedding `[n, width]` */
export const heldPlaces = (embedding: Float32Array, width: number): Places => ({
  width,
  async read(rows) {
    const values = new Float32Array(rows.length * width)
    for (const [at, row] of rows.entries()) values.set(embedding.subarray(row * width, (row + 1) * width), at * width)
    return values
  },
})

/** Whether the places of all rows may be held: a method whose space is that of the rows need not give them, for they are read again. */
export const holdsPlaces = (dataset: Dataset, { seen }: ClassicalPipeline, most = mostValues): boolean =>
  seen === undefined || dataset.size * rowWidth(dataset) <= most

/** The places of rows that were fitted or labelled; of an embedding that was left out they are read from the data set. */
export function placesOf(dataset: Dataset, { embedding, width }: InferredRows, method?: ClassicalPipeline): Places {
  const { seen } = method ?? {}
  if (embedding.length > 0 || !seen) return heldPlaces(embedding, width)
  return {
    width,
    read: async (rows) => Float32Array.from(seen(matrix(await readOnHost(dataset, rows), rows.length, width)).values),
  }
}
