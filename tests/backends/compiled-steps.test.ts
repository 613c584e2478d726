// Steps that a backend has compiled are those that it would take otherwise, but for rounding: an update adds weight decay to a
// gradient, a graph does inside the product that the gradient is. After a resume they are the same bit by bit.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { autoencoder } from '@dc/backbones'
import { onnx } from '@dc/backend-onnx'
import { BackendError, type Callback, createRandom, definePlugin, type Optimizer, type Pipeline, tf } from '@dc/core'
import { loadOptdigits, subset } from '@dc/data'
import { adam, linear, loadCheckpoint, type TrainOptions, train } from '@dc/trainer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { assemble } from '../../apps/cli/src/assembly'
import { registry, smallPipelines } from './pipeline-steps'

const folder = mkdtempSync(join(tmpdir(), 'dc-compiled-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  await onnx.create({ threads: 1 }, {}).activate()
})

const digits = subset(
  await loadOptdigits(),
  Int32Array.from({ length: 110 }, (_, row) => row),
)

/** How often the JavaScript of a pipeline's step runs. */
function counted(name: string, compilable: boolean, options: object = {}): { pipeline: Pipeline; calls: () => number } {
  const context = { inputShape: digits.sampleShape, random: createRandom(4) }
  const made = registry.make('pipeline', name, { ...smallPipelines[name], ...options }, context) as Pipeline
  let calls = 0
  const step: Pipeline['step'] = (...inputs) => {
    calls++
    return made.step(...inputs)
  }
  return { pipeline: { ...made, compilable: compilable && made.compilable, step }, calls: () => calls }
}

/** 3 epochs of two full batches and one of 14 rows, at a falling learning rate. */
const settings = (): TrainOptions => ({
  epochs: 3,
  batchSize: 48,
  dropLast: false,
  optimizer: adam({ weightDecay: 1e-3 }),
  learningRate: linear({ from: 3e-3, per: 'step' }),
  random: createRandom(1),
})

async function weightsOf(pipeline: Pipeline) {
  const all = Object.entries(pipeline.model.variables).map(async ([name, variable]) => [
    name,
    [...(await variable.data())],
  ])
  return Object.fromEntries(await Promise.all(all))
}

function expectClose(found: Record<string, number[]>, expected: Record<string, number[]>): void {
  for (const [name, values] of Object.entries(expected))
    for (const [i, value] of values.entries()) expect(found[name][i]).toBeCloseTo(value, 3)
}

describe.each(['bootsc', 'dscl', 'otdc', 'p2ot', 'sp2ot'])('%s', (name) => {
  it('learns the same compiled and not, and leaves no tensors behind', { timeout: 120_000 }, async () => {
    const outcomes = []
    for (const compilable of [false, true]) {
      const { pipeline, calls } = counted(name, compilable)
      const before = tf.memory().numTensors
      const { history } = await train(pipeline, digits, settings())
      expect(tf.memory().numTensors).toBe(before)
      // Compiled, it is tried once, and then traced for each of the two shapes of views.
      expect(calls()).toBe(compilable ? 3 : 9)
      outcomes.push({ history, weights: await weightsOf(pipeline) })
      pipeline.dispose?.()
    }
    expectClose(outcomes[1].weights, outcomes[0].weights)
  })

  it('resumes inside an epoch as the unbroken run went on', { timeout: 120_000 }, async () => {
    const whole = counted(name, true).pipeline
    const unbroken = await train(whole, digits, settings())
    const path = join(folder, `${name}.safetensors`)
    const abort = new AbortController()
    const stop: Callback = { onStep: ({ progress }) => void (progress.step === 3 && abort.abort()) }
    const half = counted(name, true).pipeline
    await expect(
      train(half, digits, { ...settings(), checkpoint: { path }, signal: abort.signal, callbacks: [stop] }),
    ).rejects.toThrow(/Interrupted after 4 of 9 steps/)
    const rest = counted(name, true).pipeline
    const { history } = await train(rest, digits, { ...settings(), resume: await loadCheckpoint(path) })
    expect(history).toEqual(unbroken.history)
    expect(await weightsOf(rest)).toEqual(await weightsOf(whole))
    for (const pipeline of [whole, half, rest]) pipeline.dispose?.()
  })
})

/** Trains, and gives all that came of it, with the reasons that were told for steps that are not compiled. */
async function outcomeOf(pipeline: Pipeline, optimizer: Optimizer = settings().optimizer) {
  const reasons: string[] = []
  const before = tf.memory().numTensors
  const told: Callback = { onPlainSteps: ({ reason }) => void reasons.push(reason) }
  const { history } = await train(pipeline, digits, { ...settings(), optimizer, callbacks: [told] })
  expect(tf.memory().numTensors).toBe(before)
  return { history, weights: await weightsOf(pipeline), reasons }
}

describe('a step that cannot be compiled', () => {
  const reading = (x: tf.Tensor) => x.mul(1 + 0 * x.dataSync()[0])
  const readingGradient = tf.customGrad((x) => ({
    value: (x as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => reading(dy),
  }))
  const adamThatReads: Optimizer = {
    ...adam(),
    update(gradients, ...more) {
      const [name] = Object.keys(gradients)
      return adam().update({ ...gradients, [name]: reading(gradients[name]) }, ...more)
    },
  }

  /** What a pipeline is changed by, and what is told of it. */
  const changes: Record<string, { change: (pipeline: Pipeline) => Partial<Pipeline>; reason: RegExp }> = {
    'reads its loss': {
      reason: /^reads a tensor$/,
      change: ({ step }) => ({
        step(...given) {
          const { loss, logs } = step(...given)
          return { loss: reading(loss) as tf.Scalar, logs }
        },
      }),
    },
    'reads, and makes nothing of being refused it': {
      reason: /^reads a tensor$/,
      change: ({ step }) => ({
        step(...given) {
          const taken = step(...given)
          try {
            taken.loss.dataSync()
          } catch {}
          return taken
        },
      }),
    },
    'reads without waiting': {
      reason: /^reads a tensor$/,
      change: ({ step }) => ({
        step(...given) {
          const taken = step(...given)
          void taken.loss.data()
          return taken
        },
      }),
    },
    'reads in a gradient': {
      reason: /^reads a tensor$/,
      change: ({ step }) => ({
        step(...given) {
          const { loss, logs } = step(...given)
          return { loss: readingGradient(loss) as tf.Scalar, logs }
        },
      }),
    },
    'reads in its constraint': {
      reason: /^reads a tensor$/,
      change: ({ model }) => ({
        model: {
          ...model,
          constrain() {
            model.constrain?.()
            tf.tidy(() => void Object.values(model.variables)[0].dataSync())
          },
        },
      }),
    },
    'uses a kernel of the CPU': {
      reason: /^uses Unique, a kernel that runs on the CPU$/,
      change: ({ step }) => ({
        step(...given) {
          const { loss, logs } = step(...given)
          return { loss: loss.mul(tf.unique(tf.ones([2])).values.sum()), logs }
        },
      }),
    },
    'looks at what changes': {
      reason: /^looks at its context's progress outside onHost/,
      change: ({ step }) => ({
        step(views, context) {
          const { loss, logs } = step(views, context)
          return { loss: loss.mul(1 + context.progress.step), logs }
        },
      }),
    },
    'takes a complex view': {
      reason: /^takes a complex64 tensor as input 3$/,
      change: ({ step, views }) => ({
        views: (...given) => [...views(...given), tf.complex([1], [0])],
        step: ([a, b], context) => step([a, b], context),
      }),
    },
  }

  it.each(Object.keys(changes))('runs as it is and says why: it %s', { timeout: 120_000 }, async (name) => {
    const { change, reason } = changes[name]
    const outcomes = []
    for (const compilable of [false, true]) {
      const { pipeline } = counted('bootsc', compilable)
      outcomes.push(await outcomeOf({ ...pipeline, ...change(pipeline) }))
      pipeline.dispose?.()
    }
    const [plain, tried] = outcomes
    expect(plain.reasons).toEqual([])
    expect(tried.reasons).toEqual([expect.stringMatching(reason)])
    expect({ ...tried, reasons: [] }).toEqual(plain)
  })

  it('runs as it is if its optimiser reads', { timeout: 120_000 }, async () => {
    const outcomes = []
    for (const compilable of [false, true]) {
      const { pipeline, calls } = counted('bootsc', compilable)
      outcomes.push(await outcomeOf(pipeline, adamThatReads))
      expect(calls()).toBe(compilable ? 10 : 9)
      pipeline.dispose?.()
    }
    expect(outcomes[1]).toEqual({ ...outcomes[0], reasons: ['reads a tensor'] })
  })

  it('runs as it is from the first batch on that it reads in', { timeout: 120_000 }, async () => {
    const outcomes = []
    for (const compilable of [false, true]) {
      const { pipeline } = counted('bootsc', compilable)
      const step: Pipeline['step'] = (views, context) => {
        const { loss, logs } = pipeline.step(views, context)
        return { loss: views[0].shape[0] < 48 ? (reading(loss) as tf.Scalar) : loss, logs }
      }
      outcomes.push(await outcomeOf({ ...pipeline, step }))
      pipeline.dispose?.()
    }
    const [plain, tried] = outcomes
    expect(tried.reasons).toEqual(['reads a tensor'])
    expectClose(tried.weights, plain.weights)
  })

  it('is no excuse for an error of its own, which is thrown and leaves nothing behind', async () => {
    const own = new BackendError('out of paper')
    const { pipeline } = counted('bootsc', true)
    const before = { tensors: tf.memory().numTensors, weights: await weightsOf(pipeline) }
    const reasons: string[] = []
    const told: Callback = { onPlainSteps: ({ reason }) => void reasons.push(reason) }
    const step: Pipeline['step'] = (...given) => {
      pipeline.step(...given)
      throw own
    }
    await expect(train({ ...pipeline, step }, digits, { ...settings(), callbacks: [told] })).rejects.toBe(own)
    expect(reasons).toEqual([])
    expect(await weightsOf(pipeline)).toEqual(before.weights)
    expect(tf.memory().numTensors).toBe(before.tensors)
    pipeline.dispose?.()
  })

  it('of dscl in float64 runs from the values that it began with', { timeout: 120_000 }, async () => {
    const exact = { loss: { name: 'dscl', options: { precision: 'float64' } } }
    const outcomes = []
    for (const compilable of [false, true]) {
      const { pipeline, calls } = counted('dscl', compilable, exact)
      outcomes.push(await outcomeOf(pipeline))
      expect(calls()).toBe(compilable ? 10 : 9)
      pipeline.dispose?.()
    }
    expect(outcomes[1]).toEqual({ ...outcomes[0], reasons: ['reads a tensor'] })
  })

  it('before the training is told with its phase', { timeout: 120_000 }, async () => {
    const reader = definePlugin({
      kind: 'backbone',
      name: 'reading-autoencoder',
      apiVersion: 1,
      options: z.strictObject({}),
      create(_, { inputShape = [], random = createRandom(0) }) {
        const made = autoencoder({ inputShape, widths: [24], code: 6, random })
        return {
          ...made,
          apply: (x: tf.Tensor, mode: { training: boolean }) =>
            mode.training ? reading(made.apply(x, mode)) : made.apply(x, mode),
        }
      },
    })
    const context = { inputShape: digits.sampleShape, random: createRandom(4) }
    const options = { ...smallPipelines.otdc, backbone: 'reading-autoencoder' }
    const pipeline = assemble([[reader]]).make('pipeline', 'otdc', options, context) as Pipeline
    const told: object[] = []
    await train(pipeline, digits, { ...settings(), callbacks: [{ onPlainSteps: (info) => void told.push(info) }] })
    expect(told).toEqual([{ reason: 'reads a tensor', phase: 'reconstruction' }, { reason: 'reads a tensor' }])
    pipeline.dispose?.()
  })
})
