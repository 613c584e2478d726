import { OptionError, printable } from '@dc/core/plugin'
import { type CsvDatasetOptions, loadCsv } from './datasets/csv'
import { loadNpy } from './datasets/npy'
import { loadNpz, type NpzOptions } from './datasets/npz'
import { loadParquet, type ParquetOptions } from './datasets/parquet'
import type { FileSource } from './file-source'
import { sourceName } from './file-source'
import type { MemoryDataset } from './memory-dataset'
import { fileEndings, readerOfName } from './reader-of-name'

/** What a reader of a table or an array is told; which of it, follows from the ending. */
export type FileOptions = CsvDatasetOptions & ParquetOptions & NpzOptions

const readers = {
  csv: loadCsv,
  npy: (file: FileSource, _: FileOptions) => loadNpy(file),
  npz: loadNpz,
  parquet: loadParquet,
}

const columnNames = ['label', 'id', 'ignore', 'index'] as const
const takes: Record<keyof typeof readers, readonly (keyof FileOptions)[]> = {
  csv: [...columnNames, 'header', 'delimiter', 'decimal', 'standardize', 'maxUnpackedBytes'],
  npy: [],
  npz: ['features', 'labels', 'maxUnpackedBytes'],
  parquet: [...columnNames, 'features', 'maxUnpackedBytes'],
}

/**
 * Reads a table or an array by the ending of its name: in a page a file that was dropped on it, in Node a path.
 *
 * @param options of the reader for this ending
 * @throws OptionError for another ending, or an option that files of this ending do not have; DataError, OptionError as the reader
 * @example
 * const dataset = await loadFile(new File(['1,2\n3,4\n'], 'points.csv')) // or `input.files[0]` of a page
 */
export async function loadFile(file: FileSource, options: FileOptions = {}): Promise<MemoryDataset> {
  const name = sourceName(file)
  const reader = readerOfName(name)
  if (reader === undefined) throw new OptionError('file', printable(name), `a file ending in ${fileEndings}`)
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || takes[reader].includes(option as keyof FileOptions)) continue
    const allowed =
      takes[reader].length > 0 ? `for ${reader} only ${takes[reader].join(', ')}` : `nothing for ${reader}`
    throw new OptionError(option, value, allowed)
  }
  return readers[reader](file, options)
}
