import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { activateOnnx } from '@dc/backend-onnx'
import { type Callback, createRandom, definePlugin, InterruptedError, tf } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { accuracy, contingencyTable } from '@dc/metrics'
import { infer } from '@dc/trainer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { load } from '../model/load'
import { assemble } from '../registry'
import { fit } from './fit'

const folder = await mkdtemp(join(tmpdir(), 'fit-'))
beforeAll(() => activateOnnx({ threads: 1 }))
afterAll(() => rm(folder, { recursive: true }))

const [n, width, k] = [120, 6, 3]
const truth = Int32Array.from({ length: n }, (_, row) => row % k)
const noise = createRandom(5).normals(n * width)
const values = Float32Array.from(
  noise,
  (value, at) => value / 2 + (at % width === truth[Math.floor(at / width)] ? 4 : 0),
)
const blobs = { values, shape: [n, width] }
const labelled = memoryDataset({ name: 'blobs', values, sampleShape: [width], labels: truth })
const other = Float32Array.from(createRandom(6).normals(9 * width), (value) => 2 * value)

/** Small networks and few epochs, where there is a training. */
const short: Record<string, object> = {
  kmeans: {},
  spectral: {},
  leiden: {},
  bootsc: {
    options: {
      backbone: { name: 'mlp', options: { widths: [16] } },
      projection: { name: 'projection', options: { hidden: 16, width: 8 } },
    },
    training: { epochs: 10, batchSize: 60 },
    labels: 'stable-kmeans',
  },
  sp2ot: { options: { backbone: { name: 'mlp', options: { widths: [16] } } }, training: { epochs: 5, batchSize: 60 } },
  otdc: {
    options: { backbone: { name: 'autoencoder', options: { widths: [16], code: 6 } }, pretrain: 20 },
    training: { epochs: 3, batchSize: 60 },
  },
  dscl: { options: { backbone: { name: 'mlp', options: { widths: [16] } } }, training: { epochs: 5, batchSize: 60 } },
}

describe.each(Object.entries(short))('%s', (method, settings) => {
  it('is fitted, predicts, is saved and loaded, and leaves nothing in memory', async () => {
    const before = tf.memory().numTensors
    const data = method === 'dscl' ? labelled : blobs
    const found = await fit(data, { method, k, seed: 1, ...settings })
    expect(found.labels).toHaveLength(n)
    expect(accuracy(contingencyTable(truth, found.labels))).toBeGreaterThan(0.9)
    expect(found.certainty).toHaveLength(n)
    expect([found.method, found.k]).toEqual([method, k])
    expect(await found.predict(blobs)).toEqual(found.labels)
    const path = join(folder, `${method}.dclust`)
    await found.save(path)
    for (const again of [await load(path), await load(await found.toBytes())]) {
      expect(await again.predict(blobs)).toEqual(found.labels)
      const rows = { values: other, rows: 9, columns: width }
      expect(await again.predict(rows)).toEqual(await found.predict(rows))
      expect((await again.embed(rows)).values).toEqual((await found.embed(rows)).values)
      expect(again.recipe).toEqual(found.recipe)
    }
    expect(tf.memory().numTensors).toBe(before)
    const twice = await fit(data, { method, k, seed: 1, ...settings })
    expect(twice.labels).toEqual(found.labels)
    expect(await twice.toBytes()).toEqual(await found.toBytes())
  })
})

describe('fit', () => {
  it('takes rows in any form, and finds the same', async () => {
    const rows = Array.from({ length: n }, (_, row) => [...values.subarray(row * width, (row + 1) * width)])
    const file = join(folder, 'blobs.csv')
    await writeFile(file, `${rows.map((row) => row.join(',')).join('\n')}\n`)
    const options = { method: 'kmeans', k } as const
    const { labels, predict } = await fit(blobs, options)
    for (const form of [rows, { values, rows: n, columns: width }, labelled, file]) {
      expect((await fit(form, options)).labels).toEqual(labels)
      expect(await predict(form)).toEqual(labels)
    }
    expect((await fit(labelled, { method: 'kmeans' })).k).toBe(k)
    expect((await fit({ ...blobs, labels: truth }, { method: 'kmeans' })).k).toBe(k)
  })

  it('takes standardised rows back, and brings others to the same scale', async () => {
    const rows = Array.from({ length: n }, (_, row) =>
      [...values.subarray(row * width, (row + 1) * width)].map((value, column) => value * 10 ** column + 1e6),
    )
    const file = join(folder, 'scales.csv')
    await writeFile(file, `${rows.map((row) => row.join(',')).join('\n')}\n`)
    const { loadCsv } = await import('@dc/data')
    const found = await fit(await loadCsv(file, { standardize: true }), { method: 'kmeans', k })
    expect(accuracy(contingencyTable(truth, found.labels))).toBe(1)
    // A few of the rows have another mean; what the file holds is what counts.
    const few = join(folder, 'few.csv')
    await writeFile(
      few,
      `${rows
        .slice(0, 7)
        .map((row) => row.join(','))
        .join('\n')}\n`,
    )
    for (const dataset of [await loadCsv(few), await loadCsv(few, { standardize: true }), rows.slice(0, 7)])
      expect(await (await load(await found.toBytes())).predict(dataset)).toEqual(found.labels.slice(0, 7))
  })

  it('tells where it stands, and ends when it is asked to', async () => {
    const told: string[] = []
    const abort = new AbortController()
    const onProgress = ({ phase, done }: { phase: string; done?: number }) => {
      told.push(`${phase} ${done ?? ''}`.trim())
      if (phase === 'training' && done === 2) abort.abort()
    }
    const work = fit(blobs, { method: 'otdc', k, ...short.otdc, onProgress, signal: abort.signal })
    await expect(work).rejects.toThrow(InterruptedError)
    expect(told).toEqual([
      'reading',
      ...Array.from({ length: 21 }, (_, epoch) => `training: reconstruction ${epoch}`),
      'training: k-means of the codes',
      'training 0',
      'training 1',
      'training 2',
    ])
  })

  it('keeps a plugin of its user', async () => {
    const signs = definePlugin({
      kind: 'pipeline',
      name: 'signs',
      apiVersion: 1,
      traits: { classical: true },
      options: z.strictObject({ k: z.int() }),
      create: () => {
        const say = async (dataset: { size: number; read(rows: ArrayLike<number>): Promise<Float32Array> }) => {
          const embedding = await dataset.read(Int32Array.from({ length: dataset.size }, (_, row) => row))
          const labels = Int32Array.from({ length: dataset.size }, (_, row) => (embedding[row * width] > 1 ? 1 : 0))
          return { labels, embedding, width }
        }
        return { fit: say, predict: say, state: () => ({}), restore: () => {} }
      },
    })
    const registry = assemble([signs])
    const found = await fit(blobs, { method: 'signs', k: 2, registry })
    const bytes = await found.toBytes()
    expect(await (await load(bytes, { registry })).predict(blobs)).toEqual(found.labels)
    await expect(load(bytes)).rejects.toThrow(/No pipeline named 'signs'/)
  })

  it.each([
    [blobs, undefined, /options: got undefined; allowed: an object such as/],
    [blobs, { k }, /method: got undefined; allowed: the name of a pipeline/],
    [blobs, { method: null, k }, /method: got null; allowed: a text/],
    [blobs, { method: 'kmeans', k, sed: 1 }, /sed: got 1; allowed: options method, k, seed/],
    [blobs, { method: 'sp2ot', k, epochs: 1 }, /epochs: got 1; allowed: options/],
    [blobs, { method: 'kmeans', k: 'many' }, /k: got 'many'; allowed: a number, or 'auto'/],
    [blobs, { method: 'kmeans', k, signal: 'x' }, /signal: got 'x'/],
    [blobs, { method: 'kmeans', k, onProgress: 'x' }, /onProgress: got 'x'; allowed: a function/],
    [blobs, { method: 'kmeans', k, callbacks: () => {} }, /callbacks: got .*; allowed: a list of callbacks/],
    [blobs, { method: 'kmean', k }, /No pipeline named 'kmean'/],
    [blobs, { method: 'kmeans' }, /k: .*number of clusters.*or a method that finds it: leiden/],
    [blobs, { method: 'kmeans', k: 1 }, /k: got 1; allowed: an integer from 2 to 120/],
    [blobs, { method: 'kmeans', k: 121 }, /at most|from 2 to 120/],
    [blobs, { method: 'kmeans', k, seed: -1 }, /seed/],
    [blobs, { method: 'kmeans', k, training: { epochs: 3 } }, /training.*no training steps/],
    [blobs, { method: 'kmeans', k, options: { start: 3 } }, /start/],
    [blobs, { method: 'bootsc', k, preset: 'none' }, /No preset of bootsc named 'none'/],
    [blobs, { method: 'dscl', k }, /supervised/],
    [[[1, 2], [3]], { method: 'kmeans', k: 2 }, /data\[1\]/],
    [7, { method: 'kmeans', k: 2 }, /data: got 7/],
    ['no-such-file.csv', { method: 'kmeans', k: 2 }, /no-such-file.csv/],
    [{ values, shape: [n, 7] }, { method: 'kmeans', k: 2 }, /\[120 × 7\]/],
    [
      [
        [1, Number.NaN],
        [3, 4],
      ],
      { method: 'kmeans', k: 2 },
      /NaN at row 0, column 1/,
    ],
  ])('refuses %#', async (data, options, message) => {
    await expect(fit(data as never, options as never)).rejects.toThrow(message)
  })
})

describe('a model', () => {
  it('refuses rows of another shape, and says what it was fitted to', async () => {
    const found = await fit(blobs, { method: 'kmeans', k })
    await expect(found.save(undefined as never)).rejects.toThrow(/path: got undefined; allowed: the name of a file/)
    await expect(found.predict([[1, 2]])).rejects.toThrow(/rows.*\[1, 2\].*\[n, 6\], as the model was fitted to/)
  })

  it('that is broken is refused', async () => {
    const bytes = await (await fit(blobs, { method: 'kmeans', k })).toBytes()
    for (const at of [bytes.length - 1, 200]) {
      const flipped = Uint8Array.from(bytes)
      flipped[at] ^= 1
      await expect(load(flipped)).rejects.toThrow(/not a whole|is no model/)
    }
    await expect(load(bytes.slice(0, -8))).rejects.toThrow(/not a whole safetensors file/)
    await expect(load(new Uint8Array(3))).rejects.toThrow(/not a whole safetensors file/)
    await expect(load(join(folder, 'none.dclust'))).rejects.toThrow(/Cannot read/)
    await expect(load(7 as never)).rejects.toThrow(/source: got 7/)
  })
})

describe('callbacks', () => {
  it('see every training, label rows meanwhile, and end it: what was learned so far labels the rows', async () => {
    const before = tf.memory().numTensors
    const epochs: number[] = []
    const widths: number[] = []
    const stopping: Callback = {
      async onEpochEnd({ progress, pipeline }) {
        epochs.push(progress.epoch)
        const { labels, embedding } = await infer(pipeline, labelled, {})
        widths.push(labels.length, embedding.length / n)
        return progress.epoch === 1 ? 'stop' : undefined
      },
    }
    const found = await fit(blobs, { method: 'bootsc', k, seed: 1, ...short.bootsc, callbacks: [stopping] })
    expect(epochs).toEqual([0, 1])
    expect(widths).toEqual([n, 8, n, 8])
    expect(found.history).toHaveLength(2)
    expect(found.labels).toHaveLength(n)
    expect(await found.predict(blobs)).toEqual(found.labels)
    expect(tf.memory().numTensors).toBe(before)
  })
})
