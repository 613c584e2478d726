import { inflateSync } from 'node:zlib'
import { DataError } from '@dc/core'
import { readBytes } from '../files'

/** A value of a MATLAB file: numbers, text, a list of cells, or a list of structs. */
export type MatValue = number[] | string | MatValue[] | Record<string, MatValue>[]

const element = { utf8: 16, utf16: 17, matrix: 14, compressed: 15 }
const matrixClass = { cell: 1, struct: 2, char: 4 }
const numbers: Record<number, { bytes: number; read: (view: DataView, at: number) => number }> = {
  1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  2: { bytes: 1, read: (view, at) => view.getUint8(at) },
  3: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  4: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  5: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  6: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  7: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  9: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  12: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  13: { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
}

/**
 * Reads a MATLAB 5 `.mat` file, little endian, compressed or not: numbers, text, cells, structs.
 *
 * @returns variables by name; arrays in MATLAB's order, by columns
 * @throws DataError if the file is of another version (7.3 is HDF5) or is broken
 * @see MathWorks, "MAT-File Format", Level 5
 * @example
 * const { annotations } = await readMat('cars_annos.mat')
 */
export async function readMat(path: string): Promise<Record<string, MatValue>> {
  const bytes = await readBytes(path)
  if (bytes.length < 136 || bytes[126] !== 0x49 || bytes[127] !== 0x4d)
    throw new DataError(`'${path}' is not a little-endian MATLAB 5 file; save it with '-v6' or '-v7'.`, { path })
  const variables: Record<string, MatValue> = {}
  try {
    for (let at = 128; at < bytes.length; ) {
      const { type, data, next } = readElement(bytes, at)
      const matrix = type === element.compressed ? readElement(inflateSync(data), 0).data : data
      const { name, value } = readMatrix(matrix)
      if (name) variables[name] = value
      at = next
    }
  } catch (error) {
    throw new DataError(`'${path}' is a broken MATLAB file: ${(error as Error).message}.`, { path }, error)
  }
  return variables
}

interface Element {
  readonly type: number
  readonly data: Uint8Array
  readonly next: number
}

/** One tagged element; short ones keep their data inside the tag. Compressed ones are not padded to eight bytes. */
function readElement(bytes: Uint8Array, at: number): Element {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const type = view.getUint32(at, true)
  if (type >>> 16) {
    const size = type >>> 16
    return { type: type & 0xffff, data: bytes.subarray(at + 4, at + 4 + size), next: at + 8 }
  }
  const size = view.getUint32(at + 4, true)
  if (at + 8 + size > bytes.length) throw new Error(`an element of ${size} bytes goes beyond the end`)
  const padding = type === element.compressed ? 0 : (8 - (size % 8)) % 8
  return { type, data: bytes.subarray(at + 8, at + 8 + size), next: at + 8 + size + padding }
}

function readMatrix(bytes: Uint8Array): { name: string; value: MatValue } {
  if (bytes.length === 0) return { name: '', value: [] }
  let at = 0
  const next = () => {
    const found = readElement(bytes, at)
    at = found.next
    return found
  }
  const kind = next().data[0]
  const count = numbersOf(next()).reduce((product, side) => product * side, 1)
  const name = textOf(next())
  if (kind === matrixClass.cell)
    return { name, value: Array.from({ length: count }, () => readMatrix(next().data).value) }
  if (kind === matrixClass.struct) {
    const [width] = numbersOf(next())
    const names = next().data
    const fields = Array.from({ length: names.length / width }, (_, i) =>
      new TextDecoder().decode(names.subarray(i * width, (i + 1) * width)).replace(/\0.*$/s, ''),
    )
    const value = Array.from({ length: count }, () =>
      Object.fromEntries(fields.map((field) => [field, readMatrix(next().data).value])),
    )
    return { name, value }
  }
  if (count === 0) return { name, value: kind === matrixClass.char ? '' : [] }
  return { name, value: kind === matrixClass.char ? textOf(next()) : numbersOf(next()) }
}

function numbersOf({ type, data }: Element): number[] {
  const known = numbers[type]
  if (!known) throw new Error(`numbers of type ${type} are not read`)
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  return Array.from({ length: data.length / known.bytes }, (_, i) => known.read(view, i * known.bytes))
}

function textOf(found: Element): string {
  if (found.type === element.utf8) return new TextDecoder().decode(found.data)
  if (found.type === element.utf16) return new TextDecoder('utf-16le').decode(found.data)
  return String.fromCharCode(...numbersOf(found))
}
