import { cpu, createRegistry, initBackend, tf } from '@dc/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { plugins } from './index'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

// As a configuration may name any loss, it may be given the inputs of another.
describe.each(plugins.map(({ name }) => name))('the loss %s', (name) => {
  const elements = (inputs: object) =>
    createRegistry([plugins])
      .make('loss', name)
      .elements(inputs as never)

  it('names what is no input of its own', () => {
    const [x, k] = [tf.ones([3, 3]), 3]
    for (const inputs of [
      {},
      { scores: k, targets: k, x: k, decoded: k, costs: k, plan: k, embeddings: k, labels: k },
      { scores: [k, k], targets: [k, k], x: 'x', decoded: x, costs: null, plan: x, embeddings: [[1, 2]], labels: [0] },
      { scores: x, embeddings: x, labels: { of: 3 }, targets: undefined, x, decoded: undefined, costs: x, plan: [x] },
    ])
      expect(() => elements(inputs)).toThrow(/^[a-z.\d]+: got .*; allowed: (a tensor|a list with|a list of classes)/)
  })
})
