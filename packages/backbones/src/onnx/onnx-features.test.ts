import { copyFile, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createRegistry, DataError, definePlugin } from '@dc/core'
import { testDataset } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type OnnxFeatureOptions, onnxFeatures, plugins } from '../onnx'
import { cast, chainsIn, featuresOf, fixture, flat, images, imagesOf, nhwc, rowOf, size } from '../testing/small-models'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onnx-'))
})
const modelFile = chainsIn(() => folder)

describe('files', () => {
  it('of weights are found beside the model, from any working folder', async () => {
    const [sub, elsewhere] = [join(folder, 'sub'), join(folder, 'elsewhere')]
    await Promise.all([sub, elsewhere].map((path) => mkdir(path)))
    for (const name of ['external.onnx', 'external.bin']) await copyFile(fixture(name), join(sub, name))
    const model = join(sub, 'external.onnx')
    const before = process.cwd()
    // Σ v i + 100 j Σ v over the values of image 0 in NCHW order.
    const values = [0, 3, 6, 9, 12, 15, 1, 4, 7, 10, 13, 16, 2, 5, 8, 11, 14, 17]
    const dot = values.reduce((sum, value, i) => sum + value * i, 0)
    const expected = [dot, dot + 100 * 153]
    try {
      process.chdir(elsewhere)
      expect(await rowOf(await featuresOf(model), 0)).toEqual(expected)
      expect(await rowOf(await featuresOf(relative(elsewhere, model)), 0)).toEqual(expected)
    } finally {
      process.chdir(before)
    }
    await copyFile(fixture('external.onnx'), join(elsewhere, 'external.onnx'))
    await expect(featuresOf(join(elsewhere, 'external.onnx'))).rejects.toThrow(
      /external.onnx' has weights in '.*elsewhere\/external.bin', which cannot be read/,
    )
    // A cut file of weights.
    await writeFile(join(elsewhere, 'external.bin'), (await readFile(fixture('external.bin'))).subarray(0, 40))
    await expect(featuresOf(join(elsewhere, 'external.onnx'))).rejects.toThrow(DataError)
  })

  it('that are no models are refused', async () => {
    await expect(featuresOf(join(folder, 'no.onnx'))).rejects.toThrow(/Cannot read the model .*it does not exist/)
    await expect(featuresOf(folder)).rejects.toThrow(/Cannot read the model .*it is a folder/)
    const path = join(folder, 'text.onnx')
    for (const text of ['', 'no model', 'PK\x03\x04', 'version https://git-lfs.github.com/spec/v1\n']) {
      await writeFile(path, text)
      await expect(featuresOf(path)).rejects.toThrow(/text.onnx' is no ONNX model, or is cut/)
    }
    const whole = await readFile(fixture('float16.onnx'))
    await writeFile(path, whole.subarray(0, whole.length - 20))
    await expect(featuresOf(path)).rejects.toThrow(/is no ONNX model, or is cut/)
    const unknown = modelFile({ steps: [{ op: 'NoSuchOperator' }] })
    await expect(featuresOf(unknown)).rejects.toThrow(
      /cannot be loaded. ONNX Runtime rejected a model: .*NoSuchOperator/,
    )
    await expect(featuresOf(unknown)).rejects.toThrow(DataError)
  })

  it('are not read for what is wrong already', async () => {
    const model = join(folder, 'no.onnx')
    await expect(featuresOf(model, { mean: [1] })).rejects.toThrow(/mean has shape \[1\]/)
    await expect(featuresOf(model, { std: [1, 0, 1] })).rejects.toThrow(/std: got \[1,0,1\]; allowed: numbers > 0/)
    await expect(featuresOf(model, {}, { ...images, sampleShape: [18] })).rejects.toThrow(/expected images/)
    await expect(featuresOf(model, {}, { ...images, size: 0 })).rejects.toThrow(/no images/)
  })
})

describe('what is kept on disk', () => {
  /** Folders of caches, and how often the model ran. */
  const kept = async (name: string) => {
    const cache = join(folder, name)
    let runs = 0
    const extract = async (model: string, options: Partial<OnnxFeatureOptions> = {}, dataset = images) => {
      const before = runs
      const found = await onnxFeatures(dataset, { model, cache, onProgress: () => runs++, ...options })
      return { found, ran: runs > before, row: await rowOf(found, 3) }
    }
    return { cache, extract }
  }

  it('is used again, for rows of other names too, and made again after damage', async () => {
    const { cache, extract } = await kept('cache')
    const model = modelFile({ steps: [flat] })
    const first = await extract(model)
    const again = await extract(model, {}, { ...images, name: 'other', metadata: { source: 'x' } })
    expect([first.ran, again.ran]).toEqual([true, false])
    expect(again.row).toEqual(first.row)
    expect(again.found.name).toMatch(/^other/)
    const [name, ...more] = await readdir(cache)
    expect(more).toEqual([])
    const whole = await readFile(join(cache, name))
    const damaged = [
      ...[0, 33, 40, 44, whole.length - 1].map((at) =>
        Buffer.from(whole.map((byte, i) => (i === at ? byte ^ 1 : byte))),
      ),
      whole.subarray(0, whole.length - 4),
      whole.subarray(0, 20),
      Buffer.concat([whole, Buffer.alloc(size * 4)]),
      Buffer.alloc(0),
    ]
    for (const bytes of damaged) {
      await writeFile(join(cache, name), bytes)
      const repaired = await extract(model)
      expect([repaired.ran, repaired.row]).toEqual([true, first.row])
      expect((await readFile(join(cache, name))).equals(whole)).toBe(true)
    }
  })

  it('is of every row, the model, its files and the options', async () => {
    const { cache, extract } = await kept('keys')
    const sub = join(folder, 'keys-model')
    await mkdir(sub)
    for (const name of ['external.onnx', 'external.bin']) await copyFile(fixture(name), join(sub, name))
    const model = join(sub, 'external.onnx')
    expect((await extract(model)).ran).toBe(true)
    expect((await extract(model)).ran).toBe(false)
    for (let at = 0; at < size; at++) {
      const other = imagesOf((r, i) => r * 100 + i + (r === at && i === 17 ? 1 : 0))
      expect((await extract(model, {}, other)).ran, `row ${at}`).toBe(true)
      expect((await extract(model, {}, other)).ran).toBe(false)
    }
    const options: Partial<OnnxFeatureOptions>[] = [
      { mean: [1, 1, 1] },
      { std: [2, 1, 1] },
      { layout: 'nchw' },
      { output: 'y' },
      { batchSize: 2 },
      { threads: 1 },
      { tokens: 'mean' },
    ]
    for (const changed of options) expect((await extract(model, changed)).ran, JSON.stringify(changed)).toBe(true)
    expect((await extract(model)).ran).toBe(false)
    const weights = await readFile(join(sub, 'external.bin'))
    weights.writeFloatLE(7, 8)
    await writeFile(join(sub, 'external.bin'), weights)
    const before = (await readdir(cache)).length
    expect((await extract(model)).ran).toBe(true)
    expect(await readdir(cache)).toHaveLength(before + 1)
  })

  it('keeps float64', async () => {
    const { extract } = await kept('wide')
    const model = modelFile({
      input: nhwc,
      steps: [cast(11), { op: 'Div', inputs: ['three'] }, flat],
      initializers: [{ name: 'three', type: 'float64', shape: [], data: Float64Array.of(3e5) }],
    })
    // Values near 1 whose differences float32 does not see.
    const near = imagesOf((at, i) => (i < 2 ? 3e5 : 0) + (i === 1 ? at / 64 : 0))
    const [first, again] = [await extract(model, {}, near), await extract(model, {}, near)]
    expect([first.ran, again.ran]).toEqual([true, false])
    expect(await again.found.read([0, 1, 2, 3, 4])).toEqual(await first.found.read([0, 1, 2, 3, 4]))
    expect(again.found.notices).toEqual(first.found.notices)
  })

  it('is not kept where the folder cannot be written, which is said', async () => {
    const model = modelFile({ steps: [flat] })
    await writeFile(join(folder, 'a-file'), '')
    const found = await onnxFeatures(
      { ...images, notices: ['first'], leftOut: [{ path: 'a', reason: 'b' }] },
      { model, cache: join(folder, 'a-file') },
    )
    expect(found.notices).toEqual(['first', expect.stringMatching(/features are not kept, .*Cannot write/)])
    expect(found.leftOut).toEqual([{ path: 'a', reason: 'b' }])
  })
})

testDataset({ describe, it }, 'onnx-features', async () => {
  const five = definePlugin({
    kind: 'dataset',
    name: 'five',
    apiVersion: 1,
    options: z.object({}),
    create: () => images,
  })
  const registry = createRegistry([plugins, five])
  const model = modelFile({ steps: [flat] })
  return registry.create('dataset', 'onnx-features', { dataset: 'five', model, cache: false })
})
