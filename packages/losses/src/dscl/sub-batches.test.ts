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

  it('moves running statistics once for each sub-batch, and not at all if it fails', async () => {
    const random = createRandom(2)
    const parts = [10, 8, 6].map((rows) => tf.tensor2d(random.normals(rows * 3), [rows, 3]))
    const labels = Int32Array.from({ length: 24 }, (_, i) => i % 3)
    const network = () => {
      const weight = tf.variable(tf.tensor2d(createRandom(3).normals(6), [3, 2]))
      const mean = tf.variable(tf.ones([2]), false)
      const embed = (x: tf.Tensor): tf.Tensor2D => {
        const y: tf.Tensor2D = tf.matMul(x as tf.Tensor2D, weight)
        mean.assign(mean.mul<tf.Tensor1D>(0.9).add(y.mean<tf.Tensor1D>(0).mul(0.1)))
        return y
      }
      return { embed, variables: { weight, mean } }
    }
    const [once, found, failing] = [network(), network(), network()]
    for (const part of parts) once.embed(part)
    dsclSubBatches({ ...found, parts, labels })
    expect([...(await found.variables.mean.data())]).toEqual([...(await once.variables.mean.data())])
    expect(() => dsclSubBatches({ ...failing, parts, labels: labels.subarray(1) })).toThrow()
    expect([...(await failing.variables.mean.data())]).toEqual([1, 1])
  })

  it('has a gradient for every weight: zeros where nothing depends on it, sums where some parts do', async () => {
    const random = createRandom(4)
    const parts = [8, 4].map((rows) => tf.tensor2d(random.normals(rows * 3), [rows, 3]))
    const labels = Int32Array.from({ length: 12 }, (_, i) => i % 3)
    const [used, seldom, unused] = [1, 2, 3].map((seed) =>
      tf.variable(tf.tensor2d(createRandom(seed).normals(6), [3, 2])),
    )
    const variables = { unused, seldom, used }
    const embed = (x: tf.Tensor) => {
      const y: tf.Tensor2D = tf.matMul(x as tf.Tensor2D, used)
      return x.shape[0] === 8 ? y.add<tf.Tensor2D>(tf.matMul(x as tf.Tensor2D, seldom)) : y
    }
    const whole = tf.variableGrads(() => {
      const embeddings = tf.concat2d(
        parts.map((x): tf.Tensor2D => embed(x)),
        0,
      )
      return sum({ residual: dscl({ embeddings, labels }) })
    }, [used, seldom])
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { gradients } = dsclSubBatches({
        embed,
        parts: order.map((i) => parts[i]),
        labels: order[0] === 0 ? labels : [...labels.subarray(8), ...labels.subarray(0, 8)],
        variables,
      })
      expect(Object.keys(gradients)).toEqual(['unused', 'seldom', 'used'])
      expect([...(await gradients.unused.data())]).toEqual(Array(6).fill(0))
      for (const name of ['used', 'seldom'] as const) {
        const expected = await whole.grads[variables[name].name].data()
        for (const [i, value] of (await gradients[name].data()).entries()) expect(value).toBeCloseTo(expected[i], 3)
      }
    }
  })
})
