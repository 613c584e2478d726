import { OptionError, parseOptions, printable } from '@dc/core/plugin'
import { type CsvDatasetOptions, csv, loadCsv } from './datasets/csv'
import { loadNpy, npy } from './datasets/npy'
import { loadNpz, type NpzOptions, npz } from './datasets/npz'
import { loadParquet, type ParquetOptions, parquet } from './datasets/parquet'
import type { FileSource } from './file-source'
import { sourceName } from './file-source'
import type { MemoryDataset } from './memory-dataset'
import { fileEndings, readerOfName } from './reader-of-name'

/** What a reader of a table or an array is told; which of it, follows from the ending. */
export type FileOptions = CsvDatasetOptions & ParquetOptions & NpzOptions

/** The readers, and what of {@link FileOptions} each takes. */
const readers = {
  csv: { read: loadCsv, schema: csv.options.omit({ path: true }) },
  npy: {
    read: (file: FileSource, options: FileOptions) => loadNpy(file, undefined, options),
    schema: npy.options.omit({ path: true, labels: true }),
  },
  npz: { read: loadNpz, schema: npz.options.omit({ path: true }) },
  parquet: { read: loadParquet, schema: parquet.options.omit({ path: true }) },
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
  const { read, schema } = readers[reader]
  return read(file, parseOptions(schema, options, reader) as FileOptions)
}
