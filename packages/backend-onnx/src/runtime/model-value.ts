/** An input or output of a model, as the model describes it. */
export interface ModelValue {
  readonly name: string
  /** Element type, such as `float32`, `float16`, `bfloat16`; null if the value is no tensor. */
  readonly type: string | null
  /** Sizes, or names of sizes that are free; an empty name for a free size without a name. Null if the model does not say. */
  readonly shape: readonly (number | string)[] | null
}

/** An input or output as onnxruntime-node's binding describes it. */
export interface NativeValue {
  readonly name: string
  readonly isTensor: boolean
  readonly type?: number
  readonly shape?: readonly number[]
  readonly symbolicDimensions?: readonly string[]
}

/** By their number in onnx.proto's `TensorProto.DataType`. */
const types = [
  ...['undefined', 'float32', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64', 'string', 'bool', 'float16'],
  ...['float64', 'uint32', 'uint64', 'complex64', 'complex128', 'bfloat16', 'float8e4m3fn', 'float8e4m3fnuz'],
  ...['float8e5m2', 'float8e5m2fnuz', 'uint4', 'int4', 'float4e2m1', 'float8e8m0', 'uint2', 'int2'],
]

/** The binding describes a scalar and a value of unknown rank alike: without sides. */
export function modelValue({ name, isTensor, type = 0, shape = [], symbolicDimensions = [] }: NativeValue): ModelValue {
  if (!isTensor) return { name, type: null, shape: null }
  const sides = shape.map((side, i) => (side < 0 ? (symbolicDimensions[i] ?? '') : side))
  return { name, type: types[type] ?? `type ${type}`, shape: sides.length === 0 ? null : sides }
}
