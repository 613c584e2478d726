import { cpu, createRandom, initBackend, tf } from '@dc/core'
import { expectNoLeaks } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { sum } from '../reducers'
import { dscl } from './dscl'
import { dsclSubBatches } from './sub-batches'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

describe('dscl in sub-batches', () => {
  it('has the loss and the gradient of the whole batch, and leaks nothing', async () => {
    const random = createRandom(1)
    const x = tf.tensor2d(random.normals(24 * 5), [24, 5])
    const labels = Int32Array.from({ length: 24 }, (_, i) => i % 3)
    const first = tf.variable(tf.tensor2d(random.normals(35), [5, 7]))
    const second = tf.variable(tf.tensor2d(random.normals(28), [7, 4]))
    const embed = (rows: tf.Tensor): tf.Tensor2D => tf.matMul(tf.tanh(tf.matMul(rows as tf.Tensor2D, first)), second)
    const whole = tf.variableGrads(() => sum({ residual: dscl({ embeddings: embed(x), labels }) }), [first, second])

    const parts = [tf.slice(x, 0, 10), tf.slice(x, 10, 10), tf.slice(x, 20, 4)]
    let loss = 0
    const gradients = await expectNoLeaks(() => {
      const found = dsclSubBatches({ embed, parts, labels, variables: { first, second } })
      loss = found.loss
      return found.gradients
    })
    expect(loss).toBeCloseTo((await whole.value.data())[0], 4)
    for (const [name, variable] of Object.entries({ first, second })) {
      const expected = await whole.grads[variable.name].data()
      for (const [i, value] of (await gradients[name].data()).entries()) expect(value).toBeCloseTo(expected[i], 3)
    }
    expect(() => dsclSubBatches({ embed, parts: [], labels, variables: { first } })).toThrow(/at least one sub-batch/)
  })
})
