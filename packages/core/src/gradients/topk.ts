import * as tf from '@tensorflow/tfjs-core'

/** The gradient of the top values goes back to where they were taken from: `dx = dvalues · onehot(indices)`. */
export const topkGradient: tf.GradConfig = {
  kernelName: tf.TopK,
  inputsToSave: ['x'],
  outputsToSave: [false, true],
  gradFunc: (dy, saved) => {
    const [x, indices] = saved
    const dvalues = (dy as tf.Tensor[])[0]
    return {
      x: () => {
        const n = x.shape[x.rank - 1]
        const k = indices.shape[indices.rank - 1]
        const places = tf.oneHot(indices.toInt().reshape([-1, k]) as tf.Tensor2D, n).cast(x.dtype)
        return tf.matMul(dvalues.reshape([-1, 1, k]), places.reshape([-1, k, n])).reshape(x.shape)
      },
    }
  },
}
