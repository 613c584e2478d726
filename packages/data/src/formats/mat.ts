import { inflateSync } from 'node:zlib'
import { DataError, quoted } from '@dc/core/plugin'
import { type ReadOptions, readBytes } from '../files'
import { someOf } from '../some-of'
import { tooLarge, unpackingLimit } from '../unpacking'
import { type MatElement, numbersOf, readElement, textOf, types } from './mat-elements'

/** A value of a MATLAB file: numbers, text, a list of cells or of texts, or a list of structs. */
export type MatValue = number[] | string | MatValue[] | Record<string, MatValue>[]

const classes = { cell: 1, struct: 2, object: 3, char: 4, sparse: 5, firstNumeric: 6, lastNumeric: 15 }
const classNames: Record<number, string> = {
  3: 'an object',
  5: 'a sparse array',
  16: 'a function',
  17: 'an opaque object',
}
const deepest = 32
const complexFlag = 8

/**
 * Reads a MATLAB 5 `.mat` file, little endian, compressed or not: numbers, text, cells, structs.
 *
 * @param names the variables to read; all by default
 * @returns variables by name: arrays in MATLAB's order, column by column; text of several rows as a list of rows
 * @throws DataError if the file is of another version (7.3 is HDF5) or is broken; if a variable is absent, complex, sparse, an
 * object or a function, or holds integers beyond 2^53; if compressed variables become more than `maxUnpackedBytes`
 * @see MathWorks, "MAT-File Format", Level 5
 * @example
 * const { annotations } = await readMat('cars_annos.mat', ['annotations'])
 */
export async function readMat(
  path: string,
  names?: readonly string[],
  options: ReadOptions = {},
): Promise<Record<string, MatValue>> {
  const bytes = await readBytes(path, options)
  // The version, 1.0, and the mark of little endian. HDF5, which is version 7.3, says 2.0.
  const isLevel5 = [0, 1, 0x49, 0x4d].every((byte, i) => bytes[124 + i] === byte)
  if (bytes.length < 136 || !isLevel5)
    throw new DataError(`${quoted(path)} is not a little-endian MATLAB 5 file; save it with '-v6' or '-v7'.`, { path })
  const variables = new Map<string, MatValue>()
  const seen: string[] = []
  const limit = unpackingLimit(bytes.length, options.maxUnpackedBytes)
  let left = limit
  try {
    for (let at = 128; at < bytes.length; ) {
      const found = readElement(bytes, at)
      at = found.next
      const element = found.type === types.compressed ? inflate(found.data, left) : found
      if (found.type === types.compressed) left -= element.data.length
      if (element.type !== types.matrix) throw new Error(`an element of type ${element.type} is no variable`)
      const matrix = readHeader(element.data)
      if (matrix.name === '') continue
      seen.push(matrix.name)
      if (names && !names.includes(matrix.name)) continue
      if (variables.has(matrix.name)) throw new Error(`two variables are named ${quoted(matrix.name)}`)
      variables.set(matrix.name, readValue(matrix, 0))
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(path, limit)
    throw new DataError(`${quoted(path)} is a broken MATLAB file: ${(error as Error).message}.`, { path }, error)
  }
  const absent = names?.find((name) => !variables.has(name))
  if (absent !== undefined)
    throw new DataError(`${quoted(path)} has no variable ${quoted(absent)}; it has ${someOf(seen, 10) || 'none'}.`, {
      path,
      known: seen,
    })
  return Object.fromEntries(variables)
}

function inflate(data: Uint8Array, left: number): MatElement {
  return readElement(inflateSync(data, { maxOutputLength: Math.max(1, left) }), 0)
}

/** A matrix whose name and size have been read, and whose values have not. */
interface Matrix {
  readonly name: string
  readonly kind: number
  readonly complex: boolean
  readonly sides: readonly number[]
  readonly bytes: Uint8Array
  /** Where the values begin. */
  readonly at: number
}

function readHeader(bytes: Uint8Array): Matrix {
  // An empty cell.
  if (bytes.length === 0) return { name: '', kind: classes.firstNumeric, complex: false, sides: [0, 0], bytes, at: 0 }
  const flags = readElement(bytes, 0)
  const dimensions = readElement(bytes, flags.next)
  const name = readElement(bytes, dimensions.next)
  if (flags.data.length < 8) throw new Error('an array has no flags')
  const sides = numbersOf(dimensions)
  if (sides.length < 2 || sides.some((side) => side < 0)) throw new Error(`an array has the size ${sides.join('×')}`)
  return {
    name: textOf(name),
    kind: flags.data[0],
    complex: (flags.data[1] & complexFlag) !== 0,
    sides,
    bytes,
    at: name.next,
  }
}

function readValue({ name, kind, complex, sides, bytes, at: start }: Matrix, depth: number): MatValue {
  if (depth > deepest) throw new Error(`values are more than ${deepest} deep`)
  let at = start
  const next = (): MatElement => {
    const found = readElement(bytes, at)
    at = found.next
    return found
  }
  const inner = (): MatValue => {
    const found = next()
    if (found.type !== types.matrix) throw new Error(`an element of type ${found.type} is no value`)
    return readValue(readHeader(found.data), depth + 1)
  }
  const count = sides.reduce((product, side) => product * side, 1)
  const list = <T>(read: () => T, bytesEach: number): T[] => {
    if (count * bytesEach > bytes.length - at)
      throw new Error(`${count} values do not fit into ${bytes.length - at} bytes`)
    return Array.from({ length: count }, read)
  }
  // A cell or a field has a tag of eight bytes at least.
  if (kind === classes.cell) return list(inner, 8)
  if (kind === classes.struct) {
    const fields = fieldNames(next(), next())
    if (fields.length === 0 && count > 1) throw new Error(`${count} structs have no fields`)
    return list(() => Object.fromEntries(fields.map((field) => [field, inner()])), 8 * fields.length)
  }
  if (kind !== classes.char && (kind < classes.firstNumeric || kind > classes.lastNumeric))
    throw new Error(`${quoted(name)} is ${classNames[kind] ?? `of class ${kind}`}, which is not read`)
  if (complex) throw new Error(`${quoted(name)} is complex, which is not read`)
  if (count === 0) return kind === classes.char ? '' : []
  if (kind === classes.char) return rowsOf(textOf(next()), sides)
  const values = numbersOf(next())
  if (values.length !== count) throw new Error(`${quoted(name)} has ${values.length} values in ${sides.join('×')}`)
  return values
}

/** Field names, all stored at one length, with zeros at the end. */
function fieldNames(length: MatElement, names: MatElement): string[] {
  const [width] = numbersOf(length)
  if (!(width > 0) || names.data.length % width !== 0) throw new Error('a struct has no field names')
  const fields = Array.from({ length: names.data.length / width }, (_, i) => {
    const name = names.data.subarray(i * width, (i + 1) * width)
    const end = name.indexOf(0)
    return new TextDecoder().decode(end < 0 ? name : name.subarray(0, end))
  })
  if (new Set(fields).size < fields.length) throw new Error('a struct has two fields of one name')
  return fields
}

/** Text is stored column by column. The result is the one row, or a list of rows. */
function rowsOf(text: string, sides: readonly number[]): MatValue {
  const [rows] = sides
  if (rows === 1) return text
  const columns = text.length / rows
  if (!Number.isInteger(columns)) throw new Error(`${text.length} characters are no ${sides.join('×')} text`)
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => text[column * rows + row]).join(''),
  )
}
