import type { Dataset } from '@dc/core'
import { type Matrix, matrix } from '@dc/spectral'
import { readOnHost, rowWidth } from '../host-rows'

/** Rows are held in memory up to these many values (64 MiB as float32). */
export const mostValues = 2 ** 24

/** All rows in order, at most so many at a time, on the host. */
export async function* shardsOf(dataset: Dataset, most: number): AsyncGenerator<{ start: number; points: Matrix }> {
  for (let start = 0; start < dataset.size; start += most) {
    const rows = Int32Array.from({ length: Math.min(most, dataset.size - start) }, (_, at) => start + at)
    yield { start, points: matrix(await readOnHost(dataset, rows), rows.length, rowWidth(dataset)) }
  }
}

/** Rows of one shard when a data set is only labelled. */
export const shardRows = (dataset: Dataset) => Math.max(1, Math.floor(mostValues / 4 / rowWidth(dataset)))
