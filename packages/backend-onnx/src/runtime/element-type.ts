import { OptionError } from '@dc/core/errors'

/** Element types by their number in onnx.proto's `TensorProto.DataType`. */
export const elementTypes = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
} as const

/** Element type of a tensor that goes in or out of a model. */
export type ElementType = keyof typeof elementTypes

/** The arrays that hold each element type; `bool` is one byte, 0 or 1. */
export interface ElementArrays {
  float32: Float32Array
  float64: Float64Array
  int32: Int32Array
  int64: BigInt64Array
  uint8: Uint8Array
  bool: Uint8Array
}
export type ElementArray = ElementArrays[ElementType]

const constructors = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  bool: Uint8Array,
}

/** Size of one element. */
export const bytesPerElement = (type: ElementType): number => constructors[type].BYTES_PER_ELEMENT

/** A new zero-filled array for `size` elements. */
export function allocate<T extends ElementType>(type: T, size: number): ElementArrays[T] {
  return new constructors[type](size) as ElementArrays[T]
}

/** The element type of a typed array; a `Uint8Array` counts as `uint8`. */
export function elementTypeOf(data: ElementArray, argument: string): ElementType {
  if (data instanceof Float32Array) return 'float32'
  if (data instanceof Float64Array) return 'float64'
  if (data instanceof Int32Array) return 'int32'
  if (data instanceof BigInt64Array) return 'int64'
  if (data instanceof Uint8Array) return 'uint8'
  throw new OptionError(argument, data, 'Float32Array, Float64Array, Int32Array, BigInt64Array or Uint8Array')
}

/** Bytes of an array, without a copy. */
export function bytesOf(data: ElementArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

/** A new array of one repeated number. */
export function fillArray(type: ElementType, size: number, number: number): ElementArray {
  const array = allocate(type, size)
  return array instanceof BigInt64Array ? array.fill(BigInt(number)) : array.fill(number)
}
