import { DataError } from '@dc/core'
import { readBytes } from '../files'

/** An array read from a `.npy` file. */
export interface NpyArray {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly values: Float64Array
}

type Reader = (view: DataView, offset: number, littleEndian: boolean) => number
const readers: Record<string, { bytes: number; read: Reader }> = {
  f4: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  i4: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  i8: { bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
}
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/**
 * Reads a NumPy `.npy` file, format versions 1 to 3, C order, of float32, float64, uint8, int8, int32 or int64.
 *
 * @throws DataError if the file cannot be read, is no `.npy`, has another dtype or Fortran order (it says how to save it
 * again), or its length does not fit its header
 * @see NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays"
 * @example
 * const { shape, values } = await readNpy('features.npy')
 */
export async function readNpy(path: string): Promise<NpyArray> {
  return parseNpy(await readBytes(path), path)
}

/** The array in the bytes of a `.npy` file; `path` names it in errors, which are those of {@link readNpy}. */
export function parseNpy(bytes: Uint8Array, path: string): NpyArray {
  const fail = (what: string, facts: Record<string, unknown> = {}) =>
    new DataError(`'${path}' ${what}`, { path, ...facts })
  if (bytes.length < 12 || magic.some((byte, i) => bytes[i] !== byte)) throw fail('is not a .npy file.')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = bytes[6]
  if (version < 1 || version > 3)
    throw fail(`has .npy format version ${version}; readable are 1, 2 and 3.`, { version })
  const headerStart = version === 1 ? 10 : 12
  const start = headerStart + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true))
  if (start > bytes.length) throw fail('ends inside its header.')
  const header = new TextDecoder('latin1').decode(bytes.subarray(headerStart, start))
  const dtype = /'descr':\s*'([^']*)'/.exec(header)?.[1]
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1]
  const dimensions = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1]
  if (order === undefined || dimensions === undefined) throw fail('has a header that is not of .npy form.')
  const reader = dtype === undefined ? undefined : readers[dtype.slice(1)]
  if (dtype === undefined || !reader)
    throw fail(`holds dtype ${dtype ?? 'of a structured kind'}; readable are ${Object.keys(readers).join(', ')}.`, {
      dtype,
    })
  if (order === 'True') throw fail('is in Fortran order; save np.ascontiguousarray(x).')
  const shape = dimensions.split(',').flatMap((side) => (side.trim() === '' ? [] : [Number(side)]))
  const count = shape.reduce((product, side) => product * side, 1)
  const expected = start + count * reader.bytes
  if (bytes.length !== expected)
    throw fail(`has ${bytes.length} bytes; its header (shape [${shape.join(', ')}]) asks for ${expected}.`, {
      found: bytes.length,
      expected,
    })
  const values = new Float64Array(count)
  const little = dtype[0] !== '>'
  for (let i = 0; i < count; i++) values[i] = reader.read(view, start + i * reader.bytes, little)
  return { dtype, shape, values }
}
