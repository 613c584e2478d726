import { definePlugin } from '@dc/core/plugin'
import { z } from 'zod'
import { baseName, type FileSource, sourceName } from '../file-source'
import { type CsvOptions, readCsv } from '../formats/csv'
import { encodeLabels } from '../labels'
import { type MemoryDataset, memoryDataset } from '../memory-dataset'
import { shiftIntegers } from '../shift-integers'
import { standardize } from '../standardize'

/** How {@link loadCsv} reads. */
export interface CsvDatasetOptions extends CsvOptions {
  /** Divides each feature by its standard deviation after subtracting its mean; constant columns become 0. */
  readonly standardize?: boolean
}

/**
 * Loads a CSV table as a dataset: one row per sample. All columns except the label column are features.
 *
 * @throws DataError, OptionError as {@link readCsv}
 * @example
 * const dataset = await loadCsv('iris.csv', { label: 'species', standardize: true })
 */
export async function loadCsv(file: FileSource, options: CsvDatasetOptions = {}): Promise<MemoryDataset> {
  const path = sourceName(file)
  const { columns, values: read, integers, labels, ids, notices } = await readCsv(file, options)
  const width = columns.length
  const shifted = options.standardize
    ? shiftIntegers(read, width, integers, (column) => columns[column])
    : { values: read, offset: undefined }
  const { values, offset } = shifted
  const standardized = options.standardize ? standardize(values, width) : undefined
  const classes = labels && encodeLabels(labels)
  return memoryDataset({
    name: baseName(path),
    values,
    ...(!options.standardize && { integers }),
    ...(standardized && {
      standardized: { ...standardized, mean: standardized.mean.map((mean, column) => mean + (offset?.[column] ?? 0)) },
    }),
    columns,
    sampleShape: [width],
    ...classes,
    ...(ids && { rowNames: ids }),
    notices: [...notices, ...(classes?.notices ?? [])],
    metadata: { source: path, columns },
  })
}

const column = z.union([z.string(), z.int()])

export const csv = definePlugin({
  kind: 'dataset',
  name: 'csv',
  apiVersion: 1,
  description: 'A CSV table of numbers with an optional label column, plain or gzip',
  options: z.strictObject({
    path: z.string().min(1),
    label: column.optional().describe('column of the labels, by name or number'),
    ignore: z
      .union([column, z.array(column)])
      .optional()
      .describe('columns that are no features'),
    id: column.optional().describe('column that names the rows, which is no feature'),
    index: z.enum(['auto', 'keep']).default('auto').describe('keep: a first column that numbers the rows is a feature'),
    header: z
      .union([z.boolean(), z.literal('auto')])
      .default('auto')
      .describe('whether record 1 holds names'),
    delimiter: z.string().min(1).optional().describe('between cells; a comma by default, \\t is the tab'),
    decimal: z.enum(['.', ',']).default('.').describe("what stands before a number's fraction"),
    standardize: z.boolean().default(false),
    maxUnpackedBytes: z.int().positive().optional(),
  }),
  describe: () => ({}),
  create: ({ path, ...options }) => loadCsv(path, options),
})
