import { csvCell, OptionError } from '@dc/core'
import { writeWhole } from '@dc/core/cache'

/** Features of rows, and what the rows are called. */
export interface Features {
  /** `[n, width]` */
  readonly values: Float32Array | Float64Array
  readonly width: number
  readonly names: readonly string[]
  /** The class of each row by its name, null where it is not known; left out if no class is. */
  readonly classes?: readonly (string | null)[]
}

/** What a file of features is, by the ending of its name. @throws OptionError for another ending */
export function featureFormat(path: string): 'npy' | 'parquet' {
  const ending = /\.(npy|parquet)$/i.exec(path)?.[1].toLowerCase()
  if (ending === undefined) throw new OptionError('--out', path, 'a file ending in .npy or .parquet')
  return ending as 'npy' | 'parquet'
}

/** The file beside an array that names its rows. */
export const namesFile = (path: string): string => path.replace(/\.npy$/i, '.rows.csv')

/**
 * Writes features. A `.npy` file is an array `[n, width]`, with a CSV file of the rows' names and classes beside it. A
 * `.parquet` file has columns `name`, `features` (lists) and `class`; `name` is its index to pandas, and to `dclust`.
 *
 * @returns the files
 * @throws DataError if a file cannot be written
 */
export async function writeFeatures(path: string, features: Features): Promise<string[]> {
  if (featureFormat(path) === 'parquet') {
    const bytes = await parquetOf(features)
    await writeWhole(path, (file) => file.writeFile(bytes))
    return [path]
  }
  await writeWhole(namesFile(path), (file) => file.writeFile(namesCsv(features)))
  await writeWhole(path, async (file) => {
    await file.writeFile(npyHeader(features))
    await file.writeFile(bytesOf(features.values))
  })
  return [path, namesFile(path)]
}

function namesCsv({ names, classes }: Features): string {
  const lines = names.map((name, row) =>
    [row, csvCell(name), ...(classes ? [csvCell(classes[row] ?? '')] : [])].join(','),
  )
  return `${[`row,name${classes ? ',class' : ''}`, ...lines].join('\n')}\n`
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Features['values']) =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
function npyHeader({ values, width }: Features): Uint8Array {
  const type = values instanceof Float32Array ? '<f4' : '<f8'
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${values.length / width}, ${width}), }`
  // The values begin at a multiple of 64 bytes; the header ends with a line end.
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10
  const header = Buffer.alloc(10 + length, ' ')
  header.set([0x93, ...Buffer.from('NUMPY'), 1, 0, length & 255, length >> 8])
  header.write(text, 10, 'latin1')
  header[header.length - 1] = 0x0a
  return header
}

async function parquetOf({ values, width, names, classes }: Features): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const element = values instanceof Float32Array ? 'FLOAT' : 'DOUBLE'
  const columnData = [
    { name: 'name', data: [...names] },
    { name: 'features', data: names.map((_, row) => Array.from(values.subarray(row * width, (row + 1) * width))) },
    ...(classes ? [{ name: 'class', data: [...classes] }] : []),
  ]
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const
  return new Uint8Array(
    parquetWriteBuffer({
      columnData,
      schema: [
        { name: 'root', num_children: columnData.length },
        { name: 'name', ...text, repetition_type: 'REQUIRED' },
        { name: 'features', repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', type: element, repetition_type: 'REQUIRED' },
        ...(classes ? [{ name: 'class', ...text, repetition_type: 'OPTIONAL' } as const] : []),
      ],
      // Pandas then reads `name` as the index, and so does dclust.
      kvMetadata: [{ key: 'pandas', value: JSON.stringify(pandasNotes(classes !== undefined)) }],
      rowGroupSize: Math.max(1, Math.floor(2 ** 22 / width)),
    }),
  )
}

function pandasNotes(classes: boolean) {
  const column = (name: string, type: string) => ({
    name,
    field_name: name,
    pandas_type: type,
    numpy_type: 'object',
    metadata: null,
  })
  return {
    index_columns: ['name'],
    column_indexes: [],
    columns: [
      column('name', 'unicode'),
      column('features', 'list[float32]'),
      ...(classes ? [column('class', 'unicode')] : []),
    ],
    creator: { library: 'dclust', version: '1' },
    pandas_version: '2.0.0',
  }
}
