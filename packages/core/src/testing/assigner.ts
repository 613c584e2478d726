import type { Assigner } from '../kinds'
import { tf } from '../tf'
import { check, checkClose, checkFinite, checkShape, type TestApi, valuesOf, waves } from './check'

/**
 * What every assigner must do: non-negative rows with mass at most one, no gradient, no growth in tensors from call
 * to call, and a state that continues where it stopped.
 *
 * @param make a fresh assigner each time
 * @param shape rows and clusters of the scores it is tried on; a square shape for affinity assigners
 * @example
 * testAssigner({ describe, it }, 'soft', () => soft.create({ temperature: 0.1 }, {}))
 */
export function testAssigner(
  api: TestApi,
  name: string,
  make: () => Assigner,
  shape: [number, number] = [24, 5],
): void {
  const context = {
    progress: { step: 0, steps: 10, epoch: 0, epochs: 2 },
    view: 0,
    rows: Int32Array.from({ length: shape[0] }, (_, i) => i),
  }
  const scores = (phase: number) => tf.tensor2d(waves(shape[0] * shape[1], phase), shape)
  const assign = async (assigner: Assigner, phase: number) => {
    const s = scores(phase)
    const targets = assigner.assign(s, context)
    check(!s.isDisposed, 'the assigner disposed its scores')
    s.dispose()
    return targets
  }
  api.describe(`assigner ${name}`, () => {
    api.it('gives rows of non-negative finite targets with mass at most one', async () => {
      const assigner = make()
      const targets = await assign(assigner, 0)
      checkShape(targets.shape, shape, 'targets')
      const values = await valuesOf(targets)
      checkFinite(values, 'targets')
      let total = 0
      for (let i = 0; i < shape[0]; i++) {
        let mass = 0
        for (let j = 0; j < shape[1]; j++) {
          const value = values[i * shape[1] + j]
          check(value >= 0, `target (${i}, ${j}) is ${value}`)
          mass += value
        }
        check(mass <= 1 + 1e-3, `row ${i} has mass ${mass}`)
        total += mass
      }
      check(total > 0, 'no row has any mass')
      assigner.dispose?.()
    })
    api.it('lets no gradient through', async () => {
      const assigner = make()
      const s = scores(1)
      const gradient = tf.grad((x) =>
        assigner
          .assign(x as tf.Tensor2D, context)
          .square()
          .sum()
          .add(x.sum().mul(0)),
      )(s)
      checkClose(await valuesOf(gradient), new Float32Array(shape[0] * shape[1]), 0, 'gradient')
      s.dispose()
      assigner.dispose?.()
    })
    api.it('keeps no more tensors after the tenth call than after the second', async () => {
      const assigner = make()
      for (let i = 0; i < 2; i++) (await assign(assigner, i)).dispose()
      const before = tf.memory().numTensors
      for (let i = 2; i < 10; i++) (await assign(assigner, i)).dispose()
      check(tf.memory().numTensors <= before, `${tf.memory().numTensors - before} tensors leaked in 8 calls`)
      assigner.dispose?.()
    })
    api.it('a restored state continues where it stopped', async () => {
      const [one, two] = [make(), make()]
      for (let i = 0; i < 3; i++) (await assign(one, i)).dispose()
      const state = one.state?.() ?? {}
      two.restore?.(state)
      tf.dispose(state)
      const [expected, found] = [await assign(one, 3), await assign(two, 3)]
      checkClose(await valuesOf(found), await valuesOf(expected), 1e-6, 'targets after restoring')
      one.dispose?.()
      two.dispose?.()
    })
  })
}
