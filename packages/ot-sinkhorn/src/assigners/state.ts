import { tf } from '@dc/core'

/** Float64 values, each as two int32 with its bits. Tensors have no float64, and a checkpoint must be exact. */
export function packFloat64(values: Float64Array): tf.Tensor1D {
  return tf.tensor1d(new Int32Array(values.slice().buffer), 'int32')
}

/** The inverse of {@link packFloat64}. */
export function unpackFloat64(tensor: tf.Tensor): Float64Array {
  return new Float64Array(Int32Array.from(tensor.dataSync()).buffer)
}
