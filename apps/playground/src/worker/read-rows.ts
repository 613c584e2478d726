import { DataError, type Dataset, OptionError, type Phase, quoted } from '@dc/core'
import { type FileOptions, kindByName, loadFile, loadNpy, readerOfName, readOptdigits } from '@dc/data/formats'
import { encoded } from './encoder'
import type { Source } from './messages'
import { readPictures } from './pictures'

const digits = new URL('../../../../packages/data/assets/optdigits.csv.gz', import.meta.url)

/**
 * The rows of files that were dropped on the page, or of a built-in set.
 *
 * @throws DataError, OptionError as the readers of `dclust`
 */
export async function readRows(source: Source, onPhase: (phase: Phase) => void): Promise<Dataset> {
  onPhase({ phase: 'reading' })
  if (source.kind === 'digits') {
    const answer = await fetch(digits)
    return readOptdigits(Object.assign(await answer.blob(), { name: 'optdigits.csv.gz' }))
  }
  const { files, options } = source
  const tables = files.filter(({ name }) => readerOfName(name) !== undefined)
  const pictures = files.filter(({ name }) => kindByName(name) === 'image')
  if (files.length > 1 || tables.length === 0) requireNone(options)
  if (tables.length === 0 && pictures.length > 0) return encoded(await readPictures(pictures, files, onPhase), onPhase)
  const [first, second] = tables
  if (files.length === 1) return loadFile(files[0], options)
  // Two arrays: rows, and a label for each.
  if (files.length === 2 && tables.length === 2 && files.every(({ name }) => readerOfName(name) === 'npy')) {
    const labels = /label|target|class|(^|[^a-z])y([^a-z]|$)/i
    const swapped = labels.test(first.name) && !labels.test(second.name)
    return swapped ? loadNpy(second, first) : loadNpy(first, second)
  }
  const names = files.slice(0, 3).map(({ name }) => quoted(name, 40))
  throw new DataError(
    `These are ${files.length} files, such as ${names.join(', ')}. Drop one table or array, two .npy files (rows and their labels), or pictures.`,
    { files: files.length },
  )
}

/** @throws OptionError for an option of tables, where the files are something else */
function requireNone(options: FileOptions): void {
  for (const [name, value] of Object.entries(options))
    throw new OptionError(name, value, 'one table; pictures and pairs of arrays have no options')
}
