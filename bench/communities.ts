// Leiden beside leidenalg on the same graphs of neighbours: quality, number of communities, ARI and NMI with the classes, time.
//   npx tsx --tsconfig tsconfig.json bench/communities.ts DATA SEEDS [WEIGHT] [CASES]
// DATA      a .npy file of rows, its classes in NAME-labels.npy beside it; or random:ROWS, 50 Gaussian clouds in 16 dimensions
// WEIGHT    of the edges, as knnGraph has it; default connectivity
// CASES     as modularity:1,modularity:2,cpm:0.01,cpm:0.1, which is the default
// The peer runs if bench/.venv has leidenalg and igraph, or BENCH_PYTHON names an interpreter that has them. One line of JSON each.
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom, type SparseRows } from '@dc/core'
import { readNpy } from '@dc/data'
import { adjustedRandIndex, contingencyTable, normalizedMutualInformation } from '@dc/metrics'
import {
  availableProducts,
  type CommunityQuality,
  type EdgeWeight,
  knnGraph,
  leiden,
  type Matrix,
  matrix,
} from '@dc/spectral'
import { findPython, runPeer } from './frame.ts'

interface Run {
  readonly ms: number
  readonly k: number
  readonly quality: number
  readonly labels: ArrayLike<number>
}

const iterations = 10
const [data, seeds = '5', weight = 'connectivity', cases = 'modularity:1,modularity:2,cpm:0.01,cpm:0.1'] =
  process.argv.slice(2)
const asked = cases.split(',').map((text) => {
  const [quality, resolution] = text.split(':')
  return { quality: quality as CommunityQuality, resolution: Number(resolution) }
})

async function load(): Promise<{ points: Matrix; truth: Int32Array | null }> {
  const [name, rows] = data.split(':')
  if (name === 'random') return clouds(Number(rows))
  const { shape, values } = await readNpy(data)
  const labels = data.replace(/\.npy$/, '-labels.npy')
  const truth = existsSync(labels) ? Int32Array.from((await readNpy(labels)).values as ArrayLike<number>, Number) : null
  return { points: matrix(Float32Array.from(values as ArrayLike<number>), shape[0], shape[1]), truth }
}

function clouds(rows: number) {
  const random = createRandom(1)
  const [values, centres] = [random.normals(rows * 16), random.normals(50 * 16, 0, 1.5)]
  for (let at = 0; at < values.length; at++) values[at] += centres[((at >> 4) % 50) * 16 + (at & 15)]
  return { points: matrix(values, rows, 16), truth: Int32Array.from({ length: rows }, (_, i) => i % 50) }
}

function edgesOf(graph: SparseRows) {
  const edges = { from: [] as number[], to: [] as number[], weights: [] as number[] }
  for (let i = 0; i < graph.rows; i++)
    for (let at = graph.offsets[i]; at < graph.offsets[i + 1]; at++) {
      if (graph.indices[at] > i) continue
      edges.from.push(i)
      edges.to.push(graph.indices[at])
      edges.weights.push(graph.values[at])
    }
  return edges
}

async function peerRuns(graph: SparseRows): Promise<Run[][] | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'communities-'))
  try {
    const file = join(folder, 'graph.json')
    await writeFile(
      file,
      JSON.stringify({ n: graph.rows, ...edgesOf(graph), seeds: Number(seeds), iterations, cases: asked }),
    )
    const context = { log: console.error, python: findPython(), quick: false, wants: () => true }
    const found = await runPeer<{ cases: { runs: Run[] }[] }>(context, 'leiden.py', [file])
    return found?.cases.map(({ runs }) => runs)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
const digits = (value: number) => Number(value.toPrecision(6))

function summary(who: string, runs: readonly Run[], truth: Int32Array | null) {
  const tables = truth ? runs.map(({ labels }) => contingencyTable(truth, Int32Array.from(labels))) : []
  return {
    who,
    quality: digits(mean(runs.map((run) => run.quality))),
    k: runs.map((run) => run.k),
    ...(truth && {
      ari: digits(mean(tables.map((table) => adjustedRandIndex(table)))),
      nmi: digits(mean(tables.map((table) => normalizedMutualInformation(table)))),
    }),
    ms: runs.map((run) => Math.round(run.ms)),
  }
}

const { points, truth } = await load()
const graph = knnGraph(points, {
  neighbours: 15,
  weight: weight as EdgeWeight,
  ...(weight === 'connectivity' && { symmetrise: 'max' as const }),
  products: await availableProducts(),
})
const ours = asked.map((options) =>
  Array.from({ length: Number(seeds) }, (_, seed): Run => {
    const start = performance.now()
    const { labels, k, quality } = leiden(graph, { ...options, random: createRandom(seed), maxIterations: iterations })
    return { labels, k, quality, ms: performance.now() - start }
  }),
)
const theirs = await peerRuns(graph)
asked.forEach((options, at) => {
  const about = { data, rows: graph.rows, edges: graph.indices.length / 2, weight, ...options }
  console.log(JSON.stringify({ ...about, ...summary('ours', ours[at], truth) }))
  if (theirs) console.log(JSON.stringify({ ...about, ...summary('leidenalg', theirs[at], truth) }))
})
