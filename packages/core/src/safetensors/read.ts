import { quoted } from '../text'
import { type SafetensorsTensor, safetensorsArrays } from './element-types'
import { headerLength, lengthBytes, notRight, parseHeader, type SafetensorsHeader, type TensorPlace } from './header'

/** A file of which parts can be read. */
export interface SafetensorsSource {
  /** For messages. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Bytes `begin` … `end − 1`, or fewer where the file ends before. */
  read(begin: number, end: number): Uint8Array
}

/** An open safetensors file. */
export interface Safetensors extends SafetensorsHeader {
  /** Reads one tensor. @throws DataError if the file has become shorter, or a boolean is neither 0 nor 1 */
  tensor(name: string): SafetensorsTensor
}

/**
 * Reads the header of a safetensors file, and tensors when they are asked for.
 *
 * @throws DataError if the header, or the place, size or type of a tensor is not as the format says
 * @see https://huggingface.co/docs/safetensors, "Format"
 * @example
 * const file = openSafetensors({ name: 'w', size: bytes.length, read: (begin, end) => bytes.subarray(begin, end) })
 * file.places.get('conv1.weight')?.shape // [64, 3, 7, 7]
 */
export function openSafetensors(source: SafetensorsSource): Safetensors {
  const { name: file, size } = source
  const length = headerLength(source.read(0, Math.min(lengthBytes, size)), size, file)
  const header = parseHeader(wholeRange(source, lengthBytes, lengthBytes + length), size, file)
  return {
    ...header,
    tensor(name) {
      const place = header.places.get(name)
      if (!place) throw notRight(file, `it has no tensor ${quoted(name)}`)
      return readTensor(source, place, name)
    },
  }
}

/**
 * Reads the bytes of a whole safetensors file.
 *
 * @param name of the file, for messages
 * @throws DataError as {@link openSafetensors}
 * @example
 * const { tensors, metadata } = decodeSafetensors(bytes, 'w.safetensors')
 * tensors.get('conv1.weight')?.shape // [64, 3, 7, 7]
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  name: string,
): { tensors: ReadonlyMap<string, SafetensorsTensor>; metadata: ReadonlyMap<string, string> } {
  const read = (begin: number, end: number) => bytes.subarray(begin, end)
  const { places, metadata, tensor } = openSafetensors({ name, size: bytes.length, read })
  return { tensors: new Map([...places.keys()].map((key) => [key, tensor(key)])), metadata }
}

function readTensor(source: SafetensorsSource, place: TensorPlace, name: string): SafetensorsTensor {
  const { type, shape, begin, end } = place
  const bytes = wholeRange(source, begin, end)
  // A copy is aligned, and does not keep the whole file in memory.
  const own = new Uint8Array(bytes.length)
  own.set(bytes)
  if (type === 'BOOL' && own.some((value) => value > 1))
    throw notRight(source.name, `tensor ${quoted(name)} has booleans that are neither 0 nor 1`)
  return { type, shape, values: new safetensorsArrays[type](own.buffer) }
}

function wholeRange(source: SafetensorsSource, begin: number, end: number): Uint8Array {
  const bytes = source.read(begin, end)
  if (bytes.length !== end - begin) throw notRight(source.name, 'it was cut while it was read')
  return bytes
}
