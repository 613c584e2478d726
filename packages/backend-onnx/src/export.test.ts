import { cpu, initBackend, tf } from '@dc/core'
import { expectNoLeaks } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { activateOnnx, exportModel } from './index'
import { Session } from './model'

beforeAll(() => activateOnnx({ threads: 1 }))

const inputShape = [2, 3]
const ones: [number, number][] = [
  [0, 0],
  [1, 0],
]
function run(bytes: Uint8Array, data: Float32Array, dims: readonly number[]) {
  const session = new Session(bytes)
  const { inputs, outputs } = session.values
  expect([...inputs, ...outputs].map(({ name, type }) => [name, type])).toEqual([
    ['input', 'float32'],
    ['output', 'float32'],
  ])
  const { output } = session.run({ input: { type: 'float32', data, dims, location: 'cpu' } }, { output: null })
  session.dispose()
  return output
}
const data = Float32Array.from({ length: 30 }, (_, i) => Math.sin(i))

describe('exportModel', () => {
  it('writes a function that runs at any batch size', async () => {
    const weight = tf.variable(tf.tensor2d([0.5, -1, 2, 0.25, 1, -0.5], [3, 2]))
    const compute = (x: tf.Tensor) =>
      tf.tidy(() => {
        const rows = tf.relu(tf.add(tf.matMul(tf.reshape(x, [-1, 3]), weight as tf.Tensor2D), 1))
        return tf.softmax(tf.pad(tf.reshape(rows, [-1, 4]), ones))
      })
    const bytes = await expectNoLeaks(() => exportModel(compute, { inputShape, weights: { weight } }) as never)
    for (const batch of [1, 5]) {
      const expected = compute(tf.tensor(data.slice(0, batch * 6), [batch, ...inputShape]))
      const found = run(bytes, data.slice(0, batch * 6), [batch, ...inputShape])
      expect(found.dims).toEqual([batch, 5])
      const values = expected.dataSync()
      expect([...(found.data as Float32Array)].every((v, i) => Math.abs(v - values[i]) < 1e-6)).toBe(true)
      expected.dispose()
    }
    expect(Buffer.from(bytes).includes('weight')).toBe(true)
    weight.dispose()
  })

  it('keeps pending training steps out of the model', () => {
    const weight = tf.variable(tf.tensor1d([1, 2, 3]))
    weight.assign(tf.mul(weight, 2))
    const bytes = exportModel((x) => tf.mul(x, weight), { inputShape })
    expect([...(run(bytes, data.slice(0, 6), [1, 2, 3]).data as Float32Array)][2]).toBeCloseTo(6 * data[2], 5)
    weight.dispose()
  })

  it('says when the batch size must be given', () => {
    const centred = (x: tf.Tensor) => tf.sub(x, tf.div(tf.sum(x, 0), x.shape[0]))
    expect(() => exportModel(centred, { inputShape })).toThrow(/batch: got 'any'; allowed: a number: an operand of/)
    const bytes = exportModel(centred, { inputShape, batch: 2 })
    expect(run(bytes, data.slice(0, 12), [2, 2, 3]).dims).toEqual([2, 2, 3])
    expect(() => exportModel(centred, { inputShape, batch: 0 })).toThrow(/batch: got 0/)
  })

  it('refuses what it did not record', async () => {
    const read = (x: tf.Tensor) => tf.tensor(x.dataSync() as Float32Array, x.shape)
    expect(() => exportModel(read, { inputShape })).toThrow(/some of it ran on the CPU/)
    await initBackend([cpu.create({}, {})])
    expect(() => exportModel((x) => x, { inputShape })).toThrow(/active backend is 'cpu'/)
  })
})
