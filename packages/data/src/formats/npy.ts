import { DataError, printable, quoted } from '@dc/core/plugin'
import type { ByteStream } from '../byte-stream'
import type { FileSource } from '../file-source'
import { type ReadOptions, readStream } from '../files'
import { inMemory } from '../unpacking'
import { elementOf, structured, type Values } from './npy-elements'
import { type PythonLiteral, parsePythonLiteral } from './python-literal'

/** An array read from a `.npy` file. */
export interface NpyArray {
  /** As in the file: `<f4`. */
  readonly dtype: string
  readonly shape: readonly number[]
  /** In C order, in an array of the file's own type; float16 as float32, bool as bytes 0 and 1, text as strings. */
  readonly values: Values
}

/** What a `.npy` file says before its values. */
export interface NpyHeader {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly fortranOrder: boolean
  /** Length of the header in bytes. */
  readonly bytes: number
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
/** NumPy's own limits. */
const [longestHeader, mostDimensions] = [10_000, 64]

/**
 * Reads a NumPy `.npy` file, plain or gzip: format versions 1 to 3; float16, 32 and 64, integers of 8 to 64 bits, bool,
 * bytes and text (`S`, `U`); any byte order; C and Fortran order.
 *
 * @throws DataError if the file cannot be read or is no `.npy`; if its header is malformed, or asks for more or fewer bytes
 * than the file has; if it holds Python objects, complex or long double numbers, dates, structures or raw bytes (the message
 * says how to save them)
 * @see NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays"
 * @example
 * const { shape, values } = await readNpy('features.npy')
 */
export function readNpy(file: FileSource, options: ReadOptions = {}): Promise<NpyArray> {
  return readStream(file, options, parseNpy)
}

/** The array in the bytes of a `.npy` file. Errors are those of {@link readNpy}. */
export async function parseNpy(stream: ByteStream): Promise<NpyArray> {
  const { dtype, shape, fortranOrder } = await parseNpyHeader(stream)
  const element = elementOf(dtype, stream.name)
  const count = shape.reduce((product, side) => product * side, 1)
  const what = `its values, ${printable(dtype)} of shape [${shape.join(', ')}]`
  const buffer = await stream.takeBuffer(count * element.bytes, what)
  await stream.end(what)
  const values = inMemory(stream.name, () => {
    const stored = element.read(buffer, stream.name)
    return fortranOrder ? inCOrder(stored, shape) : stored
  })
  return { dtype, shape, values }
}

/** Reads the header alone. Its type may be one that is not read. */
export async function parseNpyHeader(stream: ByteStream): Promise<NpyHeader> {
  const fail = (what: string, facts: Record<string, unknown> = {}) =>
    new DataError(`${quoted(stream.name)} ${what}`, { path: stream.name, ...facts })
  if (stream.left < 10) throw fail('is not a .npy file: it is too short.')
  const start = await stream.take(8, 'its first bytes')
  if (magic.some((byte, i) => start[i] !== byte)) throw fail('is not a .npy file.')
  const [version, minor] = [start[6], start[7]]
  if (version < 1 || version > 3 || minor !== 0)
    throw fail(`has .npy format version ${version}.${minor}; readable are 1.0, 2.0 and 3.0.`, { version })
  const field = await stream.take(version === 1 ? 2 : 4, 'its header')
  const length = field.reduceRight((high, byte) => high * 256 + byte, 0)
  if (length > longestHeader)
    throw fail(`has a header of ${length} bytes; at most ${longestHeader} are read, as by NumPy.`, { length })
  const text = await stream.take(length, 'its header')
  try {
    return { ...headerIn(text, version), bytes: 8 + field.length + length }
  } catch (error) {
    throw new DataError(
      `${quoted(stream.name)} has an unreadable header: ${(error as Error).message}.`,
      { path: stream.name },
      error,
    )
  }
}

/** @throws Error that says what is wrong with the header */
function headerIn(bytes: Uint8Array, version: number): Omit<NpyHeader, 'bytes'> {
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1', { fatal: true }).decode(bytes)
  const header = parsePythonLiteral(text)
  if (!(header instanceof Map)) throw new Error('it is no dict')
  const other = [...header.keys()].find((key) => key !== 'descr' && key !== 'fortran_order' && key !== 'shape')
  if (other !== undefined) throw new Error(`it has the key ${quoted(other)}`)
  const [descr, fortranOrder, shape] = ['descr', 'fortran_order', 'shape'].map((key) => header.get(key))
  if (typeof fortranOrder !== 'boolean') throw new Error("its 'fortran_order' is neither True nor False")
  return { dtype: dtypeOf(descr), fortranOrder, shape: shapeOf(shape) }
}

function dtypeOf(descr: PythonLiteral | undefined): string {
  if (typeof descr === 'string') return descr
  if (typeof descr === 'object' && descr !== null && !(descr instanceof Map)) return structured
  throw new Error("its 'descr' is no dtype")
}

function shapeOf(shape: PythonLiteral | undefined): number[] {
  if (typeof shape !== 'object' || shape === null || !('tuple' in shape)) throw new Error("its 'shape' is no tuple")
  if (shape.tuple.length > mostDimensions) throw new Error(`its 'shape' has more than ${mostDimensions} dimensions`)
  const sides = shape.tuple.map((side) => {
    if (typeof side === 'number' && Number.isSafeInteger(side) && side >= 0) return side
    throw new Error(`its 'shape' has the side ${printable(String(side))}; sides are integers from 0 on`)
  })
  if (!Number.isSafeInteger(sides.reduce((product, side) => product * side, 1)))
    throw new Error(`its 'shape' [${sides.join(', ')}] asks for more values than can be counted`)
  return sides
}

/** Reorders values from Fortran order (first index fastest) to C order (last index fastest). */
function inCOrder(values: Values, shape: readonly number[]): Values {
  if (values.length === 0 || shape.filter((side) => side !== 1).length < 2) return values
  const out = values.slice()
  const [source, target] = [values, out] as { [index: number]: unknown }[]
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, side) => product * side, 1))
  const index = shape.map(() => 0)
  const last = shape.length - 1
  for (let at = 0, start = 0; at < values.length; ) {
    for (let i = 0; i < shape[last]; i++) target[at++] = source[start + i * strides[last]]
    // Advances the outer indices.
    for (let axis = last - 1; axis >= 0; axis--) {
      start += strides[axis]
      if (++index[axis] < shape[axis]) break
      start -= index[axis] * strides[axis]
      index[axis] = 0
    }
  }
  return out
}
