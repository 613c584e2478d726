// How well `bootsc` clusters small images: each seed, every label rule, and a learning curve, one JSON line each.
//   npx tsx --tsconfig tsconfig.json bench/quality-images.ts DATA METHOD SEEDS [CHANGES]
// DATA      optdigits, fashion (Fashion-MNIST's test images), fashion:ROWS (the first of them), fashion-all (70,000)
// METHOD    kmeans, spectral, or a preset of bootsc
// CHANGES   JSON: what differs from the preset, such as {"training":{"epochs":5}}
import { plugins as onnx } from '@dc/backend-onnx'
import { assemble } from '@dc/cli'
import { createRandom, createRegistry, type Dataset, initBackend, type Pipeline, pluginReference } from '@dc/core'
import { loadIdx, loadOptdigits, subset } from '@dc/data'
import { accuracy, contingencyTable, normalizedMutualInformation } from '@dc/metrics'
import { labelRules, presets, type TrainedRecipe } from '@dc/pipelines'
import { availableProducts, kmeans, knnGraph, matrix, spectralClustering } from '@dc/spectral'
import { infer, train } from '@dc/trainer'

const fashion = '/usr/share/datasets/fashion-mnist'
const registry = assemble()
const three = (value: number) => Math.round(1e3 * value) / 1e3

async function load(data: string): Promise<Dataset> {
  const [name, rows] = data.split(':')
  if (name === 'optdigits') return loadOptdigits()
  const images = await loadIdx(fashion, name === 'fashion-all' ? 'all' : 'test')
  return rows === undefined
    ? images
    : subset(
        images,
        Int32Array.from({ length: Number(rows) }, (_, row) => row),
      )
}

function score(dataset: Dataset, labels: Int32Array) {
  const table = contingencyTable(dataset.labels!, labels)
  return { acc: three(accuracy(table)), nmi: three(normalizedMutualInformation(table)) }
}

async function pixels(dataset: Dataset) {
  const values = await dataset.read(Int32Array.from({ length: dataset.size }, (_, row) => row))
  return matrix(values, dataset.size, values.length / dataset.size)
}

/** Labels without learning. */
const baselines: Record<string, (dataset: Dataset, seed: number) => Promise<Int32Array>> = {
  kmeans: async (dataset, seed) =>
    kmeans(await pixels(dataset), {
      k: 10,
      nInit: 10,
      random: createRandom(seed).split('baseline'),
      products: await availableProducts(),
    }).labels,
  spectral: async (dataset, seed) =>
    spectralClustering(knnGraph(await pixels(dataset), { weight: 'self-tuning' }), {
      k: 10,
      random: createRandom(seed),
    }).labels,
}

/** Trains as `dclust run bootsc` does from the same seed; scores the prototypes ten times on the way. */
async function learn(recipe: TrainedRecipe, dataset: Dataset, seed: number) {
  const random = createRandom(seed)
  const { optimizer, learningRate, callbacks: _, ...training } = recipe.training
  const make = (kind: 'optimizer' | 'schedule', reference: TrainedRecipe['training']['optimizer']) => {
    const { name, options } = pluginReference(reference)
    return registry.make(kind, name, options)
  }
  const options = { ...recipe.options, k: 10 }
  const context = { inputShape: dataset.sampleShape, random: random.split('weights') }
  const pipeline = registry.make('pipeline', 'bootsc', options, context) as Pipeline
  const curve: object[] = []
  let seconds = 0
  let began = performance.now()
  await train(pipeline, dataset, {
    ...training,
    optimizer: make('optimizer', optimizer) as never,
    learningRate: make('schedule', learningRate) as never,
    random: random.split('training'),
    callbacks: [
      {
        async onEpochEnd({ progress, logs }) {
          seconds += (performance.now() - began) / 1000
          const epoch = progress.epoch + 1
          if (epoch % Math.ceil(training.epochs / 10) === 0 || epoch === 1) {
            const { labels } = await infer(pipeline, dataset)
            curve.push({ epoch, loss: three(logs.loss), ...score(dataset, labels) })
          }
          began = performance.now()
        },
      },
    ],
  })
  const inference = await infer(pipeline, dataset)
  const scores: Record<string, object> = {}
  for (const rule of labelRules)
    scores[rule.name] = score(
      dataset,
      (await rule.fit({ inference, dataset, k: 10, random: random.split('labels') })).labels,
    )
  pipeline.dispose?.()
  return { ...scores, secondsPerEpoch: three(seconds / training.epochs), curve }
}

const merge = (a: object, b: object): object =>
  Object.fromEntries(
    Object.entries({ ...a, ...b }).map(([key, value]) => {
      const old = (a as Record<string, unknown>)[key]
      const both = [old, value].every((side) => typeof side === 'object' && side !== null && !Array.isArray(side))
      return [key, both && key in b ? merge(old as object, value as object) : value]
    }),
  )

const [data, method, seeds, changes = '{}'] = process.argv.slice(2)
const dataset = await load(data)
await initBackend([createRegistry([onnx]).create('backend', 'onnx', { threads: 1 })])
const preset = presets.find(({ pipeline, name }) => pipeline === 'bootsc' && name === method)
if (!preset && !(method in baselines)) throw new Error(`No preset of bootsc or baseline is called '${method}'.`)
for (const seed of seeds.includes(',') ? seeds.split(',').filter(Boolean).map(Number) : Array(Number(seeds)).keys()) {
  const found = preset
    ? await learn(merge(preset, JSON.parse(changes)) as TrainedRecipe, dataset, seed)
    : score(dataset, await baselines[method](dataset, seed))
  console.log(JSON.stringify({ data, rows: dataset.size, method, seed, ...found }))
}
