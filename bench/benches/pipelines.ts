// Seconds per epoch of the pipelines on Fashion-MNIST features (10,000 × 784) beside the same recipes in PyTorch.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onnx } from '@dc/backend-onnx'
import { assemble } from '@dc/cli'
import { createRandom, type Dataset, initBackend, type Pipeline } from '@dc/core'
import { batchCount, loadIdx, memoryDataset } from '@dc/data'
import { presets } from '@dc/pipelines'
import { availableProducts, matrix, nearestNeighbours } from '@dc/spectral'
import { adam, stepper, trainable } from '@dc/trainer'
import { clusterLines } from '../cluster-lines.ts'
import { type BenchContext, compare, defineBench, inTurn, lowest, runPeer } from '../frame.ts'

const folder = '/usr/share/datasets/fashion-mnist'
const registry = assemble()
const clusters = 10

interface Peer {
  threads1: number
  threads2: number
  early1: number
  early2: number
}

export default defineBench({
  name: 'pipelines',
  description:
    'An epoch of each pipeline on Fashion-MNIST features, 10,000 × 784: views, targets, forward, backward, update; from steps spread over the schedule. And `dclust cluster` from the shell to the report',
  async run(context) {
    await initBackend([onnx.create({}, {})])
    const dataset = flat(context.quick ? noise(1000) : existsSync(folder) ? await loadIdx(folder) : noise(10_000))
    const work = mkdtempSync(join(tmpdir(), 'pipelines-'))
    try {
      const files = await write(dataset, work)
      const lines = []
      for (const name of ['otdc', 'sp2ot', 'p2ot', 'dscl'])
        if (context.wants(titleOf(name))) lines.push(await line(name, dataset, files, context))
      return [...lines, ...(await clusterLines(context))]
    } finally {
      rmSync(work, { recursive: true })
    }
  },
})

/** What a line is called by; `--only 'of p2ot'` does not mean sp2ot. */
const titleOf = (name: string) => `epoch of ${name}`

/**
 * Steps timed, steps before them, and how often the two sides take turns; the lowest mean of each counts. OTDC and DSCL are
 * timed where most of a training's steps are: after some 800 Adam's momenta of weights without a gradient, such as those of
 * the black margins, are denormal numbers, which slow down who keeps them. What they take before that is told beside it.
 */
const timing: Record<string, { steps: number; warmup: number; rounds: number }> = {
  otdc: { steps: 200, warmup: 2500, rounds: 2 },
  sp2ot: { steps: 15, warmup: 11, rounds: 1 },
  p2ot: { steps: 20, warmup: 20, rounds: 3 },
  dscl: { steps: 200, warmup: 2500, rounds: 2 },
}

async function line(name: string, dataset: Dataset, files: Awaited<ReturnType<typeof write>>, context: BenchContext) {
  const { training, options } = presets.find((preset) => preset.name === name)!
  const batch = Math.min(training!.batchSize, dataset.size >> 1)
  const perEpoch = batchCount(dataset.size, { batchSize: batch, dropLast: true })
  const { steps, warmup, rounds } = context.quick ? { steps: 2, warmup: 2, rounds: 1 } : timing[name]
  const sizes = [dataset.sampleShape[0], clusters, batch, steps, warmup]
  const program = name === 'p2ot' ? 'sp2ot.py' : `${name}.py`
  const beside = { otdc: [], sp2ot: [files.neighbours], p2ot: [], dscl: [] }[name] ?? []
  const features = name === 'dscl' ? [files.values, files.labels] : [files.values]
  const settings = { ...options, ...(name === 'otdc' ? { pretrain: 0 } : {}) }
  const { ours, peers } = await inTurn(
    rounds,
    () => {
      context.log(`${name}: ours`)
      return stepsOf(name, dataset, settings, batch, steps, warmup)
    },
    () => {
      context.log(`${name}: PyTorch`)
      return runPeer<Peer>(context, program, [...features, ...sizes, ...beside])
    },
  )
  const threads1 = lowest(peers.map((peer) => peer.threads1))
  const threads2 = lowest(peers.map((peer) => peer.threads2))
  const theirs = threads1 && threads2 && Math.min(threads1, threads2) * perEpoch
  const early = lowest(peers.flatMap(({ early1, early2 }) => [early1, early2]))
  const mine = Math.min(...ours.map(({ late }) => late))
  return compare(
    `${titleOf(name)}, batches of ${batch}`,
    mine * perEpoch,
    { pytorch: theirs },
    {
      quality: {
        'ours, ms per step': mine,
        ...(theirs && { 'PyTorch, 1 thread': threads1, '2 threads': threads2 }),
        ...(warmup > 100 && { 'after 100 steps, ours': Math.min(...ours.map((each) => each.early)) }),
        ...(warmup > 100 && early && { 'after 100 steps, PyTorch': early }),
      },
      note: `${perEpoch} steps per epoch; mean of ${steps} steps after ${warmup}, the lowest of ${rounds}`,
    },
  )
}

/** Mean milliseconds of steps after `warmup`, which stand evenly over the whole schedule, and of as many after 100. */
async function stepsOf(name: string, dataset: Dataset, options: object, batch: number, steps: number, warmup: number) {
  const random = createRandom(0)
  const context = { inputShape: dataset.sampleShape, random: random.split('weights') }
  const pipeline = registry.make('pipeline', name, { ...options, k: clusters }, context) as Pipeline
  await pipeline.prepare?.(dataset, random.split('prepare'))
  const optimizer = adam()
  const step = stepper(pipeline, optimizer)
  let state = optimizer.init(trainable(pipeline.model.variables))
  const times: number[] = []
  for (let i = 0; i < warmup + steps; i++) {
    const rows = Int32Array.from(random.split(i).permutation(dataset.size).subarray(0, batch))
    const inputs = {
      ...{ learningRate: 5e-4, random: random.split(`views ${i}`) },
      progress: { step: Math.max(0, i - warmup), steps, epoch: 0, epochs: 1 },
      batch: {
        ...{ rows, values: await dataset.read(rows), sampleShape: dataset.sampleShape },
        labels: rows.map((row) => dataset.labels![row]),
      },
    }
    const start = performance.now()
    const taken = await step.take(inputs, state)
    times.push(performance.now() - start)
    state = taken.state
  }
  step.dispose()
  pipeline.dispose?.()
  const mean = (from: number) => times.slice(from, from + steps).reduce((sum, time) => sum + time, 0) / steps
  return { late: mean(warmup), early: mean(Math.min(warmup, 100)) }
}

function noise(rows: number): Dataset {
  const values = Float32Array.from(createRandom(0).uniforms(rows * 784))
  return memoryDataset({
    name: 'noise',
    values,
    sampleShape: [784],
    labels: Int32Array.from({ length: rows }, (_, i) => i % 10),
  })
}

const flat = (dataset: Dataset): Dataset => ({ ...dataset, sampleShape: [784], image: undefined })

/** The features, classes and neighbours for the peers. */
async function write(dataset: Dataset, work: string) {
  const values = await dataset.read(Int32Array.from({ length: dataset.size }, (_, row) => row))
  const points = matrix(values, dataset.size, dataset.sampleShape[0])
  const { indices } = nearestNeighbours(points, 20, { products: await availableProducts() })
  const files = { values: join(work, 'values'), labels: join(work, 'labels'), neighbours: join(work, 'neighbours') }
  writeFileSync(files.values, values)
  writeFileSync(files.labels, Int32Array.from(dataset.labels!))
  writeFileSync(files.neighbours, Int32Array.from(indices))
  return files
}
