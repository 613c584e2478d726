import { tf } from '@dc/core'
import '@tensorflow/tfjs-backend-cpu'
import { dscl, dsclExact, sum } from '@dc/losses'
import { array, defineParityCheck, maxAbsoluteError, maxRelativeError, number } from '../frame.ts'

/** `dscl*`: the loss and its closed-form gradient (Law et al. 2017, eqs. 9 and 10), in float64 and on tensors. */
export default defineParityCheck({
  matches: /^dscl/,
  async run(oracle) {
    await tf.setBackend('cpu')
    const f = array(oracle, 'F')
    const [rows, columns] = f.shape
    const labels = array(oracle, 'y').data
    // Columns of Y without a sample add 1 each to the file's loss; ours counts the classes that are present.
    const absent = number(oracle, 'k') - new Set(labels).size
    const loss = number(oracle, 'loss') - absent
    const gradient = array(oracle, 'G').data.map((g) => -2 * g)

    const exact = dsclExact({ values: Float64Array.from(f.data), rows, columns }, labels)
    const onTensors = (x: tf.Tensor) => sum({ residual: dscl({ embeddings: x as tf.Tensor2D, labels }) })
    const [value, slope] = tf.tidy(() => {
      const x = tf.tensor2d(Float32Array.from(f.data), [rows, columns])
      return [onTensors(x).dataSync(), tf.grad(onTensors)(x).dataSync()]
    })
    return [
      { name: 'loss, float64', error: Math.abs(exact.loss - loss), tolerance: 1e-8 },
      { name: 'gradient, float64', error: maxAbsoluteError(exact.gradient, gradient), tolerance: 1e-8 },
      { name: 'loss, tensors', error: Math.abs(value[0] - loss) / Math.max(1, loss), tolerance: 1e-4 },
      { name: 'gradient, tensors', error: maxRelativeError(slope, gradient), tolerance: 1e-4 },
    ]
  },
})
