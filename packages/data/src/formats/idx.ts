import { DataError, quoted } from '@dc/core/plugin'
import type { ByteStream } from '../byte-stream'
import type { FileSource } from '../file-source'
import { type ReadOptions, readStream } from '../files'
import { inMemory } from '../unpacking'
import { type Numbers, type NumberType, numbersIn } from './numbers'

/** An array read from an IDX file. */
export interface IdxArray {
  readonly type: 'u8' | 'i8' | 'i16' | 'i32' | 'f32' | 'f64'
  readonly shape: readonly number[]
  /** The values in an array of the file's own type. */
  readonly values: Exclude<Numbers, BigInt64Array | BigUint64Array>
}

const types: Record<number, { type: IdxArray['type']; numbers: NumberType; bytes: number }> = {
  8: { type: 'u8', numbers: 'u1', bytes: 1 },
  9: { type: 'i8', numbers: 'i1', bytes: 1 },
  11: { type: 'i16', numbers: 'i2', bytes: 2 },
  12: { type: 'i32', numbers: 'i4', bytes: 4 },
  13: { type: 'f32', numbers: 'f4', bytes: 4 },
  14: { type: 'f64', numbers: 'f8', bytes: 8 },
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
export function readIdx(path: FileSource, options: ReadOptions = {}): Promise<IdxArray> {
  return readStream(path, options, parseIdx)
}

/** The array in the bytes of an IDX file; errors are those of {@link readIdx}. */
export async function parseIdx(stream: ByteStream): Promise<IdxArray> {
  const { type, shape } = await parseIdxHeader(stream)
  const known = Object.values(types).find((each) => each.type === type)!
  const count = shape.reduce((product, side) => product * side, 1)
  const what = `its values, ${type} of shape [${shape.join(', ')}]`
  const buffer = await stream.takeBuffer(count * known.bytes, what)
  await stream.end(what)
  const values = inMemory(stream.name, () => numbersIn(buffer, known.numbers, false)) as IdxArray['values']
  return { type, shape, values }
}

/** What an IDX file says before its values. */
export async function parseIdxHeader(stream: ByteStream): Promise<Pick<IdxArray, 'type' | 'shape'>> {
  const path = stream.name
  const wrong = () => new DataError(`${quoted(path)} is not an IDX file: its header is wrong.`, { path })
  if (stream.left < 4) throw wrong()
  const [zero, none, code, rank] = await stream.take(4, 'its header')
  const known = zero === 0 && none === 0 ? types[code] : undefined
  if (!known || rank === 0) throw wrong()
  const sides = new DataView((await stream.take(4 * rank, 'its header')).buffer)
  const shape = Array.from({ length: rank }, (_, axis) => sides.getUint32(4 * axis))
  return { type: known.type, shape }
}
