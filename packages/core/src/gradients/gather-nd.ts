import * as tf from '@tensorflow/tfjs-core'

/** `y = params[indices]`, so `dparams` scatters `dy` to where it was read; a row read twice gets the sum. */
export const gatherNdGradient: tf.GradConfig = {
  kernelName: tf.GatherNd,
  inputsToSave: ['params', 'indices'],
  gradFunc: (dy, saved) => {
    const [params, indices] = saved
    return {
      params: () => tf.scatterND(indices.toInt(), dy as tf.Tensor, params.shape),
      indices: () => tf.zerosLike(indices),
    }
  },
}

/** `y = Σ updates at indices`, so `dupdates` gathers `dy` from where each was written. */
export const scatterNdGradient: tf.GradConfig = {
  kernelName: tf.ScatterNd,
  inputsToSave: ['indices'],
  gradFunc: (dy, saved) => {
    const [indices] = saved
    return {
      updates: () => tf.gatherND(dy as tf.Tensor, indices.toInt()),
      indices: () => tf.zerosLike(indices),
    }
  },
}
