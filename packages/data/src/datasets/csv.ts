import { basename } from 'node:path'
import { definePlugin } from '@dc/core'
import { z } from 'zod'
import { type CsvOptions, readCsv } from '../formats/csv'
import { encodeLabels } from '../labels'
import { type MemoryDataset, memoryDataset } from '../memory-dataset'

/** How {@link loadCsv} reads. */
export interface CsvDatasetOptions extends CsvOptions {
  /** Divides each feature by its standard deviation after subtracting its mean; constant columns become 0. */
  readonly standardize?: boolean
}

/**
 * Loads a CSV table as a dataset: one row per sample, all columns but the label column are features.
 *
 * @throws DataError, OptionError as {@link readCsv}
 * @example
 * const dataset = await loadCsv('iris.csv', { label: 'species', standardize: true })
 */
export async function loadCsv(path: string, options: CsvDatasetOptions = {}): Promise<MemoryDataset> {
  const table = await readCsv(path, options)
  const width = table.columns.length
  if (options.standardize) standardize(table.values, width)
  return memoryDataset({
    name: basename(path),
    values: Float32Array.from(table.values),
    sampleShape: [width],
    ...(table.labels ? encodeLabels(table.labels) : {}),
    metadata: { source: path, columns: table.columns },
  })
}

function standardize(values: Float64Array, width: number): void {
  const rows = values.length / width
  for (let column = 0; column < width; column++) {
    let mean = 0
    for (let at = column; at < values.length; at += width) mean += values[at] / rows
    let variance = 0
    for (let at = column; at < values.length; at += width) variance += (values[at] - mean) ** 2 / rows
    const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0
    for (let at = column; at < values.length; at += width) values[at] = (values[at] - mean) * scale
  }
}

export const csv = definePlugin({
  kind: 'dataset',
  name: 'csv',
  apiVersion: 1,
  description: 'A CSV table of numbers with an optional label column, plain or gzip',
  options: z.strictObject({
    path: z.string().min(1),
    label: z.union([z.string(), z.int()]).optional(),
    header: z.union([z.boolean(), z.literal('auto')]).default('auto'),
    delimiter: z.string().min(1).default(','),
    standardize: z.boolean().default(false),
  }),
  create: ({ path, ...options }) => loadCsv(path, options),
})
