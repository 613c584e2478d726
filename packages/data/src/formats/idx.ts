import { DataError } from '@dc/core'
import { readBytes } from '../files'

/** An array read from an IDX file. */
export interface IdxArray {
  readonly type: 'u8' | 'i8' | 'i16' | 'i32' | 'f32' | 'f64'
  readonly shape: readonly number[]
  readonly values: Float64Array
}

type Reader = (view: DataView, offset: number) => number
const types: Record<number, { type: IdxArray['type']; bytes: number; read: Reader }> = {
  8: { type: 'u8', bytes: 1, read: (view, at) => view.getUint8(at) },
  9: { type: 'i8', bytes: 1, read: (view, at) => view.getInt8(at) },
  11: { type: 'i16', bytes: 2, read: (view, at) => view.getInt16(at) },
  12: { type: 'i32', bytes: 4, read: (view, at) => view.getInt32(at) },
  13: { type: 'f32', bytes: 4, read: (view, at) => view.getFloat32(at) },
  14: { type: 'f64', bytes: 8, read: (view, at) => view.getFloat64(at) },
}

/**
 * Reads an IDX file, the format of MNIST and its relatives, plain or gzip.
 *
 * Layout, big endian: two zero bytes, a type byte, the number of dimensions, one uint32 per dimension, the values.
 *
 * @throws DataError if the file cannot be read, its header is not IDX, or it is shorter or longer than its header says
 * @see LeCun, Cortes and Burges, The MNIST database, "the IDX file format"
 * @example
 * const { shape, values } = await readIdx('t10k-images-idx3-ubyte.gz')   // shape [10000, 28, 28]
 */
export async function readIdx(path: string): Promise<IdxArray> {
  const bytes = await readBytes(path)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const known = bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 ? types[bytes[2]] : undefined
  const rank = bytes[3]
  if (!known || rank === 0 || bytes.length < 4 + 4 * rank)
    throw new DataError(`'${path}' is not an IDX file: its header is wrong.`, { path })
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  const count = shape.reduce((product, side) => product * side, 1)
  const start = 4 + 4 * rank
  const expected = start + count * known.bytes
  if (bytes.length !== expected)
    throw new DataError(
      `'${path}' has ${bytes.length} bytes; its IDX header (shape [${shape.join(', ')}]) asks for ${expected}.`,
      { path, found: bytes.length, expected },
    )
  const values = new Float64Array(count)
  for (let i = 0; i < count; i++) values[i] = known.read(view, start + i * known.bytes)
  return { type: known.type, shape, values }
}
