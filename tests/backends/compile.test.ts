import { plugins as backbonePlugins, mlp, model } from '@dc/backbones'
import { compile, onnx } from '@dc/backend-onnx'
import { createRandom, createRegistry, type NamedTensors, type Optimizer, tf } from '@dc/core'
import { adam, gradients, sgd, trainable } from '@dc/trainer'
import { beforeAll, describe, expect, it } from 'vitest'

const sizes = { batch: 16, input: 12, widths: [24, 16], hidden: 32, embedding: 8 }

/** Steps of a network with batch normalisation on two views, by any optimiser; the losses and the last weights. */
function train(optimizer: Optimizer, steps: number, how: 'plain' | 'compiled' | 'unrolled') {
  const random = createRandom(3)
  const encoder = mlp({ inputShape: [sizes.input], widths: sizes.widths, random })
  const head = { inputShape: [sizes.widths[1]], random: random.split('head') }
  const settings = { hidden: sizes.hidden, width: sizes.embedding }
  const project = createRegistry([backbonePlugins]).create('head', 'projection', settings, head)
  const network = model({ encoder, project })
  const weights = trainable(network.variables)
  // The optimiser's state in variables, which a compiled step hands on.
  const initial = optimizer.init(weights)
  const state = Object.fromEntries(Object.entries(initial).map(([name, tensor]) => [name, tf.variable(tensor, false)]))
  const step = (x0: tf.Tensor, x1: tf.Tensor, rate: tf.Tensor) =>
    tf.tidy(() => {
      const traced = gradients(() => {
        const [z0, z1] = [x0, x1].map((x) => project.apply(encoder.apply(x, { training: true }), { training: true }))
        return { loss: z0.sub(z1).square().mean().asScalar(), logs: {} }
      }, weights)
      const updated = optimizer.update(traced.gradients, state as NamedTensors, weights, rate.asScalar())
      for (const [name, variable] of Object.entries(weights)) variable.assign(updated.parameters[name])
      for (const [name, variable] of Object.entries(state)) variable.assign(updated.state[name])
      return traced.loss as tf.Tensor
    })
  const rows = { plain: 1, compiled: 1, unrolled: 3 }[how]
  const run = how === 'plain' ? step : how === 'compiled' ? compile(step) : compile(step, { unroll: rows })
  const lead = how === 'unrolled' ? [rows] : []
  const losses: number[] = []
  for (let i = 0; i < steps; i += rows) {
    const inputs = [1, 2].map((view) => {
      const values = Array.from({ length: rows }, (_, k) => {
        const noise = createRandom(100 * view + i + k)
        return [...noise.normals(sizes.batch * sizes.input)]
      })
      return tf.tensor(values.flat(), [...lead, sizes.batch, sizes.input])
    })
    const rates = Array.from({ length: rows }, (_, k) => 0.05 / (1 + i + k))
    const loss = run(inputs[0], inputs[1], how === 'unrolled' ? tf.tensor1d(rates) : tf.scalar(rates[0]))
    losses.push(...loss.dataSync())
  }
  return { losses, weights: Object.values(network.variables).flatMap((variable) => [...variable.dataSync()]) }
}

const optimizers = { 'momentum SGD': () => sgd({ momentum: 0.9, weightDecay: 5e-4 }), Adam: () => adam() }

describe.each(Object.entries(optimizers))('a step with batch normalisation and %s', (_, make) => {
  let expected: ReturnType<typeof train>
  beforeAll(async () => {
    await onnx.create({ threads: 1, spinning: false }, {}).activate()
    expected = train(make(), 9, 'plain')
    expect(expected.losses[8]).toBeLessThan(expected.losses[0])
  })

  it.each(['compiled', 'unrolled'] as const)('is the same %s', (how) => {
    const found = train(make(), 9, how)
    found.losses.forEach((loss, i) => {
      expect(loss).toBeCloseTo(expected.losses[i], 4)
    })
    found.weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(expected.weights[i], 3)
    })
  })
})
