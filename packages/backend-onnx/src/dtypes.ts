import type { tf } from '@dc/core'
import { DataError } from '@dc/core/errors'
import type { ElementType } from './runtime/element-type'

/** The element type that stores a tfjs dtype. @throws DataError for strings and complex numbers */
export function elementTypeOf(dtype: tf.DataType): ElementType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype
  throw new DataError(`dtype ${dtype} has no numbers to compute with.`, { dtype })
}

/** The tfjs dtype of an element type. @throws DataError if there is none */
export function dtypeOf(type: ElementType): tf.DataType {
  if (type === 'float32' || type === 'int32' || type === 'bool') return type
  throw new DataError(`${type} does not exist in TensorFlow.js.`, { type })
}
