import type { Dataset } from '@dc/core'
import { allRows } from '@dc/pipelines'

/** The values as the model gave them: a data set may hold them shifted and scaled, so that float32 keeps them apart. */
export async function plainValues(dataset: Dataset): Promise<Float32Array | Float64Array> {
  const rows = allRows(dataset)
  const { mapping } = dataset
  if (!mapping) return dataset.readExact ? dataset.readExact(rows) : dataset.read(rows)
  const values = dataset.readExact ? await dataset.readExact(rows) : Float64Array.from(await dataset.read(rows))
  const { offset, scale } = mapping
  return values.map((value, at) => value / scale + offset[at % offset.length])
}
