import { cpu, initBackend, type NamedTensors, type Optimizer, parseOptions, tf } from '@dc/core'
import { testOptimizer } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { adam, adamPlugin, adamWPlugin } from './adam'
import { sgd, sgdPlugin } from './sgd'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const api = { describe, it }
testOptimizer(api, 'sgd', () => sgdPlugin.create(parseOptions(sgdPlugin.options, {}, 'sgd'), {}), 0.02)
testOptimizer(api, 'adam', () => adamPlugin.create(parseOptions(adamPlugin.options, {}, 'adam'), {}), 0.05)
testOptimizer(api, 'adamw', () => adamWPlugin.create(parseOptions(adamWPlugin.options, {}, 'adamw'), {}), 0.05)

/** Follows one weight over gradients that differ at every step. */
async function path(optimizer: Optimizer, rate: number, gradients: number[]): Promise<number[]> {
  let p: NamedTensors = { x: tf.scalar(2) }
  let state = optimizer.init(p)
  const seen: number[] = []
  for (const gradient of gradients) {
    const next = optimizer.update({ x: tf.scalar(gradient) }, state, p, tf.scalar(rate))
    p = next.parameters
    state = next.state
    seen.push((await p.x.data())[0])
  }
  return seen
}

function expectClose(found: number[], expected: number[], digits: number) {
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i], digits)
}

const gradients = [1, -0.5, 2, 0.25]

describe('the published updates, by plain loops', () => {
  it.each([false, true])('sgd with momentum and decay, nesterov %s', async (nesterov) => {
    let [p, v] = [2, 0]
    const expected = gradients.map((raw) => {
      const g = raw + 0.01 * p
      v = 0.9 * v + g
      p -= 0.1 * (nesterov ? g + 0.9 * v : v)
      return p
    })
    const found = await path(sgd({ momentum: 0.9, weightDecay: 0.01, nesterov }), 0.1, gradients)
    expectClose(found, expected, 5)
  })

  it.each([false, true])('adam with decay, decoupled %s', async (decoupled) => {
    let [p, m, v] = [2, 0, 0]
    const expected = gradients.map((raw, i) => {
      const g = decoupled ? raw : raw + 0.1 * p
      if (decoupled) p *= 1 - 0.05 * 0.1
      m = 0.9 * m + 0.1 * g
      v = 0.999 * v + 0.001 * g * g
      p -= (0.05 * (m / (1 - 0.9 ** (i + 1)))) / (Math.sqrt(v / (1 - 0.999 ** (i + 1))) + 1e-8)
      return p
    })
    const found = await path(adam({ weightDecay: 0.1, decoupled }), 0.05, gradients)
    expectClose(found, expected, 4)
  })
})

describe('options', () => {
  it('are checked', () => {
    expect(() => parseOptions(sgdPlugin.options, { momentum: 1 }, 'sgd')).toThrow(/sgd.momentum: got 1/)
    expect(() => parseOptions(sgdPlugin.options, { momentum: 0, nesterov: true }, 'sgd')).toThrow(/only with momentum/)
    expect(() => parseOptions(adamPlugin.options, { lr: 1 }, 'adam')).toThrow(/adam.lr/)
    expect(() => sgd({ momentum: -1 })).toThrow('sgd.momentum: got -1')
    expect(() => sgd({ nesterov: true })).toThrow('only with momentum')
    expect(() => sgd({ weightDecay: Number.NaN })).toThrow('sgd.weightDecay: got NaN')
    expect(() => adam({ beta1: 1 })).toThrow('adam.beta1: got 1')
    expect(() => adam({ weightDecay: -1, decoupled: true })).toThrow('adam.weightDecay: got -1')
    expect(() => adam({ lr: 1 } as object)).toThrow('adam.lr: got 1; allowed: options beta1, beta2')
  })
})
