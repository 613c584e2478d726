import { onnx } from '@dc/backend-onnx'
import {
  type CompilingBackend,
  createRandom,
  type Dataset,
  OptionError,
  onHost,
  type Pipeline,
  type StepContext,
  tf,
} from '@dc/core'
import { memoryDataset } from '@dc/data/rows'
import { beforeAll, describe, expect, it } from 'vitest'
import { sgd } from './optimizers/sgd'
import { roundsByTime, roundsFor } from './rounds'
import { linear } from './schedules/schedules'
import { type TrainOptions, train } from './train'

beforeAll(() => onnx.create({}, {}).activate())

const dataset = memoryDataset({ name: 'noise', values: createRandom(5).normals(23 * 3), sampleShape: [3] })

/** Two centroids by gradient descent, with noisy views; `ask` is what a step asks of the host. */
function toyPipeline(ask = (x: tf.Tensor, _: StepContext) => x): Pipeline {
  const centroids = tf.tidy(() => tf.variable(tf.tensor2d(createRandom(9).normals(6), [2, 3])))
  const scores = (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, centroids as tf.Tensor2D, false, true)
  return {
    compilable: true,
    model: { variables: { centroids } },
    views: ({ values, rows }, random) => [
      tf.tensor2d(values, [rows.length, 3]).add(tf.tensor2d(random.normals(values.length, 0, 0.1), [rows.length, 3])),
    ],
    step([x], context) {
      const closest = ask(scores(x).max(1), context)
      return { loss: closest.neg().mean().add(centroids.square().sum()).asScalar(), logs: { closest: closest.mean() } }
    },
    infer: (x) => ({ embedding: x as tf.Tensor2D, labels: scores(x).argMax(1) }),
    dispose: () => tf.dispose(centroids),
  }
}

async function trained(more: Partial<TrainOptions>, pipeline = toyPipeline(), data: Dataset = dataset) {
  const seen: { step: number; loss: number; rate: number }[] = []
  const { history } = await train(pipeline, data, {
    ...{ epochs: 3, batchSize: 4, dropLast: false, optimizer: sgd({ momentum: 0.9 }), random: createRandom(2) },
    learningRate: linear({ from: 0.1 }),
    callbacks: [
      {
        onStep: ({ progress, logs, learningRate }) =>
          void seen.push({ step: progress.step, loss: logs.loss, rate: learningRate }),
      },
    ],
    ...more,
  })
  const weights = await pipeline.model.variables.centroids.data()
  pipeline.dispose?.()
  return { seen, history, weights: [...weights] }
}

describe('steps that are taken together', () => {
  it('are the steps taken one by one, with their rates, logs and views', async () => {
    const before = tf.memory().numTensors
    const one = await trained({})
    for (const unroll of [1, 2, 4, 16]) {
      const { seen, history, weights } = await trained({ unroll })
      expect(seen.map(({ step, rate }) => [step, rate])).toEqual(one.seen.map(({ step, rate }) => [step, rate]))
      for (const [at, { loss }] of seen.entries()) expect(loss).toBeCloseTo(one.seen[at].loss, 5)
      for (const [at, weight] of weights.entries()) expect(weight).toBeCloseTo(one.weights[at], 5)
      expect(history).toHaveLength(3)
    }
    expect(tf.memory().numTensors).toBe(before)
  })

  it('go into one call', async () => {
    const backend = tf.backend() as tf.KernelBackend & { readonly statistics: { readonly flushes: number } }
    const flushes = async (unroll: number) => {
      const before = backend.statistics.flushes
      await trained({ unroll, epochs: 8 })
      return backend.statistics.flushes - before
    }
    // Five full batches an epoch and one that is not.
    expect(await flushes(5)).toBeLessThan(0.7 * (await flushes(1)))
  })

  it('stay apart where a step asks the host, which may look at where it stands', async () => {
    const asking = async (unroll: number) => {
      const steps: number[] = []
      const pipeline = toyPipeline((x, context) =>
        onHost(x, x.shape, (values) => {
          steps.push(context.progress.step)
          return values
        }),
      )
      return { steps, losses: (await trained({ unroll }, pipeline)).seen.map(({ loss }) => loss) }
    }
    const [one, many] = [await asking(1), await asking(4)]
    expect(many.steps).toEqual(Array.from({ length: 18 }, (_, step) => step))
    expect(many).toEqual(one)
  })

  it('end after the call at hand; of what was only read nothing is taken', async () => {
    for (const [read, taken] of [
      // Steps 6 to 9 are one call.
      [8, 6],
      [11, 10],
      [12, 10],
    ]) {
      const stop = new AbortController()
      let reads = 0
      const stopping = {
        ...dataset,
        read(rows: ArrayLike<number>) {
          if (++reads === read) stop.abort()
          return dataset.read(rows)
        },
      }
      const run = trained({ unroll: 4, signal: stop.signal }, toyPipeline(), stopping)
      await expect(run).rejects.toThrow(`Interrupted after ${taken} of 18`)
    }
  })

  it.each([0, 1.5, -1, Number.NaN])('are no %s', async (unroll) => {
    await expect(trained({ unroll })).rejects.toThrow(OptionError)
  })
})

describe('how many are taken together', () => {
  it('is what makes moving a tenth of a step at most', () => {
    // Of 10 ms, 1 moves the variables.
    expect(roundsFor(10, 1)).toBe(1)
    expect(roundsFor(10, 1.01)).toBe(2)
    expect(roundsFor(10, 5)).toBe(9)
    expect(roundsFor(10, 0)).toBe(1)
    expect(roundsFor(10, 9.9)).toBe(16)
    // A clock that says that moving takes longer than the step itself.
    expect(roundsFor(10, 12)).toBe(16)
    for (const moving of [1.5, 3, 5]) {
      const n = roundsFor(10, moving)
      expect(moving / n / (10 - moving + moving / n)).toBeLessThanOrEqual(0.1 + 1e-12)
    }
  })

  it('is known after three steps, of which the first compiles', () => {
    const rounds = roundsByTime({} as CompilingBackend, 0, () => 5)
    const seen: number[] = []
    for (const ms of [900, 10, 30, 50, 5]) {
      seen.push(rounds.now)
      rounds.took(ms)
    }
    expect([...seen, rounds.now]).toEqual([1, 1, 1, 9, 9, 9])
  })

  it('is measured by moving as many bytes', () => {
    const before = tf.memory().numTensors
    const rounds = roundsByTime(tf.backend() as unknown as CompilingBackend, 40_000)
    for (const ms of [1, 1e9, 1e9]) rounds.took(ms)
    expect(rounds.now).toBe(1)
    expect(tf.memory().numTensors).toBe(before)
  })
})
