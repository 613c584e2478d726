import { tf } from '@dc/core'
import '@tensorflow/tfjs-backend-cpu'
import { sinkhornRounds } from '@dc/ot-sinkhorn/tensor'
import { array, defineParityCheck, maxRelativeError } from '../frame.ts'

/** `bootsc_sinkhorn*`: the assignment rounds of BootSC, float32 within 1e-4 (Guo et al. 2025). */
export default defineParityCheck({
  matches: /^bootsc_sinkhorn/,
  async run(oracle) {
    await tf.setBackend('cpu')
    const [scores, expected] = [array(oracle, 'P'), array(oracle, 'Q')]
    const setting = (name: string, standard: number) =>
      Number(new RegExp(`${name}\\s*=\\s*([0-9.e-]*[0-9])`).exec(String(oracle.note))?.[1] ?? oracle[name] ?? standard)
    const [epsilon, rounds] = [setting('epsilon', 0.05), setting('iterations', 3)]
    return (['log', 'kernel'] as const).map((domain) => {
      const found = tf.tidy(() =>
        sinkhornRounds(tf.tensor2d(Float32Array.from(scores.data), scores.shape as [number, number]), {
          epsilon,
          rounds,
          domain,
        }).dataSync(),
      )
      return { name: domain, error: maxRelativeError(found, expected.data), tolerance: 1e-4 }
    })
  },
})
