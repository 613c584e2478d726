/** The element types that are read and written, with the array that holds each; float16 and bfloat16 as their bits. */
export const safetensorsArrays = {
  F64: Float64Array,
  F32: Float32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const

export type SafetensorsType = keyof typeof safetensorsArrays

/** The typed arrays that hold a tensor's values. */
export type SafetensorsValues =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array

/** A tensor on the host. Values of `F16` and `BF16` are bits, for `float16ToNumber` and `bfloat16ToNumber`. */
export interface SafetensorsTensor {
  readonly type: SafetensorsType
  readonly shape: readonly number[]
  readonly values: SafetensorsValues
}
