import { afterAll, beforeAll, expect, it } from 'vitest'
import { cpu } from './backends'
import { keepingValues } from './keeping-values'
import { expectNoLeaks } from './testing'
import { tf } from './tf'

beforeAll(() => cpu.create({}, {}).activate())
afterAll(() => tf.disposeVariables())

it('sets variables back, whether the function ends or throws, and gives its result', async () => {
  const [a, b] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(2))]
  const double = () => {
    for (const variable of [a, b]) variable.assign(variable.mul(2))
    return tf.scalar(3)
  }
  const result = await expectNoLeaks(() => tf.tidy(() => keepingValues([a], double)))
  expect([a, b, result].map((tensor) => tensor.dataSync()[0])).toEqual([1, 4, 3])
  const failing = () => {
    tf.tidy(double)
    throw new Error('no')
  }
  expect(() => keepingValues([a, b], failing)).toThrow('no')
  expect([a, b].map((tensor) => tensor.dataSync()[0])).toEqual([1, 4])
})

it('leaves alone what the function has disposed', () => {
  const a = tf.variable(tf.scalar(1))
  const before = tf.memory().numTensors
  keepingValues([a], () => a.dispose())
  expect(a.isDisposed).toBe(true)
  expect(tf.memory().numTensors).toBe(before - 1)
})
