import type { Dataset } from '@dc/core'

/** Rows for computing on the host: in float64 where float32 would make different values equal. */
export function readOnHost(dataset: Dataset, rows: ArrayLike<number>): Promise<Float32Array | Float64Array> {
  return dataset.readExact?.(rows) ?? dataset.read(rows)
}

/** Values of one row. */
export function rowWidth({ sampleShape }: Pick<Dataset, 'sampleShape'>): number {
  return sampleShape.reduce((product, side) => product * side, 1)
}

/** 0 … n−1. */
export function allRows({ size }: Pick<Dataset, 'size'>): Int32Array {
  return Int32Array.from({ length: size }, (_, row) => row)
}
