// What a page gets: the packages bundled from their sources without anything of Node, and a program of them that runs in a
// context with what pages have and nothing of Node.
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { cpu, createRandom, initBackend } from '@dc/core'
import { loadFile } from '@dc/data/formats'
import { type Fitted, fit } from '@dc/pipelines'
import { type BuildOptions, build, type Metafile } from 'esbuild'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const tensorflow = /tensorflow|tfjs/
const withTensors = [
  '@dc/core',
  '@dc/spectral/tensor',
  '@dc/ot-sinkhorn/tensor',
  '@dc/data/views',
  '@dc/losses',
  '@dc/backbones',
  '@dc/trainer',
  '@dc/pipelines',
  '@dc/backend-onnx/web',
]
const withoutTensors = [
  '@dc/core/plugin',
  '@dc/core/errors',
  '@dc/core/points',
  '@dc/core/random',
  '@dc/core/text',
  '@dc/core/safetensors',
  '@dc/core/cache',
  '@dc/spectral',
  '@dc/ot-sinkhorn',
  '@dc/metrics',
  '@dc/data/rows',
  '@dc/explore',
  '@dc/explore/parts',
  '@dc/data/formats',
  '@dc/backend-onnx/model',
]

const settings = {
  tsconfig: `${root}tsconfig.json`,
  absWorkingDir: `${root}packages/pipelines`,
  bundle: true,
  write: false,
  outdir: 'out',
  metafile: true,
  logLevel: 'silent',
} satisfies BuildOptions

/** It looks for Node's threads where there is Node, which bundlers for pages are told or warn of. */
const peer = 'onnxruntime-web/ort-wasm-simd-threaded.mjs'

/** The files that an entry loads at once, without those that wait for a dynamic import. */
function loaded({ inputs }: Metafile, entry: string): string[] {
  const found = new Set([entry])
  for (const file of found)
    for (const { path, kind, external } of inputs[file]?.imports ?? [])
      if (!external && kind !== 'dynamic-import') found.add(path)
  return [...found]
}

/** The entry whose output this file is in. */
const entryOf = ({ outputs }: Metafile, name: string) =>
  Object.entries(outputs).find(([path]) => path === `out/${name}.js`)?.[1].entryPoint ?? ''

describe('bundles for a page', () => {
  let metafile: Metafile
  beforeAll(async () => {
    const entryPoints = [...withTensors, ...withoutTensors].map((name) => ({ in: name, out: name }))
    const built = await build({
      ...settings,
      entryPoints,
      platform: 'browser',
      format: 'esm',
      splitting: true,
      external: [peer],
    })
    metafile = built.metafile
  })

  it('leave nothing of Node to be found', () => {
    const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports.filter(({ external }) => external))
    expect(new Set(outside.map(({ path }) => path))).toEqual(new Set([peer]))
  })

  it.each(withTensors)('of %s load TensorFlow.js', (name) => {
    expect(loaded(metafile, entryOf(metafile, name)).some((file) => tensorflow.test(file))).toBe(true)
  })

  it.each(withoutTensors)('of %s load no TensorFlow.js', (name) => {
    const files = loaded(metafile, entryOf(metafile, name))
    expect(files.length).toBeGreaterThan(1)
    expect(files.filter((file) => tensorflow.test(file))).toEqual([])
  })

  it('would tell of a module of Node', async () => {
    const stdin = { contents: `import 'node:fs'` }
    const built = build({ ...settings, stdin, platform: 'browser' })
    await expect(built).rejects.toThrow('Could not resolve "node:fs"')
  })
})

it('the readers for Node load no TensorFlow.js either', async () => {
  const { metafile } = await build({ ...settings, entryPoints: ['@dc/data'], platform: 'node', external: ['sharp'] })
  const files = Object.keys(metafile.inputs)
  expect(files.length).toBeGreaterThan(50)
  expect(files.filter((file) => tensorflow.test(file))).toEqual([])
})

/** A small network, and few epochs. */
const short = {
  options: {
    backbone: { name: 'mlp', options: { widths: [8] } },
    projection: { name: 'projection', options: { hidden: 8, width: 4 } },
  },
  training: { epochs: 3, batchSize: 30 },
}

const table = 'a,b\n1,2\n3,4\n5,6\n'
const parquet = (codec: 'UNCOMPRESSED' | 'SNAPPY') =>
  new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'a', data: [1, 2, 3], type: 'DOUBLE' }], codec }))
const npy = () => {
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"
  const text = `${header.padEnd(117)}\n`
  return Buffer.concat([
    Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length, 0]),
    Buffer.from(text),
    Buffer.from(Float32Array.of(1, 2, 3, 4).buffer),
  ])
}
/** What is dropped on a page. */
const files: Record<string, Uint8Array> = {
  'a.csv': Buffer.from(table),
  'a.csv.gz': gzipSync(table),
  // Not UTF-8: windows-1252.
  'latin.csv': Buffer.from([...Buffer.from('gr'), 0xf6, ...Buffer.from('n,b\n1,2\n3,4\n')]),
  'utf16.csv': Buffer.from(`\ufeff${table}`, 'utf16le'),
  'a.npy': npy(),
  'a.parquet': parquet('UNCOMPRESSED'),
  'snappy.parquet': parquet('SNAPPY'),
  'broken.csv.gz': gzipSync(table).subarray(0, -6),
  'dates.csv': Buffer.from('day,b\n2024-01-01,2\n2024-01-02,4\n'),
}

/** Computes with every package; its answer is given to `done`. */
const program = `
import { loadWeights, mlp } from '@dc/backbones'
import { cpu, createRandom, DcError, initBackend, tf } from '@dc/core'
import { loadFile } from '@dc/data/formats'
import { batches, memoryDataset } from '@dc/data/rows'
import { featureNoise } from '@dc/data/views'
import { softCrossEntropy } from '@dc/losses'
import { adjustedRandIndex } from '@dc/metrics'
import { balanced, solve } from '@dc/ot-sinkhorn'
import { sinkhornRounds } from '@dc/ot-sinkhorn/tensor'
import { assemble, fit, load } from '@dc/pipelines'
import { availableProducts, kmeans, knnGraph, spectralClustering } from '@dc/spectral'
import { polarFactor } from '@dc/spectral/tensor'
import { saveCheckpoint } from '@dc/trainer'

/** A model made elsewhere labels as it did there; one made here is saved as bytes and loaded. */
async function models(points) {
  const elsewhere = await load(Uint8Array.from(atob(given.model), (c) => c.charCodeAt(0)))
  const here = await fit(points, { method: 'spectral', k: 3, options: { neighbours: 8 } })
  const again = await load(await here.toBytes())
  return {
    elsewhere: Array.from(await elsewhere.predict(points)),
    labels: Array.from(here.labels),
    again: Array.from(await again.predict(points)),
    save: await here.save('x.dclust').catch(told),
  }
}

/** Files as a page is given them. */
async function files() {
  const found = {}
  for (const [name, bytes] of Object.entries(given.files)) {
    const file = new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name)
    found[name] = await loadFile(file).then(({ values, notices }) => [Array.from(values), notices ?? []]).catch(told)
  }
  return found
}

const told = (error) => (DcError.isInstance(error) ? error.message : 'not ours: ' + error)
async function answer() {
  const { name } = await initBackend([cpu.create({}, {})])
  const random = createRandom(0)
  const truth = Int32Array.from({ length: 60 }, (_, i) => i % 3)
  const values = Float32Array.from(random.normals(120), (x, at) => x / 10 + 4 * truth[at >> 1])
  const points = { values, rows: 60, columns: 2 }
  const plan = solve(balanced({ cost: Float64Array.of(0, 1, 1, 0), rows: 2, columns: 2, epsilon: 0.1 }), { threads: 4 })
  const rows = []
  for await (const batch of batches(memoryDataset({ name: 'three', values, sampleShape: [2] }), { batchSize: 30 }))
    rows.push(batch.rows.length)
  const network = mlp({ inputShape: [2], widths: [4, 3], random })
  const q = tf.tidy(() => Array.from(polarFactor(tf.tensor2d([[3, 0], [0, 4], [0, 0]])).dataSync()))
  return {
    name,
    kmeans: adjustedRandIndex(truth, kmeans(points, { k: 3, random }).labels),
    spectral: adjustedRandIndex(truth, spectralClustering(knnGraph(points, { neighbours: 8 }), { k: 3, random }).labels),
    products: await availableProducts(),
    plan: Array.from(plan.plan()).map((x) => Math.round(x * 100) / 100),
    rows,
    q: q.map((x) => Math.round(x * 1000) / 1000),
    rounds: typeof sinkhornRounds + typeof softCrossEntropy + typeof featureNoise,
    models: await models(points),
    path: await load('x.dclust').catch(told),
    files: await files(),
    pipelines: assemble().list({ kind: 'pipeline' }).length,
    weights: (() => { try { loadWeights(network, 'x.safetensors') } catch (error) { return told(error) } })(),
    checkpoint: await saveCheckpoint('x', { step: 0, steps: 1, epochs: 1, epochSums: {}, history: [], variables: {}, optimizer: {}, pipeline: {}, best: {} }).catch(told),
  }
}
answer().then(done, (error) => done({ failed: String(error && error.stack) }))`

describe('a program of all packages, where nothing of Node is', () => {
  let found: Record<string, unknown>
  let trained: Fitted
  beforeAll(async () => {
    const { outputFiles } = await build({
      ...settings,
      stdin: { contents: program, resolveDir: settings.absWorkingDir, loader: 'js' },
      platform: 'browser',
      format: 'iife',
    })
    // The same rows as in the program, and a network that was trained in Node.
    await initBackend([cpu.create({}, {})])
    const values = Float32Array.from(createRandom(0).normals(120), (x, at) => x / 10 + 4 * ((at >> 1) % 3))
    trained = await fit({ values, shape: [60, 2] }, { ...short, method: 'bootsc', k: 3 })
    const model = Buffer.from(await trained.toBytes()).toString('base64')
    const inBase64 = Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
    )
    const { WebAssembly, performance, crypto, TextDecoder, TextEncoder, AbortController, AbortSignal } = globalThis
    const web = { WebAssembly, performance, crypto, TextDecoder, TextEncoder, AbortController, AbortSignal }
    const { setTimeout, clearTimeout, atob, btoa, console, structuredClone } = globalThis
    found = await new Promise((done) => {
      const page: Record<string, unknown> = {
        ...web,
        structuredClone,
        setTimeout,
        clearTimeout,
        atob,
        btoa,
        console,
        done,
        given: { model, files: inBase64 },
        File,
        Blob,
        DOMException,
      }
      Object.assign(page, { window: page, self: page, document: {}, navigator: { userAgent: 'page' } })
      runInContext(`delete globalThis.SharedArrayBuffer; ${outputFiles[0].text}`, createContext(page))
    })
  })

  it('computes as in Node', () => {
    expect(found).toMatchObject({
      name: 'cpu',
      kmeans: 1,
      spectral: 1,
      products: null,
      plan: [0.5, 0, 0, 0.5],
      rows: [30, 30],
      q: [1, 0, 0, 1, 0, 0],
      rounds: 'functionfunctionfunction',
    })
    expect(found.pipelines).toBeGreaterThan(3)
  })

  it('labels new rows by a model that was trained in Node, and by one of its own', () => {
    const { elsewhere, labels, again } = found.models as Record<string, number[]>
    expect(elsewhere).toEqual([...trained.labels])
    expect(again).toEqual(labels)
    expect(new Set(labels).size).toBe(3)
  })

  it('reads files of every kind as Node does, and says what is wrong with them in its words', async () => {
    const byNode = async (name: string) => {
      const { values, notices } = await loadFile(new File([Uint8Array.from(files[name])], name))
      return [[...values], notices ?? []]
    }
    const { 'broken.csv.gz': broken, 'dates.csv': dates, ...sound } = found.files as Record<string, unknown>
    expect(sound).toEqual(
      Object.fromEntries(
        await Promise.all(Object.keys(sound).map(async (name) => [name, await byNode(name)] as const)),
      ),
    )
    expect(Object.keys(sound)).toHaveLength(7)
    expect(broken).toMatch(/^'broken\.csv\.gz' is not a whole gzip file/)
    expect(dates).toMatch(/^'dates\.csv', record 2, column 'day': '2024-01-01' is a date/)
  })

  it('says of what it cannot do that it needs Node', () => {
    expect((found.models as { save: string }).save).toMatch(/^Writing a file needs Node\.js/)
    expect(found.path).toMatch(/needs Node\.js/)
    expect(found.weights).toMatch(/^Reading weights from a file needs Node\.js .*'node:fs'/)
    expect(found.checkpoint).toMatch(/needs Node\.js/)
  })
})
