// How well the systems cluster: mean ± sd over seeds, beside k-means and spectral clustering on the same rows.
//   npx tsx --tsconfig tsconfig.json bench/quality-systems.ts long-tail optdigits 0.1 5             # seeds 0 … 4; or 3,4
//   npx tsx --tsconfig tsconfig.json bench/quality-systems.ts long-tail optdigits 0.1 5 FOLDER otdc   # keeps what the peers
//     read, and runs only methods of this name
//   npx tsx --tsconfig tsconfig.json bench/quality-systems.ts sizes fashion-mnist 0.1 5
//   npx tsx --tsconfig tsconfig.json bench/quality-systems.ts unseen 5 5
//   npx tsx --tsconfig tsconfig.json bench/quality-systems.ts pairs 5
//   npx tsx --tsconfig tsconfig.json bench/quality-systems.ts toy 5
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { plugins as onnx } from '@dc/backend-onnx'
import { assemble, scoreUnseen } from '@dc/cli'
import { createRandom, createRegistry, type Dataset, initBackend, type Pipeline, pluginReference } from '@dc/core'
import { encodeLabels, loadDsclToy, loadIdx, loadOptdigits, longTailRows, splitByClass, subset } from '@dc/data'
import {
  classScores,
  clusterSizes,
  contingencyTable,
  headMediumTail,
  macroF1,
  normalizedMutualInformation,
} from '@dc/metrics'
import { presets, startFromBackbone, startingEpochs, type TrainedRecipe } from '@dc/pipelines'
import {
  availableProducts,
  columnSpaceClustering,
  kmeans,
  knnGraph,
  type Matrix,
  matrix,
  spectralClustering,
} from '@dc/spectral'
import { type Checkpoint, infer, toHost, train } from '@dc/trainer'
import { digitPairs } from './digit-pairs.ts'

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
  recipe: TrainedRecipe,
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
  const pipeline = registry.make('pipeline', recipe.pipeline, settings, context) as Pipeline
  if (start) startFromBackbone(start.variables, pipeline)
  const { optimizer, learningRate, callbacks: _, ...training } = recipe.training
  const make = (kind: 'optimizer' | 'schedule', reference: TrainedRecipe['training']['optimizer']) => {
    const { name, options: given } = pluginReference(reference)
    return registry.make(kind, name, given)
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

const recipe = (pipeline: string, name: string): TrainedRecipe =>
  presets.find((preset) => preset.pipeline === pipeline && preset.name === name)! as TrainedRecipe

async function values(dataset: Dataset) {
  const all = await dataset.read(Int32Array.from({ length: dataset.size }, (_, row) => row))
  return matrix(all, dataset.size, all.length / dataset.size)
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

/** Rows, labels and the start's backbone as flat files, for the peers in Python. */
async function keep(folder: string, { dataset, learned }: Case): Promise<void> {
  await mkdir(folder, { recursive: true })
  const write = (name: string, numbers: Float32Array | Int32Array) => writeFile(join(folder, name), numbers)
  const rows = await dataset.read(Int32Array.from({ length: dataset.size }, (_, row) => row))
  await write('rows', Float32Array.from(rows))
  await write('labels', Int32Array.from(dataset.labels!))
  for (const [name, { values: numbers }] of Object.entries(learned.start.variables))
    if (name.startsWith('encoder.')) await write(name, numbers as Float32Array)
}

/** One row per method, over seeds that draw both the long tail and the weights. */
async function compare(
  source: string,
  ratio: number,
  seeds: readonly number[],
  methods: Record<string, Method>,
  learn: (dataset: Dataset, seed: number) => Promise<Case['learned']>,
  folder?: string,
  only = '',
) {
  const whole = await sources[source]()
  const rows: Record<string, Row[]> = {}
  for (const seed of seeds) {
    const kept = longTailRows(whole.labels!, { ratio, random: createRandom(seed).split('long-tail') })
    const dataset = ratio < 1 ? subset(whole, kept) : whole
    const given = { dataset, seed, learned: await learn(dataset, seed) }
    if (folder) await keep(join(folder, `${source}-${ratio}-${seed}`), given)
    for (const [name, run] of Object.entries(methods).filter(([name]) => name.includes(only))) {
      const scores = clusterScores(dataset.labels!, await run(given))
      ;(rows[name] ??= []).push(scores)
      console.error(seed, name, JSON.stringify(scores))
    }
  }
  for (const [name, each] of Object.entries(rows)) summarise(`${name} (${seeds.length} seeds)`, each)
}

/** A number of seeds, or some of them such as `3,4`. */
const seedsOf = (text: string) => (text.includes(',') ? text.split(',').map(Number) : [...Array(Number(text)).keys()])

/** BootSC on the same rows, as the preset `digits` of the systems says. */
async function bootsc(dataset: Dataset, seed: number): Promise<Case['learned']> {
  const { preset, steps } = recipe('sp2ot', 'digits').start!
  const learning = recipe('bootsc', preset)
  const epochs = startingEpochs(steps, dataset.size, learning.training.batchSize)
  const fitted = await fit(learning, dataset, seed, 10, {}, epochs)
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
const trueSizes = ({ labels }: Dataset) => [...clusterSizes(labels!, { k: 10 }).sizes]

const nothing = async () => ({
  space: matrix(new Float64Array(1), 1, 1),
  labels: new Int32Array(0),
  start: { variables: {} },
})

/** DSCL and softmax regression trained on some classes, and the input, scored on others. */
async function onUnseen(
  seeds: number,
  options: object,
  training: Partial<TrainedRecipe['training']>,
  draw: (seed: number) => { known: Dataset; unseen: Dataset } | Promise<{ known: Dataset; unseen: Dataset }>,
) {
  const products = await availableProducts()
  const rows: Record<string, Row[]> = {}
  for (let seed = 0; seed < seeds; seed++) {
    const { known, unseen } = await draw(seed)
    const classes = new Set(known.labels).size
    const embed = async (loss: string) => {
      const preset = recipe('dscl', 'dscl')
      const changed = { ...preset, training: { ...preset.training, ...training } }
      const fitted = await fit(changed, known, seed, classes, { ...options, loss })
      const found = await infer(fitted, unseen)
      fitted.dispose?.()
      return found
    }
    const input = await values(unseen)
    const spaces = {
      input: { embedding: Float32Array.from(input.values), width: input.columns },
      'softmax regression': await embed('softmax-regression'),
      dscl: await embed('dscl'),
    }
    for (const [name, space] of Object.entries(spaces)) {
      const { nmi, nmiSpectral, recall } = scoreUnseen(name, space, unseen.labels!, seed, products)
      const depths = Object.fromEntries(Object.entries(recall).map(([at, value]) => [`R@${at}`, value ?? Number.NaN]))
      ;(rows[name] ??= []).push({
        'NMI without SC': nmi ?? Number.NaN,
        'NMI with SC': nmiSpectral ?? Number.NaN,
        ...depths,
      })
      console.error(seed, name, nmi, nmiSpectral, JSON.stringify(depths))
    }
  }
  for (const [name, each] of Object.entries(rows)) summarise(`${name} (${seeds} splits)`, each)
}

const continued = (pipeline: string, optionsOf: (d: Dataset) => object = () => ({})) =>
  trained(pipeline, 'digits', optionsOf, 'bootsc')
const studies: Record<string, (...given: string[]) => Promise<void>> = {
  'long-tail': (source, ratio, seeds, folder, only) =>
    compare(
      source,
      Number(ratio),
      seedsOf(seeds),
      {
        ...learnedBaselines,
        'equal sizes, growing mass (pot)': continued('pot'),
        'soft sizes, all mass (uot)': continued('uot'),
        'soft sizes, growing mass (p2ot)': continued('p2ot'),
        'and neighbours (sp2ot)': continued('sp2ot'),
        'otdc, no sizes': continued('otdc', () => ({ sizes: 'none' })),
        'otdc, equal sizes': continued('otdc', () => ({ sizes: 'uniform' })),
        'otdc, sizes of k-means': continued('otdc'),
        'otdc, true sizes': continued('otdc', (d) => ({ sizes: trueSizes(d) })),
      },
      bootsc,
      folder,
      only,
    ),
  sizes: (source, ratio, seeds) =>
    compare(
      source,
      Number(ratio),
      seedsOf(seeds),
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
    // Width 0: the MLP from scratch, as wide as classes are seen. Else one linear layer on the features, so wide.
    const network = width > 0 ? { backbone: 'identity', width } : {}
    const views = { views: { name: 'feature-noise', options: { views: 1, deviation: 0.05, mask: 0.1 } } }
    await onUnseen(seeds, { ...network, ...views }, { epochs: 40 }, (seed) => {
      const seen = [...createRandom(seed).permutation(10).subarray(0, 5)]
      const split = splitByClass(digits.labels!, seen)
      const known = subset(digits, split.train)
      return {
        known: { ...known, labels: encodeLabels(known.labels!).labels },
        unseen: subset(digits, split.test),
      }
    })
  },
  async pairs(given) {
    const digits = await loadOptdigits()
    const options = {
      backbone: { name: 'mlp', options: { widths: [512, 256] } },
      views: { name: 'image-affine', options: { views: 1 } },
    }
    const learningRate = { name: 'constant', options: { value: 1e-3 } }
    await onUnseen(Number(given), options, { epochs: 30, batchSize: 500, learningRate }, (seed) =>
      digitPairs(digits, seed),
    )
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
