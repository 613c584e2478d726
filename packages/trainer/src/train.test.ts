import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Callback,
  cpu,
  createRandom,
  DataError,
  InterruptedError,
  initBackend,
  type Pipeline,
  type Random,
  tf,
} from '@dc/core'
import { datasetChecksum } from '@dc/core/cache'
import { memoryDataset } from '@dc/data'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { earlyStopping } from './callbacks/early-stopping'
import { loadCheckpoint } from './checkpoint/checkpoint'
import { infer } from './infer'
import { adam } from './optimizers/adam'
import { sgd } from './optimizers/sgd'
import { constant, linear } from './schedules/schedules'
import { stepper } from './step'
import { type TrainOptions, train } from './train'
import { viewSource } from './view-source'

const folder = mkdtempSync(join(tmpdir(), 'dc-train-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const dataset = memoryDataset({ name: 'noise', values: createRandom(5).normals(22 * 3), sampleShape: [3] })

/** Two centroids by gradient descent, with noisy views and a step counter as extra state. */
function toyPipeline(): Pipeline & { counted(): number } {
  const centroids = tf.variable(tf.tensor2d(createRandom(9).normals(6), [2, 3]))
  const unused = tf.variable(tf.scalar(1))
  let counter = 0
  const scores = (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, centroids as tf.Tensor2D, false, true)
  return {
    model: { variables: { centroids, unused } },
    counted: () => counter,
    views: ({ values, rows }, random) => [
      tf.tensor2d(
        values.map((value) => value + 0.1 * random.normal()),
        [rows.length, 3],
      ),
    ],
    step([x]) {
      counter++
      const closest = scores(x).max(1)
      return { loss: closest.neg().mean().add(centroids.square().sum()).asScalar(), logs: { closest: closest.mean() } }
    },
    infer: (x) => ({ embedding: x as tf.Tensor2D, labels: scores(x).argMax(1) }),
    state: () => ({ counter: tf.scalar(counter, 'int32') }),
    restore({ counter: saved }) {
      counter = saved.dataSync()[0]
    },
    dispose: () => tf.dispose([centroids, unused]),
  }
}

const base = (): TrainOptions => ({
  epochs: 6,
  batchSize: 5,
  optimizer: adam(),
  learningRate: linear({ from: 0.05 }),
  random: createRandom(1),
})

async function outcome(pipeline: Pipeline & { counted(): number }) {
  const { labels } = await infer(pipeline, dataset, { batchSize: 8 })
  const weights = await pipeline.model.variables.centroids.data()
  return { labels: [...labels], weights: [...weights], counted: pipeline.counted() }
}

describe('views made where the data set lies', () => {
  /** The toy with views that add what the host has drawn for each row. */
  const residentToy = () => {
    const toy = toyPipeline()
    const reads: number[] = []
    const resident: Pipeline['resident'] = {
      hold: (rows) => ({ rows: rows.clone() }),
      draw: ({ rows }, random) => ({
        rows: tf.tensor1d(rows, 'int32'),
        noise: tf.tensor2d(random.normals(3 * rows.length, 0, 0.1), [rows.length, 3]),
      }),
      make: ({ rows }, drawn) => [rows.gather(drawn.rows).add(drawn.noise)],
    }
    const views: Pipeline['views'] = ({ rows, values }, random) => [
      tf.tensor2d(values, [rows.length, 3]).add(tf.tensor2d(random.normals(3 * rows.length, 0, 0.1), [rows.length, 3])),
    ]
    const counted = {
      ...dataset,
      read(rows: ArrayLike<number>) {
        reads.push(rows.length)
        return dataset.read(rows)
      },
    }
    return { pipeline: { ...toy, views, resident }, counted, reads }
  }
  const trained = async (viewsOn: TrainOptions['viewsOn'], more: Partial<TrainOptions> = {}) => {
    const { pipeline, counted, reads } = residentToy()
    const before = tf.memory().numTensors
    const { history } = await train(pipeline, counted, { ...base(), viewsOn, ...more })
    expect(tf.memory().numTensors).toBe(before)
    pipeline.dispose?.()
    return { history, reads }
  }

  it('read the data set once, and give the losses of the host', async () => {
    const [host, device] = [await trained('host'), await trained('device')]
    expect(device.reads).toEqual([22])
    expect(host.reads).toHaveLength(24)
    for (const [epoch, { loss }] of device.history.entries()) expect(loss).toBeCloseTo(host.history[epoch].loss, 5)
  })

  it('are not made there on a CPU unless that is asked for', async () => {
    expect((await trained('auto')).reads).toHaveLength(24)
    expect((await trained(undefined)).reads).toHaveLength(24)
  })

  it('have a place that there is, which is asked before the data are prepared', async () => {
    const prepare = () => expect.unreachable('work has begun')
    const pipeline = { ...toyPipeline(), prepare }
    const viewsOn = 'gpu' as 'device'
    await expect(train(pipeline, dataset, { ...base(), viewsOn })).rejects.toThrow(
      "viewsOn: got 'gpu'; allowed: 'auto', 'host', 'device'",
    )
    pipeline.dispose?.()
  })

  it('say of a place that is none, and of no steps at all, also step by step', async () => {
    const pipeline = toyPipeline()
    const on = 'gpu' as 'device'
    await expect(viewSource(pipeline, dataset, { on, random: createRandom(0) })).rejects.toThrow(
      "viewsOn: got 'gpu'; allowed: 'auto', 'host', 'device'",
    )
    const steps = stepper(pipeline, sgd())
    await expect(steps.takeTogether([], {})).rejects.toThrow('steps: got []; allowed: at least one')
    expect(() => stepper(pipeline, sgd(), { unroll: 1.5 })).toThrow('unroll: got 1.5')
    steps.dispose()
    pipeline.dispose?.()
  })

  it('are made by the host where a pipeline has no others', async () => {
    const pipeline = toyPipeline()
    const { steps } = await train(pipeline, dataset, { ...base(), viewsOn: 'device' })
    expect(steps).toBe(24)
    pipeline.dispose?.()
  })
})

describe('train', () => {
  it('lowers the loss, leaks nothing and reports every step', async () => {
    const pipeline = toyPipeline()
    const steps: number[] = []
    const epochs: number[] = []
    const watch: Callback = {
      onStep: ({ progress }) => void steps.push(progress.step),
      onEpochEnd: ({ progress }) => void epochs.push(progress.epoch),
    }
    const before = tf.memory().numTensors
    const result = await train(pipeline, dataset, { ...base(), callbacks: [watch] })
    expect(tf.memory().numTensors).toBe(before)
    expect(steps).toEqual(Array.from({ length: 24 }, (_, i) => i))
    expect(epochs).toEqual([0, 1, 2, 3, 4, 5])
    expect(result).toMatchObject({ steps: 24, epochs: 6, stopped: false })
    expect(Object.keys(result.history[0])).toEqual(['loss', 'closest'])
    expect(result.history[5].loss).toBeLessThan(result.history[0].loss)
    pipeline.dispose?.()
  })

  it.each([
    ['between epochs', 12],
    ['inside an epoch', 14],
  ])('interrupted %s and resumed equals the unbroken run, bit by bit', async (_, stopAfter) => {
    const whole = toyPipeline()
    const unbroken = await train(whole, dataset, base())

    const path = join(folder, `at-${stopAfter}.safetensors`)
    const abort = new AbortController()
    const interrupt: Callback = { onStep: ({ progress }) => void (progress.step === stopAfter - 1 && abort.abort()) }
    const half = toyPipeline()
    const checkpoint = { path, note: { seed: 1 } }
    const ends: unknown[] = []
    const watch: Callback = { onTrainEnd: (info) => void ends.push([info.progress.step, info.interrupted]) }
    const first = { ...base(), checkpoint, signal: abort.signal, callbacks: [interrupt, watch] }
    const thrown = await train(half, dataset, first).catch((error) => error)
    expect(InterruptedError.isInstance(thrown)).toBe(true)
    expect(thrown.facts).toEqual({ step: stopAfter, steps: 24 })
    expect(ends).toEqual([[stopAfter - 1, true]])

    const rest = toyPipeline()
    const resume = await loadCheckpoint(path)
    const second = await train(rest, dataset, { ...base(), resume })
    expect(second.history).toEqual(unbroken.history)
    expect(await outcome(rest)).toEqual(await outcome(whole))
    expect((await loadCheckpoint(path)).note).toEqual({ seed: 1 })
    await expect(train(toyPipeline(), dataset, { ...base(), resume: { ...resume, step: -5 } })).rejects.toThrow(
      /resume.step: got -5; allowed: an integer 0 … 24/,
    )
  })

  it('adds what the host counted to the logs of each epoch', async () => {
    const pipeline = toyPipeline()
    let last = 0
    const epochLogs = () => {
      const steps = pipeline.counted() - last
      last = pipeline.counted()
      return { steps }
    }
    const { history } = await train({ ...pipeline, epochLogs }, dataset, { ...base(), epochs: 3 })
    expect(history.map(({ steps }) => steps)).toEqual([4, 4, 4])
    expect(Object.keys(history[0])).toEqual(['loss', 'closest', 'steps'])
    pipeline.dispose?.()
  })

  it('reads the other rows that views are made of, drawn with the stream of the views', async () => {
    const toy = toyPipeline()
    const drawn = (rows: Int32Array, random: Random) => {
      const stream = random.split('beside')
      return rows.map(() => stream.integer(dataset.size))
    }
    let steps = 0
    const watching: Pipeline = {
      ...toy,
      beside: (rows, random) => (steps % 2 === 0 ? drawn(rows, random) : null),
      views(batch, random) {
        if (steps++ % 2 === 0) {
          const expected = [...drawn(batch.rows, random)].flatMap((row) => [...all.subarray(3 * row, 3 * row + 3)])
          expect([...batch.beside!]).toEqual(expected)
        } else expect(batch.beside).toBeUndefined()
        return toy.views(batch, random)
      },
    }
    const all = await dataset.read(Array.from({ length: dataset.size }, (_, row) => row))
    await train(watching, dataset, { ...base(), epochs: 2 })
    expect(steps).toBe(8)
    toy.dispose?.()
  })

  it('stops after the step at hand when an event of the loop aborts it', async () => {
    const abort = new AbortController()
    const steps: number[] = []
    const watch: Callback = { onStep: ({ progress }) => void steps.push(progress.step) }
    setTimeout(() => abort.abort(), 1)
    const endless = { ...base(), epochs: 100_000, signal: abort.signal, callbacks: [watch] }
    await expect(train(toyPipeline(), dataset, endless)).rejects.toThrow(InterruptedError)
    expect(steps.length).toBeLessThan(100_000)
    const inferring = infer(toyPipeline(), dataset, { batchSize: 1, signal: abort.signal })
    await expect(inferring).rejects.toThrow(InterruptedError)
  })

  describe('what is prepared', () => {
    /** A pipeline that makes a bias of its first weights, which no checkpoint holds, and moves the weights after that. */
    function biased({ first = 1, during = () => {} } = {}) {
      const toy = toyPipeline()
      const { centroids } = toy.model.variables
      tf.tidy(() => centroids.assign(centroids.mul(first)))
      const sittings: boolean[] = []
      let bias = 0
      const pipeline: Pipeline & { counted(): number } = {
        ...toy,
        async prepare(_, random, { resumed = false } = {}) {
          sittings.push(resumed)
          bias = centroids.dataSync()[0] + random.normal()
          during()
          tf.tidy(() => centroids.assign(centroids.add(bias)))
        },
        step(views, context) {
          const { loss, logs } = toy.step(views, context)
          const { centroids } = toy.model.variables
          return { loss: loss.add(centroids.mul(bias).sum()).asScalar(), logs }
        },
      }
      return { pipeline, sittings }
    }

    it('is made of the first weights, and again after an interruption', async () => {
      const whole = biased({ first: 2 })
      const unbroken = await train(whole.pipeline, dataset, base())
      const path = join(folder, 'prepared.safetensors')

      // In the middle of it, and when it was just done: nothing is kept.
      const early = new AbortController()
      const cut = biased({ first: 2, during: () => early.abort() })
      const started: Callback = { onTrainStart: () => expect.unreachable() }
      const atOnce = { ...base(), checkpoint: { path }, signal: early.signal, callbacks: [started] }
      await expect(train(cut.pipeline, dataset, atOnce)).rejects.toThrow(InterruptedError)
      const before = new AbortController()
      const stops: Callback = { onTrainStart: () => before.abort() }
      const first = { ...base(), checkpoint: { path }, signal: before.signal, callbacks: [stops] }
      await expect(train(biased({ first: 2 }).pipeline, dataset, first)).rejects.toThrow(InterruptedError)
      expect(existsSync(path)).toBe(false)

      const later = new AbortController()
      const after: Callback = { onStep: ({ progress }) => void (progress.step === 9 && later.abort()) }
      const half = { ...base(), checkpoint: { path }, signal: later.signal, callbacks: [after] }
      await expect(train(biased({ first: 2 }).pipeline, dataset, half)).rejects.toThrow(InterruptedError)
      const rest = biased({ first: 2 })
      const resumed = await train(rest.pipeline, dataset, { ...base(), resume: await loadCheckpoint(path) })
      expect(resumed.history).toEqual(unbroken.history)
      expect(await outcome(rest.pipeline)).toEqual(await outcome(whole.pipeline))
      expect([...whole.sittings, ...rest.sittings]).toEqual([false, true])
    })

    it('is not taken from a checkpoint of no steps', async () => {
      const whole = biased()
      const unbroken = await train(whole.pipeline, dataset, base())
      const path = join(folder, 'short.safetensors')
      await train(biased().pipeline, dataset, { ...base(), checkpoint: { path } })
      const done = await loadCheckpoint(path)
      const rest = biased()
      const resume = { ...done, step: 0, history: [], epochSums: {} }
      const { history } = await train(rest.pipeline, dataset, { ...base(), resume })
      expect(history).toEqual(unbroken.history)
      expect(rest.sittings).toEqual([false])
    })
  })

  it('goes on only from a checkpoint of the same seed and data', async () => {
    const path = join(folder, 'identity.safetensors')
    const identity = { seed: 1, data: await datasetChecksum(dataset) }
    const once: Callback = { onEpochEnd: () => 'stop' }
    await train(toyPipeline(), dataset, { ...base(), identity, checkpoint: { path }, callbacks: [once] })
    const resume = await loadCheckpoint(path, identity)
    expect(resume.identity).toEqual(identity)
    const values = await dataset.read(Array.from({ length: dataset.size }, (_, i) => i))
    const other = memoryDataset({
      name: 'noise',
      values: values.map((v, i) => (i === 65 ? v + 1e-3 : v)),
      sampleShape: [3],
    })
    const changed = { seed: 1, data: await datasetChecksum(other) }
    const refused = (wrong: TrainOptions['identity']) =>
      expect(train(toyPipeline(), other, { ...base(), identity: wrong, resume })).rejects
    await refused(changed).toThrow(/of another training: its data is '[0-9a-f]{64}', not '[0-9a-f]{64}'\.$/)
    await refused({ ...changed, seed: 2 }).toThrow(/its seed is 1, not 2; its data is/)
    await expect(loadCheckpoint(path, changed)).rejects.toThrow(DataError)
    // What it is of stays with it.
    await train(toyPipeline(), dataset, { ...base(), checkpoint: { path }, resume })
    expect((await loadCheckpoint(path)).identity).toEqual(identity)
  })

  it('stops early, and after a resume at the same epoch', async () => {
    const stopping = () => [earlyStopping({ patience: 2, minDelta: 100 })]
    const result = await train(toyPipeline(), dataset, { ...base(), callbacks: stopping() })
    expect(result).toMatchObject({ stopped: true, epochs: 3 })
    const path = join(folder, 'early.safetensors')
    const once: Callback = { onEpochEnd: ({ progress }) => (progress.epoch === 1 ? 'stop' : undefined) }
    await train(toyPipeline(), dataset, { ...base(), checkpoint: { path }, callbacks: [once] })
    const resume = await loadCheckpoint(path)
    expect(await train(toyPipeline(), dataset, { ...base(), resume, callbacks: stopping() })).toMatchObject({
      epochs: 3,
    })
    // One that was saved at its end, and not yet labelled when the process was killed, is not trained any further.
    await train(toyPipeline(), dataset, { ...base(), checkpoint: { path }, callbacks: stopping() })
    const ended = { ...base(), resume: await loadCheckpoint(path), callbacks: stopping() }
    expect(await train(toyPipeline(), dataset, ended)).toMatchObject({ stopped: true, epochs: 3, steps: 12 })
    const wrong = { ...base(), callbacks: [earlyStopping({ log: 'accuracy' })] }
    await expect(train(toyPipeline(), dataset, wrong)).rejects.toThrow(
      /watches 'accuracy'; the logs are: loss, closest/,
    )
  })

  /** A toy whose epochs score as told, and the weights that it had at the end of each. */
  const scoredBy = (scores: readonly number[]) => {
    const seen: number[][] = []
    const pipeline = toyPipeline()
    const weights = async () => [...(await pipeline.model.variables.centroids.data())]
    const watch: Callback = { onEpochEnd: async () => void seen.push(await weights()) }
    // The score of an epoch, by the steps taken before it ends.
    const evaluate = () => ({ score: scores[pipeline.counted() / 4 - 1] })
    const keepBest = { log: 'score', higherIsBetter: true }
    return { pipeline, seen, weights, options: { ...base(), evaluate, keepBest, callbacks: [watch] } }
  }

  it.each([
    ['the same in every epoch', [3, 3, 3, 3, 3, 3], 5],
    ['best and even in several epochs', [2, 5, 5, 3, 5, 1], 4],
    ['never a number', Array(6).fill(Number.NaN), 5],
    ['a number in one epoch', [Number.NaN, 1, Number.NaN, Number.NaN, Number.NaN, Number.NaN], 1],
  ])('of a score that is %s, keeps the weights of the last best epoch', async (_, scores, epoch) => {
    const { pipeline, seen, weights, options } = scoredBy(scores)
    await train(pipeline, dataset, options)
    expect(new Set(seen.map(String)).size).toBe(6)
    expect(await weights()).toEqual(seen[epoch])
  })

  it('stops early on a score that is not always a number', async () => {
    const { pipeline, options } = scoredBy([Number.NaN, 1, Number.NaN, 2, Number.NaN, Number.NaN])
    const stopping = earlyStopping({ log: 'score', higherIsBetter: true, patience: 2 })
    expect(await train(pipeline, dataset, { ...options, callbacks: [stopping] })).toMatchObject({ epochs: 6 })
    // A history as a checkpoint keeps it.
    const kept = [{ score: null }, { score: 1 }, { score: null }] as never
    expect(
      stopping.onTrainStart?.({ progress: { step: 0, steps: 1, epoch: 0, epochs: 1 }, pipeline, history: kept }),
    ).toBeUndefined()
    const never = scoredBy(Array(6).fill(Number.NaN))
    const patient = earlyStopping({ log: 'score', higherIsBetter: true, patience: 2 })
    expect(await train(never.pipeline, dataset, { ...never.options, callbacks: [patient] })).toMatchObject({
      epochs: 2,
      stopped: true,
    })
  })

  it('ends with the weights of the best epoch, also after a resume behind it', async () => {
    const scores = [2, 5, 3, 4, 4, 1]
    const scored = () => scoredBy(scores)
    const whole = scored()
    const before = tf.memory().numTensors
    await train(whole.pipeline, dataset, whole.options)
    expect(tf.memory().numTensors).toBe(before)
    expect(whole.seen[5]).not.toEqual(whole.seen[1])
    expect(await whole.weights()).toEqual(whole.seen[1])

    const path = join(folder, 'best.safetensors')
    const half = scored()
    const abort = new AbortController()
    const interrupt: Callback = { onEpochEnd: ({ progress }) => void (progress.epoch === 2 && abort.abort()) }
    const callbacks = [...half.options.callbacks, interrupt]
    const cut = { ...half.options, callbacks, checkpoint: { path }, signal: abort.signal }
    await expect(train(half.pipeline, dataset, cut)).rejects.toThrow(InterruptedError)
    expect(await half.weights()).toEqual(whole.seen[2])
    const rest = scored()
    await train(rest.pipeline, dataset, { ...rest.options, resume: await loadCheckpoint(path) })
    expect(rest.seen).toEqual(whole.seen.slice(3))
    expect(await rest.weights()).toEqual(whole.seen[1])
    const wrong = { ...base(), keepBest: { log: 'accuracy' } }
    await expect(train(toyPipeline(), dataset, wrong)).rejects.toThrow(/keepBest.log: got 'accuracy'; .* loss, closest/)
  })

  it('names what cannot be', async () => {
    await expect(train(toyPipeline(), dataset, { ...base(), epochs: 0 })).rejects.toThrow(/epochs: got 0/)
    await expect(train(toyPipeline(), dataset, { ...base(), batchSize: 23 })).rejects.toThrow(/batchSize: got 23/)
    const refused: [object, string][] = [
      [{ learningRate: 0.1 }, 'learningRate: got 0.1; allowed: a schedule, such as constant(0.01)'],
      [{ optimizer: 'adam' }, "optimizer: got 'adam'; allowed: an optimiser, such as adam()"],
      [{ random: undefined }, 'random: got undefined; allowed: a stream of random numbers, such as createRandom(0)'],
      [{ checkpoint: { path: 'never', every: 0 } }, 'checkpoint.every: got 0; allowed: an integer ≥ 1'],
      [{ checkpoint: { path: 'never', every: 1.5 } }, 'checkpoint.every: got 1.5'],
      [{ unroll: 0 }, "unroll: got 0; allowed: 'auto' or an integer ≥ 1"],
    ]
    for (const [options, message] of refused)
      await expect(train(toyPipeline(), dataset, { ...base(), ...options })).rejects.toThrow(message)
    const diverging = { ...base(), optimizer: sgd(), learningRate: constant(1e30) }
    await expect(train(toyPipeline(), dataset, diverging)).rejects.toThrow(
      /The loss became .* at step 1 .*; a lower learning rate than 1e\+30 may help\./,
    )
    const strict = toyPipeline()
    const refusing: Pipeline = {
      ...strict,
      step(views, context) {
        const taken = strict.step(views, context)
        if (!Number.isFinite(taken.loss.dataSync()[0])) throw new DataError('scores is NaN in row 0.')
        return taken
      },
    }
    // Beyond float32: after the first update no weight is a number.
    const beyond = { ...diverging, learningRate: constant(1e39) }
    await expect(train(refusing, dataset, beyond)).rejects.toThrow(
      /The loss became NaN at step 1 .*; a lower learning rate than 1e\+39 may help\./,
    )
    const picky: Pipeline = {
      ...strict,
      step: () => {
        throw new DataError('this batch is refused.')
      },
    }
    await expect(train({ ...picky, model: toyPipeline().model }, dataset, base())).rejects.toThrow(
      'this batch is refused.',
    )
    const toy = toyPipeline()
    const endless: Pipeline = { ...toy, step: (...at) => ({ logs: {}, loss: toy.step(...at).loss.mul(Infinity) }) }
    await expect(train(endless, dataset, base())).rejects.toThrow(
      /The loss became .* at step 0 \(epoch 0\), before any weight had changed; values of the data on a smaller scale/,
    )
    const path = join(folder, 'short.safetensors')
    await train(toyPipeline(), dataset, { ...base(), epochs: 1, checkpoint: { path } })
    const resume = await loadCheckpoint(path)
    await expect(train(toyPipeline(), dataset, { ...base(), resume })).rejects.toThrow(/resume: got 'a run of 1 epochs/)
    const other = { ...base(), epochs: 1, optimizer: sgd({ momentum: 0.9 }), resume }
    await expect(train(toyPipeline(), dataset, other)).rejects.toThrow(
      /optimiser state (lacks|holds) '.*another optimiser/,
    )
  })
})
