import { readFileSync, writeFileSync } from 'node:fs'
import { DataError, OptionError } from '@dc/core'

/** An array of a `.safetensors` file, as float32. */
export interface WeightArray {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** What a `.safetensors` file holds. */
export interface WeightFile {
  readonly arrays: Readonly<Record<string, WeightArray>>
  readonly metadata: Readonly<Record<string, string>>
}

type Reader = (view: DataView, offset: number) => number
const readers: Record<string, { bytes: number; read: Reader }> = {
  F64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  F32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  F16: { bytes: 2, read: (view, at) => half(view.getUint16(at, true)) },
  BF16: { bytes: 2, read: (view, at) => brain(view.getUint16(at, true)) },
  I64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  U8: { bytes: 1, read: (view, at) => view.getUint8(at) },
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023]
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const word = new DataView(new ArrayBuffer(4))
/** The upper half of a float32. */
function brain(bits: number): number {
  word.setUint32(0, bits << 16)
  return word.getFloat32(0)
}

/**
 * Reads a `.safetensors` file. Types F64, F32, F16, BF16, I64, I32 and U8 become float32.
 *
 * @throws DataError if the file cannot be read, is of another format, or an array's type or place is not right
 * @see https://github.com/huggingface/safetensors#format
 * @example
 * const { arrays } = readSafetensors('resnet18.safetensors')
 * arrays['conv1.weight'].shape   // [64, 3, 7, 7]
 */
export function readSafetensors(path: string): WeightFile {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new DataError(`Cannot read the weights '${path}': ${(error as Error).message}.`, { path }, error)
  }
  const fail = (what: string) => new DataError(`'${path}' ${what}`, { path })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = bytes.length >= 8 ? Number(view.getBigUint64(0, true)) : Number.POSITIVE_INFINITY
  if (8 + length > bytes.length) throw fail('is not a .safetensors file.')
  let header: Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
  } catch {
    throw fail('is not a .safetensors file: its header is not JSON.')
  }
  const { __metadata__: metadata = {}, ...entries } = header as typeof header & {
    __metadata__?: Record<string, string>
  }
  const arrays: Record<string, WeightArray> = {}
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [start, end],
    },
  ] of Object.entries(entries)) {
    const reader = readers[dtype]
    if (!reader) throw fail(`holds '${name}' of type ${dtype}; readable are ${Object.keys(readers).join(', ')}.`)
    const size = shape.reduce((product, side) => product * side, 1)
    if (end - start !== size * reader.bytes || 8 + length + end > bytes.length)
      throw fail(`is broken: '${name}' of shape [${shape.join(', ')}] does not fit its place.`)
    const values = new Float32Array(size)
    for (let i = 0; i < size; i++) values[i] = reader.read(view, 8 + length + start + i * reader.bytes)
    arrays[name] = { shape, values }
  }
  return { arrays, metadata }
}

/**
 * Writes a `.safetensors` file of float32 arrays.
 *
 * @throws OptionError if an array does not have as many values as its shape says
 * @see https://github.com/huggingface/safetensors#format
 * @example
 * writeSafetensors('weights.safetensors', { bias: { shape: [2], values: Float32Array.of(0, 1) } }, { model: 'toy' })
 */
export function writeSafetensors(
  path: string,
  arrays: Readonly<Record<string, WeightArray>>,
  metadata: Readonly<Record<string, string>> = {},
): void {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', ...metadata } }
  let at = 0
  for (const [name, { shape, values }] of Object.entries(arrays)) {
    const size = shape.reduce((product, side) => product * side, 1)
    if (size !== values.length) throw new OptionError(name, `${values.length} values`, `${size}, by its shape`)
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at + 4 * size] }
    at += 4 * size
  }
  // Spaces up to a multiple of eight keep the numbers aligned.
  let text = JSON.stringify(header)
  text += ' '.repeat((8 - (Buffer.byteLength(text) % 8)) % 8)
  const head = Buffer.alloc(8)
  head.writeBigUInt64LE(BigInt(Buffer.byteLength(text)))
  const data = Object.values(arrays).map(({ values }) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  )
  writeFileSync(path, Buffer.concat([head, Buffer.from(text), ...data]))
}
