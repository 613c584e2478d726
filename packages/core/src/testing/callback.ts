import type { Callback, Pipeline } from '../kinds'
import { tf } from '../tf'
import { check, type TestApi } from './check'

/** Logs of eight epochs: the loss falls, and then it does not. */
const falling = [1, 0.5, 0.4, 0.45, 0.5, 0.5, 0.55, 0.6].map((loss) => ({ loss }))
const perEpoch = 2

/**
 * What every callback must do: take a training from its start to its end, answer nothing but `'stop'`, leave no tensors
 * behind, and end a resumed training where it would have ended the unbroken one.
 *
 * @param make a fresh callback each time
 * @param logs of each epoch, with what the callback watches
 * @example
 * testCallback({ describe, it }, 'early-stopping', () => earlyStopping({ patience: 2 }))
 */
export function testCallback(
  api: TestApi,
  name: string,
  make: () => Callback,
  logs: readonly Readonly<Record<string, number>>[] = falling,
): void {
  const [epochs, learningRate] = [logs.length, 0.1]
  const progressAt = (step: number) => ({
    step,
    steps: epochs * perEpoch,
    epoch: Math.floor(step / perEpoch),
    epochs,
  })
  /** Epochs of a training that has some of them behind it; it ends where the callback says so, or after all. */
  const epochsOf = async (callback: Callback, pipeline: Pipeline, behind: number): Promise<number> => {
    const stops = (answer: unknown) => {
      check(answer === undefined || answer === 'stop', `the answer is ${String(answer)}, not 'stop'`)
      return answer === 'stop'
    }
    const progress = progressAt(behind * perEpoch)
    let stopped = stops(await callback.onTrainStart?.({ progress, pipeline, history: logs.slice(0, behind) }))
    let epoch = behind
    while (epoch < epochs && !stopped) {
      for (let step = 0; step < perEpoch; step++) {
        const at = progressAt(epoch * perEpoch + step)
        await callback.onStep?.({ progress: at, logs: { ...logs[epoch] }, learningRate })
      }
      const at = progressAt((epoch + 1) * perEpoch - 1)
      stopped = stops(await callback.onEpochEnd?.({ progress: at, logs: { ...logs[epoch] }, learningRate, pipeline }))
      epoch++
    }
    const at = progressAt(Math.max(0, epoch * perEpoch - 1))
    await callback.onTrainEnd?.({ progress: at, pipeline, interrupted: false })
    return epoch
  }
  const within = async (body: (pipeline: Pipeline) => Promise<void>) => {
    const weight = tf.variable(tf.scalar(1))
    const pipeline: Pipeline = {
      model: { variables: { weight } },
      views: ({ values }) => [tf.tensor1d(values)],
      step: ([x]) => ({ loss: tf.sum(x.mul(weight)), logs: {} }),
      infer: (x) => ({ embedding: x.as2D(x.shape[0], -1), labels: tf.zeros([x.shape[0]], 'int32') }),
    }
    await body(pipeline)
    weight.dispose()
  }
  api.describe(`callback ${name}`, () => {
    api.it('takes a training from start to end, and another after it, and leaves no tensors behind', () =>
      within(async (pipeline) => {
        const callback = make()
        const first = await epochsOf(callback, pipeline, 0)
        const before = tf.memory().numTensors
        const second = await epochsOf(callback, pipeline, 0)
        check(second === first, `the first training ended after ${first} epochs, the second after ${second}`)
        check(tf.memory().numTensors <= before, `${tf.memory().numTensors - before} tensors leaked in a training`)
      }),
    )
    api.it('ends a resumed training where it ends the unbroken one', () =>
      within(async (pipeline) => {
        const whole = await epochsOf(make(), pipeline, 0)
        for (let behind = 1; behind <= whole; behind++) {
          const resumed = await epochsOf(make(), pipeline, behind)
          check(resumed === whole, `resumed after ${behind} epochs it ends after ${resumed}, unbroken after ${whole}`)
        }
      }),
    )
  })
}
