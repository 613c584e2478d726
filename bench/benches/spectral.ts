import { existsSync } from 'node:fs'
import { createRandom, DataError } from '@dc/core'
import { readIdx } from '@dc/data'
import { normalizedMutualInformation } from '@dc/metrics'
import {
  kmeans,
  knnGraph,
  type Matrix,
  matrix,
  nativeProducts,
  nearestNeighbours,
  spectralClustering,
} from '@dc/spectral'
import { type BenchContext, type BenchResult, compare, defineBench, runPeer } from '../frame.ts'

/** Where Debian's package dataset-fashion-mnist puts the files. */
const folder = process.env.FASHION_MNIST ?? '/usr/share/datasets/fashion-mnist'
/** Runs of each side; the median counts. */
const seeds = [0, 1, 2, 3, 4]
const noPeer = 'clustering-tfjs: not in the npm registry'

interface Images {
  readonly points: Matrix
  readonly truth: Int32Array
}

async function load(split: 'train' | 't10k', limit = Number.POSITIVE_INFINITY): Promise<Images> {
  const images = await readIdx(`${folder}/${split}-images-idx3-ubyte.gz`)
  const labels = await readIdx(`${folder}/${split}-labels-idx1-ubyte.gz`)
  const n = Math.min(images.shape[0], limit)
  const columns = images.shape[1] * images.shape[2]
  const values = Float32Array.from(images.values.subarray(0, n * columns), (pixel) => pixel / 255)
  return { points: matrix(values, n, columns), truth: Int32Array.from(labels.values.subarray(0, n)) }
}

/** Runs once per seed, and once before unless told otherwise; every result with the median time. */
function timed<T>(run: (seed: number) => T, runs = seeds, warmup = true): { ms: number; results: T[] } {
  const times: number[] = []
  if (warmup) run(runs[0])
  const results = runs.map((seed) => {
    const start = performance.now()
    const result = run(seed)
    times.push(performance.now() - start)
    return result
  })
  return { ms: times.sort((a, b) => a - b)[times.length >> 1], results }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

export default defineBench({
  name: 'spectral',
  description: 'k-means, exact neighbours and spectral clustering on Fashion-MNIST, against scikit-learn',
  async run(context) {
    if (!existsSync(folder))
      throw new DataError(`${folder} is missing: apt-get install dataset-fashion-mnist, or set FASHION_MNIST.`)
    const { quick } = context
    const [train, test] = [quick ? 5000 : 60_000, quick ? 2000 : 10_000]
    const lines: [name: string, run: (context: BenchContext, name: string) => Promise<BenchResult>][] = [
      [`k-means ${train}×784, k 10, n_init 1`, benchKMeans],
      [`exact 10 nearest neighbours ${test}×784`, benchNeighbours],
      [`spectral clustering ${test}×784, kNN 10, cluster_qr`, benchSpectral],
    ]
    if (!quick) lines.push(['spectral clustering 70000×784, kNN 10, cluster_qr', benchWhole])
    const results: BenchResult[] = []
    for (const [name, run] of lines) if (context.wants(name)) results.push(await run(context, name))
    return results
  },
})

async function benchKMeans(context: BenchContext, name: string): Promise<BenchResult> {
  const { points } = await load('train', context.quick ? 5000 : undefined)
  const products = await nativeProducts()
  const ours = timed((seed) => kmeans(points, { k: 10, nInit: 1, random: createRandom(seed), products }))
  const peer = await runPeer<{ ms: number; inertia: number; iterations: number }>(context, 'spectral.py', [
    folder,
    'kmeans',
    context.quick ? 1 : 0,
  ])
  const inertia = mean(ours.results.map((fit) => fit.inertia))
  return compare(
    name,
    ours.ms,
    { 'scikit-learn': peer?.ms ?? null },
    {
      quality: {
        inertia,
        inertia_peer: peer?.inertia,
        inertia_ratio: peer && inertia / peer.inertia,
        iterations: mean(ours.results.map((fit) => fit.iterations)),
        iterations_peer: peer?.iterations,
      },
      note: `means over seeds ${seeds.join(', ')}, median time; ${noPeer}`,
    },
  )
}

async function benchNeighbours(context: BenchContext, name: string): Promise<BenchResult> {
  const { points } = await load('t10k', context.quick ? 2000 : undefined)
  const products = await nativeProducts()
  const ours = timed(() => nearestNeighbours(points, 10, { products }))
  const peer = await runPeer<{ ms: number; sum: number }>(context, 'spectral.py', [
    folder,
    'knn',
    context.quick ? 1 : 0,
  ])
  const sum = ours.results[0].distances.reduce((a, b) => a + b, 0)
  return compare(
    name,
    ours.ms,
    { 'scikit-learn': peer?.ms ?? null },
    { quality: { sum_of_distances: sum, sum_of_distances_peer: peer?.sum }, note: noPeer },
  )
}

async function benchSpectral(context: BenchContext, name: string): Promise<BenchResult> {
  const { points, truth } = await load('t10k', context.quick ? 2000 : undefined)
  const products = await nativeProducts()
  // scikit-learn counts a point among its 10 neighbours.
  const ours = timed((seed) =>
    spectralClustering(knnGraph(points, { neighbours: 9, products }), { k: 10, random: createRandom(seed) }),
  )
  const peer = await runPeer<{ ms: number; nmi: number }>(context, 'spectral.py', [
    folder,
    'spectral',
    context.quick ? 1 : 0,
  ])
  const nmi = mean(ours.results.map((fit) => normalizedMutualInformation(truth, fit.labels)))
  return compare(
    name,
    ours.ms,
    { 'scikit-learn': peer?.ms ?? null },
    {
      quality: {
        nmi,
        nmi_peer: peer?.nmi,
        converged: ours.results.every((fit) => fit.solution.converged),
        restarts: ours.results[0].solution.iterations,
      },
      note: noPeer,
    },
  )
}

/** All 70,000 images end to end, exact neighbours included: no peer of this ecosystem can. */
async function benchWhole(context: BenchContext, name: string): Promise<BenchResult> {
  const [train, test] = [await load('train'), await load('t10k')]
  const values = new Float32Array(train.points.values.length + test.points.values.length)
  values.set(train.points.values)
  values.set(test.points.values, train.points.values.length)
  const points = matrix(values, train.points.rows + test.points.rows, train.points.columns)
  const truth = Int32Array.from([...train.truth, ...test.truth])
  const products = await nativeProducts()
  let graphMs = 0
  context.log(`spectral clustering of ${points.rows} images, end to end`)
  const ours = timed(
    (seed) => {
      const start = performance.now()
      const graph = knnGraph(points, { neighbours: 9, products })
      graphMs = performance.now() - start
      return spectralClustering(graph, { k: 10, random: createRandom(seed) })
    },
    [0],
    false,
  )
  const [fit] = ours.results
  return compare(
    name,
    ours.ms,
    {},
    {
      quality: {
        nmi: normalizedMutualInformation(truth, fit.labels),
        converged: fit.solution.converged,
        graph_ms: graphMs,
        // Of the whole process, the images included.
        peak_memory_mb: Math.round(process.resourceUsage().maxRSS / 1024),
      },
      note: noPeer,
    },
  )
}
