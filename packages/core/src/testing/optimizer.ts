import type { Optimizer } from '../kinds'
import { tf } from '../tf'
import { check, checkClose, type TestApi } from './check'

/**
 * What every optimiser must do: be pure (inputs stay alive and unchanged), keep the names, and bring a quadratic to
 * its minimum.
 *
 * @param learningRate one with which 300 steps reach the minimum of Σ(x − target)² to 5 %
 */
export function testOptimizer(api: TestApi, name: string, make: () => Optimizer, learningRate: number): void {
  api.describe(`optimizer ${name}`, () => {
    api.it('is pure and keeps the names', async () => {
      const optimizer = make()
      const parameters = { a: tf.tensor1d([1, 2]), b: tf.scalar(3) }
      const gradients = { a: tf.tensor1d([0.5, -0.5]), b: tf.scalar(1) }
      const rate = tf.scalar(learningRate)
      const state = optimizer.init(parameters)
      const kept = await Promise.all(Object.values(state).map((t) => t.data()))
      const next = optimizer.update(gradients, state, parameters, rate)
      checkClose(await parameters.a.data(), [1, 2], 0, 'parameter a')
      checkClose(await gradients.a.data(), [0.5, -0.5], 0, 'gradient a')
      const still = await Promise.all(Object.values(state).map((t) => t.data()))
      for (let i = 0; i < kept.length; i++) checkClose(still[i], kept[i], 0, 'old state')
      check(Object.keys(next.parameters).sort().join() === 'a,b', 'parameter names changed')
      check(Object.keys(next.state).sort().join() === Object.keys(state).sort().join(), 'state names changed')
      check((await next.parameters.b.data())[0] < 3, 'a positive gradient did not lower its parameter')
      tf.dispose([parameters, gradients, state, next.parameters, next.state, rate])
    })
    api.it('reaches the minimum of a quadratic without leaks', async () => {
      const optimizer = make()
      const target = tf.tensor1d([1, -2])
      let parameters: Record<string, tf.Tensor> = { x: tf.tensor1d([0, 0]) }
      let state = optimizer.init(parameters)
      const rate = tf.scalar(learningRate)
      const before = tf.memory().numTensors
      for (let i = 0; i < 300; i++) {
        const next = tf.tidy(() => {
          const gradients = { x: parameters.x.sub(target).mul(2) }
          return optimizer.update(gradients, state, parameters, rate)
        })
        tf.dispose([parameters, state])
        parameters = next.parameters
        state = next.state
      }
      check(tf.memory().numTensors === before, `${tf.memory().numTensors - before} tensors leaked`)
      checkClose(await parameters.x.data(), [1, -2], 0.05, 'minimum')
      tf.dispose([parameters, state, target, rate])
    })
  })
}
