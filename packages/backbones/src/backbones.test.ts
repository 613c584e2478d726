import { cpu, createRandom, initBackend, parseOptions, tf } from '@dc/core'
import { expectNoLeaks, testLayer } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { identity } from './backbones/identity'
import { mlpPlugin } from './backbones/mlp'
import { projection } from './heads/projection'
import { prototypes } from './heads/prototypes'
import { batchNorm } from './layers/batch-norm'
import { linear } from './layers/linear'
import { model } from './model'
import { temperature } from './temperature'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const context = (inputShape: number[]) => ({ inputShape, random: createRandom(0) })
const makeMlp = (options: object, inputShape = [2, 3, 1]) =>
  mlpPlugin.create(parseOptions(mlpPlugin.options, options, 'mlp'), context(inputShape))

const api = { describe, it }
testLayer(api, 'identity', () => identity.create({}, context([4])))
testLayer(api, 'mlp', () => makeMlp({ widths: [7, 5] }))
testLayer(api, 'mlp tanh', () =>
  makeMlp({ widths: [7, 3], activation: 'tanh', normalize: false, lastActivation: false }),
)
testLayer(api, 'projection', () => projection.create({ hidden: 9, width: 4 }, context([5])))
testLayer(api, 'prototypes', () => prototypes.create({ k: 3, bias: true }, context([4])))

describe('linear', () => {
  it("starts with PyTorch's default weights", async () => {
    const layer = linear({ inputs: 16, outputs: 500, random: createRandom(1) })
    const values = await layer.variables.weight.data<'float32'>()
    const variance = values.reduce((sum, w) => sum + w * w, 0) / values.length
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.25)
    expect(variance).toBeCloseTo(0.25 ** 2 / 3, 3)
    tf.dispose(layer.variables)
  })

  it('names the shape it wants', () => {
    const layer = linear({ inputs: 3, outputs: 2, random: createRandom(1) })
    expect(() => layer.apply(tf.zeros([5, 4]), { training: true })).toThrow(/\[5, 4\]; expected \[batch, 3\]/)
    expect(() => makeMlp({ widths: [] })).toThrow(/mlp.widths/)
    expect(() => mlpPlugin.create(parseOptions(mlpPlugin.options, {}, 'mlp'), {})).toThrow(/context.inputShape/)
  })
})

describe('batch normalisation', () => {
  const rows = [
    [1, 10],
    [2, -4],
    [6, 0],
  ]

  it('normalises a batch and keeps running statistics, the variance unbiased', async () => {
    const layer = batchNorm(2)
    const y = layer.apply(tf.tensor2d(rows), { training: true })
    const expected = [0, 1].map((c) => {
      const column = rows.map((row) => row[c])
      const mean = column.reduce((a, b) => a + b) / 3
      const squares = column.reduce((a, b) => a + (b - mean) ** 2, 0)
      return { mean, biased: squares / 3, unbiased: squares / 2 }
    })
    const found = (await y.array()) as number[][]
    for (const [i, row] of rows.entries())
      for (const [c, { mean, biased }] of expected.entries())
        expect(found[i][c]).toBeCloseTo((row[c] - mean) / Math.sqrt(biased + 1e-5), 5)
    const means = await layer.variables.mean.data()
    const variances = await layer.variables.variance.data()
    for (const [c, { mean, unbiased }] of expected.entries()) {
      expect(means[c]).toBeCloseTo(0.1 * mean, 5)
      expect(variances[c]).toBeCloseTo(0.9 + 0.1 * unbiased, 5)
    }
  })

  it('has the gradient of the traced formula', async () => {
    const layer = batchNorm(2)
    layer.variables.scale.assign(tf.tensor1d([2, -1]))
    const upstream = tf.tensor2d([
      [1, 2],
      [-3, 0.5],
      [0.7, 1],
    ])
    const plain = (x: tf.Tensor) => {
      const centred = x.sub(x.mean(0))
      const standard = centred.div(centred.square().mean(0).add(1e-5).sqrt())
      return standard.mul([2, -1]).mul(upstream).sum()
    }
    const x = tf.tensor2d(rows)
    const found = tf.grad((input) => layer.apply(input, { training: true }).mul(upstream).sum())(x)
    const expected = await tf.grad(plain)(x).data()
    for (const [i, value] of (await found.data()).entries()) expect(value).toBeCloseTo(expected[i], 5)
  })

  it('needs two rows to train on', () => {
    expect(() => batchNorm(2).apply(tf.zeros([1, 2]), { training: true })).toThrow(/at least 2 rows/)
  })
})

describe('prototypes', () => {
  it('have unit length after constrain, and leak nothing', async () => {
    const head = prototypes.create({ k: 3, bias: true }, context([4]))
    head.variables.weight.assign(tf.tensor2d(createRandom(2).normals(12), [3, 4]))
    await expectNoLeaks(() => head.constrain?.())
    const lengths = await tf.norm(head.variables.weight, 2, 1).data()
    for (const length of lengths) expect(length).toBeCloseTo(1, 6)
  })
})

describe('temperature and model', () => {
  it('is learned in the logarithm and never above 1', async () => {
    const tau = temperature(0.05)
    expect((await tau.value().data())[0]).toBeCloseTo(0.05, 6)
    tau.variables.log.assign(tf.scalar(0.3))
    model({ tau }).constrain?.()
    expect((await tau.value().data())[0]).toBe(1)
    expect(() => temperature(2)).toThrow(/temperature: got 2/)
  })

  it('collects variables by part', () => {
    const parts = { encoder: makeMlp({ widths: [3] }), tau: temperature(1) }
    expect(Object.keys(model(parts).variables)).toEqual([
      'encoder.1.weight',
      'encoder.2.scale',
      'encoder.2.offset',
      'encoder.2.mean',
      'encoder.2.variance',
      'tau.log',
    ])
  })
})
