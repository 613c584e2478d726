import { tf } from '@dc/core'
import '@tensorflow/tfjs-backend-cpu'
import { polarFactor } from '@dc/spectral/tensor'
import { array, defineParityCheck, maxAbsoluteError } from '../frame.ts'

/** `polar_factor*`: the orthogonal re-parameterisation against an SVD, float32 within 1e-4 (Guo et al. 2025). */
export default defineParityCheck({
  matches: /^polar_factor/,
  async run(oracle) {
    await tf.setBackend('cpu')
    const [z, polar] = [array(oracle, 'Z'), array(oracle, 'polar64')]
    return (['newton-schulz', 'eigendecomposition'] as const).map((method) => {
      const found = tf.tidy(() =>
        polarFactor(tf.tensor2d(Float32Array.from(z.data), z.shape as [number, number]), { method }).dataSync(),
      )
      return { name: method, error: maxAbsoluteError(found, polar.data), tolerance: 1e-4 }
    })
  },
})
