// Steps that a backend has compiled are those that it would take otherwise, but for rounding: an update adds weight decay to a
// gradient, a graph does inside the product that the gradient is. After a resume they are the same bit by bit.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onnx } from '@dc/backend-onnx'
import { type Callback, createRandom, type Pipeline, tf } from '@dc/core'
import { loadOptdigits, subset } from '@dc/data'
import { adam, linear, loadCheckpoint, type TrainOptions, train } from '@dc/trainer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
  const made: Pipeline = registry.create('pipeline', name, { ...smallPipelines[name], ...options } as never, context)
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
    await train(half, digits, { ...settings(), checkpoint: { path }, signal: abort.signal, callbacks: [stop] })
    const rest = counted(name, true).pipeline
    const { history } = await train(rest, digits, { ...settings(), resume: await loadCheckpoint(path) })
    expect(history).toEqual(unbroken.history)
    expect(await weightsOf(rest)).toEqual(await weightsOf(whole))
    for (const pipeline of [whole, half, rest]) pipeline.dispose?.()
  })
})

describe('a step that cannot be compiled', () => {
  it('runs as it is if it reads, from the values that it began with', { timeout: 120_000 }, async () => {
    const exact = { loss: { name: 'dscl', options: { precision: 'float64' } } }
    const outcomes = []
    for (const compilable of [false, true]) {
      const { pipeline, calls } = counted('dscl', compilable, exact)
      const before = tf.memory().numTensors
      const { history } = await train(pipeline, digits, settings())
      expect(tf.memory().numTensors).toBe(before)
      expect(calls()).toBe(compilable ? 10 : 9)
      outcomes.push({ history, weights: await weightsOf(pipeline) })
      pipeline.dispose?.()
    }
    expect(outcomes[1]).toEqual(outcomes[0])
  })

  it('runs as it is if it looks at what changes', async () => {
    const outcomes = []
    for (const compilable of [false, true]) {
      const { pipeline } = counted('bootsc', compilable)
      const step: Pipeline['step'] = (views, context) => {
        const { loss, logs } = pipeline.step(views, context)
        return { loss: loss.mul(1 + context.progress.step), logs }
      }
      const { history } = await train({ ...pipeline, step }, digits, settings())
      outcomes.push({ history, weights: await weightsOf(pipeline) })
      pipeline.dispose?.()
    }
    expect(outcomes[1]).toEqual(outcomes[0])
  })
})
