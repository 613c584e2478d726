// How well the systems cluster: mean ± sd over seeds, beside k-means and spectral clustering on the same rows.
//   npx tsx --tsconfig tsconfig.json bench/quality-systems.ts long-tail optdigits 0.1 5
//   npx tsx --tsconfig tsconfig.json bench/quality-systems.ts sizes fashion-mnist 0.1 5
//   npx tsx --tsconfig tsconfig.json bench/quality-systems.ts unseen 5 16
//   npx tsx --tsconfig tsconfig.json bench/quality-systems.ts toy 5
import { plugins as onnx } from '@dc/backend-onnx'
import { assemble, presets, type Recipe, startFromCheckpoint } from '@dc/cli'
import { createRandom, createRegistry, type Dataset, initBackend, type Pipeline, pluginReference } from '@dc/core'
import { encodeLabels, loadDsclToy, loadIdx, loadOptdigits, longTailRows, splitByClass, subset } from '@dc/data'
import {
  classScores,
  contingencyTable,
  headMediumTail,
  macroF1,
  normalizedMutualInformation,
  retrievalScores,
} from '@dc/metrics'
import { columnSpaceClustering, kmeans, knnGraph, type Matrix, matrix, spectralClustering } from '@dc/spectral'
import { type Checkpoint, infer, toHost, train } from '@dc/trainer'

type Row = Record<string, number>

const registry = assemble()
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length

/** Means and standard deviations of rows of the same columns. */
function summarise(name: string, rows: readonly Row[]): void {
  const cells = Object.keys(rows[0]).map((key) => {
    const values = rows.map((row) => row[key])
    const centre = mean(values)
    const deviation = Math.sqrt(
      mean(values.map((v) => (v - centre) ** 2)) * (rows.length / Math.max(1, rows.length - 1)),
    )
    return `${key} ${centre.toFixed(3)} ± ${deviation.toFixed(3)}`
  })
  console.log(`| ${name} | ${cells.join(' | ')} |`)
}

function clusterScores(truth: Int32Array, labels: Int32Array): Row {
  const table = contingencyTable(truth, labels)
  const groups = headMediumTail(truth, labels)
  return {
    'mean per-class ACC': mean(classScores(table).recall),
    F1: macroF1(truth, labels),
    NMI: normalizedMutualInformation(table),
    head: groups.head.accuracy,
    tail: groups.tail.accuracy,
  }
}

type Start = Pick<Checkpoint, 'variables'>

/** Trains a pipeline by its recipe, its backbone from a start if one is given (`--init` of the command line). */
async function fit(
  recipe: Recipe,
  dataset: Dataset,
  seed: number,
  k: number,
  options = {},
  epochs?: number,
  start?: Start,
) {
  const random = createRandom(seed)
  const settings = { ...recipe.options, ...options, k }
  const context = { inputShape: dataset.sampleShape, random: random.split('weights') }
  const pipeline: Pipeline = registry.create('pipeline', recipe.pipeline, settings, context)
  if (start) startFromCheckpoint(start, pipeline)
  const { optimizer, learningRate, ...training } = recipe.training
  const make = (kind: 'optimizer' | 'schedule', reference: Recipe['training']['optimizer']) => {
    const { name, options: given } = pluginReference(reference)
    return registry.create(kind, name, given)
  }
  await train(pipeline, dataset, {
    ...training,
    epochs: epochs ?? training.epochs,
    batchSize: Math.min(training.batchSize, dataset.size),
    optimizer: make('optimizer', optimizer) as never,
    learningRate: make('schedule', learningRate) as never,
    random: random.split('training'),
  })
  return pipeline
}

const recipe = (pipeline: string, name: string): Recipe =>
  presets.find((preset) => preset.pipeline === pipeline && preset.name === name)!

async function values(dataset: Dataset) {
  const all = await dataset.read(Int32Array.from({ length: dataset.size }, (_, row) => row))
  return matrix(all, dataset.size, all.length / dataset.size)
}

/** Rows at length 1: what the paper clusters without spectral clustering. */
function unitRows({ values, rows, columns }: Matrix): Matrix {
  const length = (row: number) => Math.hypot(...values.subarray(row * columns, (row + 1) * columns)) || 1
  const lengths = Float64Array.from({ length: rows }, (_, row) => length(row))
  return matrix(
    Float64Array.from(values, (value, at) => value / lengths[Math.floor(at / columns)]),
    rows,
    columns,
  )
}

/** What one seed's methods share: the rows, and the embedding that BootSC has learned of them. */
interface Case {
  readonly dataset: Dataset
  readonly seed: number
  readonly learned: { space: Matrix; labels: Int32Array; start: Start }
}
type Method = (given: Case) => Promise<Int32Array>

const sources: Record<string, () => Promise<Dataset>> = {
  optdigits: loadOptdigits,
  'fashion-mnist': () => loadIdx('/usr/share/datasets/fashion-mnist'),
}

/** One row per method, over seeds that draw both the long tail and the weights. */
async function compare(
  source: string,
  ratio: number,
  seeds: number,
  methods: Record<string, Method>,
  learn: (dataset: Dataset, seed: number) => Promise<Case['learned']>,
) {
  const whole = await sources[source]()
  const rows: Record<string, Row[]> = {}
  for (let seed = 0; seed < seeds; seed++) {
    const kept = longTailRows(whole.labels!, { ratio, random: createRandom(seed).split('long-tail') })
    const dataset = ratio < 1 ? subset(whole, kept) : whole
    const learned = await learn(dataset, seed)
    for (const [name, run] of Object.entries(methods)) {
      const scores = clusterScores(dataset.labels!, await run({ dataset, seed, learned }))
      ;(rows[name] ??= []).push(scores)
      console.error(seed, name, JSON.stringify(scores))
    }
  }
  for (const [name, each] of Object.entries(rows)) summarise(`${name} (${seeds} seeds)`, each)
}

/** BootSC's preset `digits` on the same rows, with as many steps as 200 epochs of 710 rows. */
async function bootsc(dataset: Dataset, seed: number): Promise<Case['learned']> {
  const epochs = Math.max(10, Math.round(400 / Math.floor(dataset.size / 256)))
  const fitted = await fit(recipe('bootsc', 'digits'), dataset, seed, 10, {}, epochs)
  const { embedding, width, labels } = await infer(fitted, dataset)
  const start = { variables: await toHost(fitted.model.variables) }
  fitted.dispose?.()
  return { space: matrix(embedding, dataset.size, width), labels, start }
}

const baselines: Record<string, Method> = {
  'k-means': async ({ dataset, seed }) => kmeans(await values(dataset), { k: 10, random: createRandom(seed) }).labels,
  'spectral clustering': async ({ dataset, seed }) =>
    spectralClustering(knnGraph(await values(dataset), { weight: 'self-tuning' }), {
      k: 10,
      random: createRandom(seed),
    }).labels,
}
const learnedBaselines: Record<string, Method> = {
  ...baselines,
  'bootsc, prototypes': async ({ learned }) => learned.labels,
  'bootsc, k-means': async ({ learned, seed }) => kmeans(learned.space, { k: 10, random: createRandom(seed) }).labels,
}

const trained =
  (pipeline: string, preset: string, optionsOf: (d: Dataset) => object = () => ({}), from?: 'bootsc'): Method =>
  async ({ dataset, seed, learned }) => {
    const start = from && learned.start
    const fitted = await fit(recipe(pipeline, preset), dataset, seed, 10, optionsOf(dataset), undefined, start)
    const { labels } = await infer(fitted, dataset)
    fitted.dispose?.()
    return labels
  }

/** Class sizes in no order that a method could use: from the largest down. */
const trueSizes = (d: Dataset) => {
  const sizes = new Array(10).fill(0)
  for (const label of d.labels!) sizes[label]++
  return sizes
}

const nothing = async () => ({
  space: matrix(new Float64Array(1), 1, 1),
  labels: new Int32Array(0),
  start: { variables: {} },
})
const continued = (pipeline: string) => trained(pipeline, 'digits', () => ({}), 'bootsc')
const studies: Record<string, (...given: string[]) => Promise<void>> = {
  'long-tail': (source, ratio, seeds) =>
    compare(
      source,
      Number(ratio),
      Number(seeds),
      {
        ...learnedBaselines,
        'equal sizes, growing mass (pot)': continued('pot'),
        'soft sizes, all mass (uot)': continued('uot'),
        'soft sizes, growing mass (p2ot)': continued('p2ot'),
        'and neighbours (sp2ot)': continued('sp2ot'),
      },
      bootsc,
    ),
  sizes: (source, ratio, seeds) =>
    compare(
      source,
      Number(ratio),
      Number(seeds),
      {
        ...baselines,
        'soft k-means, no sizes': trained('otdc', 'soft'),
        'otdc, equal sizes': trained('otdc', 'otdc'),
        'otdc, sizes of k-means': trained('otdc', 'otdc', () => ({ sizes: 'estimated' })),
        'otdc, true sizes': trained('otdc', 'otdc', (d) => ({ sizes: trueSizes(d) })),
      },
      nothing,
    ),
  async unseen(...given) {
    const [seeds, width] = given.map(Number)
    const digits = await loadOptdigits()
    const rows: Record<string, Row[]> = {}
    for (let seed = 0; seed < seeds; seed++) {
      const seen = [...createRandom(seed).permutation(10).subarray(0, 5)]
      const split = splitByClass(digits.labels!, seen)
      const [known, unseen] = [subset(digits, split.train), subset(digits, split.test)]
      const labelled = { ...known, labels: encodeLabels(known.labels!).labels }
      // Width 0: the MLP from scratch, as wide as classes are seen. Else one linear layer on the features, so wide.
      const network = width > 0 ? { backbone: 'identity', width } : {}
      const views = { views: { name: 'feature-noise', options: { views: 1, deviation: 0.05, mask: 0.1 } } }
      const embed = async (loss: string) => {
        const fitted = await fit(recipe('dscl', 'dscl'), labelled, seed, 5, { ...network, ...views, loss }, 40)
        const { embedding, width } = await infer(fitted, unseen)
        fitted.dispose?.()
        return matrix(embedding, unseen.size, width)
      }
      const truth = unseen.labels!
      const spaces = {
        input: await values(unseen),
        'softmax regression': await embed('softmax-regression'),
        dscl: await embed('dscl'),
      }
      for (const [name, space] of Object.entries(spaces)) {
        const random = createRandom(seed).split('labels')
        const plain = kmeans(unitRows(space), { k: 5, random })
        const spectral = columnSpaceClustering(space, { k: 5, random })
        const { recall } = retrievalScores(Float32Array.from(space.values), space.rows, space.columns, truth, {
          metric: 'cosine',
        })
        ;(rows[name] ??= []).push({
          'NMI without SC': normalizedMutualInformation(truth, plain.labels),
          'NMI with SC': normalizedMutualInformation(truth, spectral.labels),
          ...Object.fromEntries(Object.entries(recall).map(([at, value]) => [`R@${at}`, value])),
        })
      }
    }
    for (const [name, each] of Object.entries(rows)) summarise(`${name} (${seeds} splits)`, each)
  },
  async toy(given) {
    const seeds = Number(given)
    const [known, test] = [await loadDsclToy('train'), await loadDsclToy('test')]
    const input: Row[] = []
    const learned: Row[] = []
    for (let seed = 0; seed < seeds; seed++) {
      const random = createRandom(seed)
      const nmi = (labels: Int32Array) => ({ NMI: normalizedMutualInformation(test.labels!, labels) })
      input.push(nmi(kmeans(await values(test), { k: 3, random }).labels))
      const fitted = await fit(recipe('dscl', 'toy'), known, seed, 3)
      const { embedding, width } = await infer(fitted, test)
      fitted.dispose?.()
      learned.push(nmi(columnSpaceClustering(matrix(embedding, test.size, width), { k: 3, random }).labels))
    }
    summarise(`k-means on the input (${seeds} seeds)`, input)
    summarise(`dscl (${seeds} seeds)`, learned)
  },
}

const [study, ...given] = process.argv.slice(2)
await initBackend([createRegistry([onnx]).create('backend', 'onnx', { threads: 1 })])
await studies[study](...given)
