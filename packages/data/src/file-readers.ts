import { OptionError, printable } from '@dc/core/plugin'
import { loadCsv } from './datasets/csv'
import { loadNpy } from './datasets/npy'
import { loadNpz } from './datasets/npz'
import { loadParquet } from './datasets/parquet'
import type { FileSource } from './file-source'
import { sourceName } from './file-source'
import type { MemoryDataset } from './memory-dataset'
import { fileEndings, readerOfName } from './reader-of-name'

const readers = {
  csv: loadCsv,
  npy: (file: FileSource) => loadNpy(file),
  npz: loadNpz,
  parquet: loadParquet,
}

/**
 * Reads a table or an array by the ending of its name, with that reader's defaults: in a page a file that was dropped on it, in
 * Node a path.
 *
 * @param options of the CSV and Parquet readers: which column holds the labels
 * @throws OptionError for another ending; DataError, OptionError as the reader
 * @example
 * const dataset = await loadFile(new File(['1,2\n3,4\n'], 'points.csv')) // or `input.files[0]` of a page
 */
export async function loadFile(file: FileSource, options: { readonly label?: string } = {}): Promise<MemoryDataset> {
  const name = sourceName(file)
  const reader = readerOfName(name)
  if (reader === undefined) throw new OptionError('file', printable(name), `a file ending in ${fileEndings}`)
  return reader === 'csv' || reader === 'parquet' ? readers[reader](file, options) : readers[reader](file)
}
