import { cpu, createRegistry, initBackend, tf } from '@dc/core'
import { expectNoLeaks } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  dscl,
  dsclExact,
  dsclSubBatches,
  plugins,
  softCrossEntropy,
  swappedCrossEntropy,
  transportClustering,
  weightedMean,
} from './index'

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

describe('the functions', () => {
  const [x, wide] = [() => tf.ones<tf.Rank.R2>([3, 3]), () => tf.ones<tf.Rank.R2>([3, 4])]

  it('name an option that cannot be', () => {
    const [targets, scores] = [x(), x()]
    for (const temperature of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '1' as unknown as number])
      expect(() => softCrossEntropy({ targets, scores, temperature })).toThrow('allowed: a number > 0, or a scalar')
    const three = tf.ones([3]) as unknown as tf.Scalar
    expect(() => softCrossEntropy({ targets, scores, temperature: three })).toThrow('temperature: got')
    const mask = 'diag' as 'diagonal'
    expect(() => softCrossEntropy({ targets, scores, mask })).toThrow("mask: got 'diag'; allowed: 'none', 'diagonal'")
    expect(() => transportClustering({ costs: x(), plan: x() }, -0.1)).toThrow('epsilon: got -0.1')
    const precision = 'double' as 'float64'
    expect(() => dscl({ embeddings: x(), labels: [0, 1, 1], precision })).toThrow("precision: got 'double'")
    expect(() => weightedMean({ a: x() }, { a: Number.NaN })).toThrow('weights.a: got NaN; allowed: a finite number')
    const parts = [x()]
    expect(() => dsclSubBatches({ embed: (y) => y as tf.Tensor2D, parts, labels: [0, 1, 1], variables: {} })).toThrow(
      'variables: got []; allowed: at least one that is trainable',
    )
  })

  it('take rows of any form, and name those that are none', () => {
    const rows = [
      [1, 0],
      [1, 0],
      [0, 1],
    ]
    const flat = Float64Array.from(rows.flat())
    expect(dsclExact(rows, [0, 0, 1])).toEqual(dsclExact({ values: flat, rows: 3, columns: 2 }, [0, 0, 1]))
    expect(() => dsclExact({ values: flat, rows: 3, columns: 3 }, [0, 0, 1])).toThrow('embeddings')
    expect(() => dsclExact([], [])).toThrow('embeddings has shape')
  })

  it('leave nothing behind where a later view is refused', async () => {
    const [targets, scores] = [
      [x(), wide()],
      [x(), x()],
    ]
    await expectNoLeaks(() => {
      expect(() => swappedCrossEntropy({ targets, scores })).toThrow('targets has shape [3, 4]')
    })
  })
})
