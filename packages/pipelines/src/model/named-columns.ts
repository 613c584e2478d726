import { DataError, type Dataset, quoted } from '@dc/core'

/**
 * Rows with the columns that a model was fitted to, in its order: those of the same names. Other columns are left out. Where
 * either side has no names the order counts, and nothing is changed.
 *
 * @throws DataError for a column that is missing
 */
export function namedColumns(dataset: Dataset, wanted: readonly string[] | undefined): Dataset {
  const { columns, sampleShape } = dataset
  if (!hasNames(wanted) || !hasNames(columns) || sampleShape.length !== 1) return dataset
  if (wanted.join('\0') === columns.join('\0')) return dataset
  const places = wanted.map((name) => {
    const place = columns.indexOf(name)
    if (place >= 0) return place
    throw new DataError(
      `${quoted(dataset.name)} has no column ${quoted(name)}, which the model was fitted to. It has ${columns
        .slice(0, 20)
        .map((column) => quoted(column))
        .join(', ')}.`,
      { column: name },
    )
  })
  const width = columns.length
  const pick = <T extends Float32Array | Float64Array>(values: T): T => {
    const picked = new (values.constructor as new (length: number) => T)((values.length / width) * places.length)
    for (let at = 0; at < picked.length; at++)
      picked[at] = values[Math.floor(at / places.length) * width + places[at % places.length]]
    return picked
  }
  const { readExact, mapping, standardized, fingerprint: _, ...rest } = dataset
  return {
    ...rest,
    columns: wanted,
    sampleShape: [places.length],
    ...(mapping && { mapping: { ...mapping, offset: pick(mapping.offset) } }),
    ...(standardized && {
      standardized: { mean: pick(standardized.mean), deviation: pick(standardized.deviation) },
    }),
    read: async (rows) => pick(await dataset.read(rows)),
    ...(readExact && { readExact: async (rows: ArrayLike<number>) => pick(await readExact(rows)) }),
  }
}

/** Without a header columns are called by their numbers. */
function hasNames(columns: readonly string[] | undefined): columns is readonly string[] {
  if (!columns) return false
  return columns.some((name, at) => name !== String(at)) && new Set(columns).size === columns.length
}
