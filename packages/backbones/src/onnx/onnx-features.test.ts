import { copyFile, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Attribute, encodeModel, type InitializerDefinition, type ValueDefinition } from '@dc/backend-onnx/model'
import { createRegistry, DataError, type Dataset, definePlugin, OptionError } from '@dc/core'
import { checkClose, testDataset } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type OnnxFeatureOptions, onnxFeatures, plugins } from '../onnx'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onnx-'))
})
const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))

const size = 5
const pixels = 18
/** Images 2 × 3 with 3 channels: value i of image r is 100 r + i. */
const images: Dataset = {
  name: 'five',
  size,
  sampleShape: [2, 3, 3],
  labels: Int32Array.of(0, 1, 0, 1, 0),
  read: async (rows) =>
    Float32Array.from({ length: rows.length * pixels }, (_, i) => rows[Math.floor(i / pixels)] * 100 + (i % pixels)),
}
const scaled = (values: (row: number, i: number) => number, more: Partial<Dataset> = {}): Dataset => ({
  ...images,
  ...more,
  read: async (rows) =>
    Float32Array.from({ length: rows.length * pixels }, (_, i) => values(rows[Math.floor(i / pixels)], i % pixels)),
})

interface Step {
  op: string
  attributes?: Record<string, Attribute>
  inputs?: string[]
}
interface Model {
  input?: Partial<ValueDefinition> | null
  steps?: Step[]
  outputs?: ValueDefinition[]
  initializers?: InitializerDefinition[]
}
let count = 0
/** A chain of operators from `x` to `y`. */
async function modelFile({
  input = {},
  steps = [],
  outputs = [{ name: 'y' }],
  initializers = [],
}: Model): Promise<string> {
  const path = join(folder, `${count++}.onnx`)
  const chain = steps.length > 0 ? steps : [{ op: 'Identity' }]
  const nodes = chain.map(({ op, attributes, inputs = [] }, i) => ({
    op,
    attributes: attributes ?? {},
    inputs: [i === 0 ? 'x' : `v${i}`, ...inputs],
    outputs: [i === chain.length - 1 ? 'y' : `v${i + 1}`],
  }))
  const x: ValueDefinition = { name: 'x', type: 'float32', shape: ['n', 3, 2, 3], ...input }
  await writeFile(path, encodeModel({ inputs: [x], outputs, nodes, initializers }))
  return path
}
const doubled: Step = { op: 'Mul', inputs: ['two'] }
const two: InitializerDefinition = { name: 'two', type: 'float32', shape: [], data: Float32Array.of(2) }
const flat: Step = { op: 'Flatten', attributes: { axis: 1 } }
const cast = (to: number): Step => ({ op: 'Cast', attributes: { to } })
const reshape = (...shape: number[]): Pick<Model, 'steps' | 'initializers'> => ({
  steps: [{ op: 'Reshape', inputs: ['shape'] }],
  initializers: [{ name: 'shape', type: 'int64', shape: [shape.length], data: BigInt64Array.from(shape.map(BigInt)) }],
})
const nhwc = { shape: ['n', 2, 3, 3] }

const features = async (model: string, options: Partial<OnnxFeatureOptions> = {}, dataset = images) =>
  onnxFeatures(dataset, { model, cache: false, ...options })
const row = async (dataset: Dataset, at: number) => [...(await dataset.read([at]))]
const counting = Array.from({ length: pixels }, (_, i) => i)

describe('inputs', () => {
  it('are normalised, with channels first or last as the shape of the model tells', async () => {
    const first = await modelFile({ steps: [doubled], initializers: [two] })
    const options = { mean: [1, 1, 1], std: [2, 2, 4], batchSize: 2 }
    const averaged = await features(first, { ...options, tokens: 'mean' })
    expect([averaged.sampleShape, averaged.size, averaged.labels]).toEqual([[3], size, images.labels])
    // Channel c of image r has mean 100 r + 7.5 + c, which the model doubles after (x − 1)/std.
    checkClose(await averaged.read([4, 0]), [406.5, 407.5, 204.25, 6.5, 7.5, 4.25], 1e-6, 'features')
    const last = await modelFile({ input: nhwc, steps: [doubled], initializers: [two] })
    const other = await features(last, { ...options, tokens: 'mean' })
    checkClose(await other.read([4, 0]), [406.5, 407.5, 204.25, 6.5, 7.5, 4.25], 1e-6, 'features of nhwc')
    expect(await row(await features(await modelFile({ input: nhwc, steps: [flat] })), 1)).toEqual(
      counting.map((i) => 100 + i),
    )
    // Channels first where both would fit.
    const open = await modelFile({ input: { shape: ['', '', '', ''] }, steps: [flat] })
    expect((await row(await features(open), 0)).slice(0, 6)).toEqual([0, 3, 6, 9, 12, 15])
    expect((await row(await features(open, { layout: 'nhwc' }), 0)).slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it.each([
    [
      [3, 3, 224, 224],
      /takes \[3, 3, 224, 224\]; the images are 2 × 3 with 3 channels, \[n, 3, 2, 3\] or \[n, 2, 3, 3\]; load them with size \[224, 224\]/,
    ],
    [['n', 224, 192, 3], /takes \[n, 224, 192, 3\]; .*; load them with size \[224, 192\]/],
    [['n', 1, 2, 5], /takes \[n, 1, 2, 5\]; the images are 2 × 3 with 3 channels, .*\[n, 2, 3, 3\]\.$/],
    [['n', 4, 'h', 'w'], /takes \[n, 4, h, w\]; the images/],
    [['n', 18], /takes \[n, 18\]; expected images, \[n, c, h, w\]/],
    [['', 3, 2, 3, 1], /takes \[\?, 3, 2, 3, 1\]; expected images/],
    [[0, 3, 2, 3], /takes 0 images at once/],
    [[2 ** 26, 3, 2, 3], /takes 67108864 images at once/],
  ])('of shape %j are refused', async (shape, message) => {
    const model = await modelFile({ input: { shape } })
    await expect(features(model)).rejects.toThrow(message)
    await expect(features(model)).rejects.toThrow(DataError)
  })

  it('of a layout that was asked for but is not the model’s are refused', async () => {
    const model = await modelFile({ steps: [flat] })
    await expect(features(model, { layout: 'nhwc' })).rejects.toThrow(
      /takes \[n, 3, 2, 3\]; the images .*, \[n, 2, 3, 3\]/,
    )
    const grey = scaled(() => 0, { sampleShape: [6, 3, 1] })
    await expect(features(model, {}, grey)).rejects.toThrow(/6 × 3 with 1 channel, \[n, 1, 6, 3\] or \[n, 6, 3, 1\]/)
  })

  it('are of the type that the model takes', async () => {
    const small = scaled((at, i) => at + i / 4)
    const expected = [0, 0.75, 1.5, 2.25, 3, 3.75]
    const double = await modelFile({ input: { type: 'float64' }, steps: [cast(1), flat] })
    expect((await row(await features(double, {}, small), 0)).slice(0, 6)).toEqual(expected)
    const half = await features(fixture('float16.onnx'), {}, small)
    expect((await row(half, 0)).slice(0, 6)).toEqual(expected.map((value) => value + 1))
    await expect(
      features(
        fixture('float16.onnx'),
        {},
        scaled((at) => at * 30_000),
      ),
    ).rejects.toThrow(/takes float16, which cannot hold 90000, a value of image 3/)
    const bytes = await modelFile({ input: { type: 'uint8', ...nhwc }, steps: [cast(1), flat] })
    const image = { height: 2, width: 3, channels: 3, range: [0, 1] } as const
    // Pixels of byte values, scaled as the readers do.
    const pictures = scaled((at, i) => (at * 50 + i) / 255, { image })
    expect(await row(await features(bytes, {}, pictures), 2)).toEqual(counting.map((i) => 100 + i))
    expect(
      await row(
        await features(
          bytes,
          {},
          scaled((at, i) => at * 50 + i),
        ),
        3,
      ),
    ).toEqual(counting.map((i) => 150 + i))
    await expect(features(bytes, {}, images)).rejects.toThrow(/takes uint8, which cannot hold 300, a value of image 3/)
    // Without a range nobody knows what a share is of.
    await expect(features(bytes, {}, { ...pictures, image: undefined })).rejects.toThrow(
      /cannot hold 0.0039.* of image 0/,
    )
    await expect(features(bytes, { mean: [0, 0, 0] }, pictures)).rejects.toThrow(/the model takes bytes 0 … 255/)
    const integers = await modelFile({ input: { type: 'int64' }, steps: [flat] })
    await expect(features(integers)).rejects.toThrow(
      /takes int64 \(input 'x'\); images are given as float32, float64, float16, uint8/,
    )
  })

  it('must be one', async () => {
    const path = join(folder, 'two.onnx')
    const shape = ['n', 3, 2, 3]
    const inputs = ['pixel_values', 'mask'].map((name) => ({ name, type: 'float32', shape }) as const)
    const nodes = [{ op: 'Add', inputs: ['pixel_values', 'mask'], outputs: ['y'] }]
    await writeFile(path, encodeModel({ inputs, outputs: [{ name: 'y' }], nodes }))
    await expect(features(path)).rejects.toThrow(/has 2 inputs \('pixel_values', 'mask'\); expected one, of images/)
  })
})

describe('batches', () => {
  it('of a fixed size are filled up', async () => {
    for (const fixed of [1, 2, 4, 8]) {
      const model = await modelFile({ input: { shape: [fixed, 3, 2, 3] }, steps: [doubled, flat], initializers: [two] })
      const found = await features(model)
      expect([found.size, found.sampleShape]).toEqual([size, [pixels]])
      expect(await row(found, 4)).toEqual(
        await row(await features(await modelFile({ steps: [doubled, flat], initializers: [two] })), 4),
      )
      expect((await row(found, 4))[0]).toBe(800)
      expect(await found.read([3])).toEqual(await (await features(model, { batchSize: fixed })).read([3]))
      await expect(features(model, { batchSize: 3 })).rejects.toThrow(
        `batchSize: got 3; allowed: ${fixed}, which the model is made for.`,
      )
    }
  })

  it('of any size are as asked', async () => {
    const model = await modelFile({ steps: [flat] })
    const done: number[] = []
    await features(model, { batchSize: 2, onProgress: (now) => done.push(now) })
    expect(done).toEqual([2, 4, 5])
    await expect(features(model, { batchSize: 0 })).rejects.toThrow(OptionError)
  })

  it('that come back as another number of rows are refused', async () => {
    const model = await modelFile(reshape(1, -1))
    await expect(features(model)).rejects.toThrow(
      /has shape \[1, 90\] for 5 images; expected a row for each.*batchSize 1/,
    )
    expect((await features(model, { batchSize: 1 })).sampleShape).toEqual([pixels])
  })
})

describe('outputs', () => {
  // onnx.proto's numbers of element types.
  it.each([
    ['float16', 10],
    ['float64', 11],
    ['int8', 3],
    ['uint8', 2],
    ['int16', 5],
    ['uint16', 4],
    ['int32', 6],
    ['uint32', 12],
    ['int64', 7],
    ['uint64', 13],
  ])('of %s are right numbers', async (type, number) => {
    const model = await modelFile({ input: nhwc, steps: [doubled, cast(number), flat], initializers: [two] })
    const small = scaled((at, i) => at + i / (type.includes('int') ? 1 : 4))
    expect(await row(await features(model, {}, small), 3)).toEqual(
      counting.map((i) => 2 * (3 + i / (type.includes('int') ? 1 : 4))),
    )
  })

  it('of float16 1.5 are 1.5, not its bits', async () => {
    const model = await modelFile({ steps: [cast(10), flat] })
    const found = await features(
      model,
      {},
      scaled((at, i) => (i === 0 ? 1.5 : -at)),
    )
    expect((await row(found, 2)).slice(0, 2)).toEqual([1.5, -2])
  })

  it('of bool are 0 and 1', async () => {
    const model = await modelFile({ input: nhwc, steps: [cast(9), flat] })
    expect(
      await row(
        await features(
          model,
          {},
          scaled((at, i) => (i + at) % 2),
        ),
        1,
      ),
    ).toEqual(counting.map((i) => (i + 1) % 2))
  })

  it('of integers or float64 that float32 would merge stay apart', async () => {
    const model = await modelFile({
      input: nhwc,
      steps: [cast(11), { op: 'Add', inputs: ['far'] }, flat],
      initializers: [{ name: 'far', type: 'float64', shape: [], data: Float64Array.of(1_748_735_999) }],
    })
    const found = await features(
      model,
      {},
      scaled((at, i) => (i === 0 ? at : 0)),
    )
    const all = await Promise.all([0, 1, 2, 3, 4].map(async (at) => (await found.read([at]))[0]))
    expect(all.map((value) => value - all[0])).toEqual([0, 1, 2, 3, 4])
    expect(found.notices?.join()).toMatch(/float32 would make different values equal/)
    const beyond = await modelFile({
      steps: [cast(7), { op: 'Add', inputs: ['far'] }, flat],
      initializers: [{ name: 'far', type: 'int64', shape: [], data: BigInt64Array.of(2n ** 53n) }],
    })
    await expect(
      features(
        beyond,
        {},
        scaled((at, i) => (i === 0 && at === 3 ? 1 : 0)),
      ),
    ).rejects.toThrow(/'y' of the model .* holds 9007199254740993, which no float64 does, for image 3/)
  })

  it.each([
    ['bfloat16', 16],
    ['string', 8],
    ['int4', 22],
    ['float8e4m3fn', 17],
  ])('of %s are refused before the model runs', async (type, number) => {
    const model = await modelFile({ steps: [flat, cast(number)] })
    await expect(features(model)).rejects.toThrow(
      new RegExp(`Output 'y' .* is ${type}; readable are float32, .*cast it to float32`),
    )
    await expect(features(model)).rejects.toThrow(DataError)
  })

  it('that are larger than memory are refused before the model runs', async () => {
    const shape = { name: 'shape', type: 'int64', shape: [2], data: BigInt64Array.of(5n, 2n ** 40n) } as const
    const model = await modelFile({
      steps: [
        { op: 'ReduceMax', attributes: { keepdims: 0 } },
        { op: 'Expand', inputs: ['shape'] },
      ],
      initializers: [shape],
    })
    await expect(features(model)).rejects.toThrow(/has shape \[5, 1099511627776\], which cannot be/)
  })

  it('that are no tensors are refused', async () => {
    const model = await modelFile({ steps: [{ op: 'SequenceConstruct' }] })
    await expect(features(model)).rejects.toThrow(/Output 'y' .* is no tensor/)
  })

  it('are the one that is named, if there are several', async () => {
    const path = join(folder, 'outputs.onnx')
    const nodes = [
      { op: 'Flatten', attributes: { axis: 1 }, inputs: ['x'], outputs: ['last_hidden_state'] },
      { op: 'Neg', inputs: ['last_hidden_state'], outputs: ['pooled'] },
    ]
    const x = { name: 'x', type: 'float32', shape: ['n', 2, 3, 3] } as const
    await writeFile(
      path,
      encodeModel({ inputs: [x], outputs: [{ name: 'last_hidden_state' }, { name: 'pooled' }], nodes }),
    )
    await expect(features(path)).rejects.toThrow(
      /output: got undefined; allowed: one of the model's: 'last_hidden_state', 'pooled'/,
    )
    expect((await row(await features(path, { output: 'pooled' }), 1))[1]).toBe(-101)
    await expect(features(path, { output: 'y' })).rejects.toThrow(
      /output: got 'y'; allowed: 'last_hidden_state', 'pooled'/,
    )
  })

  it('with a vector for each token need a choice', async () => {
    const model = await modelFile({ input: nhwc, ...reshape(-1, 6, 3) })
    await expect(features(model)).rejects.toThrow(
      /tokens: got undefined; allowed: first or mean: the output is \[(5|n|\?), 6, 3\], a vector for each token/,
    )
    expect(await row(await features(model, { tokens: 'first' }), 1)).toEqual([100, 101, 102])
    checkClose(
      await (await features(model, { tokens: 'mean' })).read([1]),
      [107.5, 108.5, 109.5],
      1e-6,
      'mean of tokens',
    )
    // One token needs none.
    expect(await row(await features(await modelFile({ input: nhwc, ...reshape(-1, 1, 18) })), 1)).toEqual(
      counting.map((i) => 100 + i),
    )
  })

  it('with a vector for each place need a choice', async () => {
    const model = await modelFile({})
    await expect(features(model)).rejects.toThrow(
      /tokens: got undefined; allowed: mean: the output is .*3, 2, 3\], a map/,
    )
    await expect(features(model, { tokens: 'first' })).rejects.toThrow(/tokens: got 'first'; allowed: mean/)
    expect(await row(await features(model, { tokens: 'mean' }), 1)).toEqual([107.5, 108.5, 109.5])
    expect(await row(await features(await modelFile({ input: nhwc }), { tokens: 'mean' }), 1)).toEqual([
      107.5, 108.5, 109.5,
    ])
    for (const shape of [
      [-1, 18, 1, 1],
      [-1, 1, 1, 18],
    ])
      expect(await row(await features(await modelFile({ input: nhwc, ...reshape(...shape) })), 1)).toEqual(
        counting.map((i) => 100 + i),
      )
  })

  it.each([
    [[-1], /shape \[.*\]; expected \[n, d\]/],
    [[-1, 3, 2, 3, 1], /3, 2, 3, 1\]; expected \[n, d\]/],
  ])('of shape %j are refused', async (shape, message) => {
    await expect(features(await modelFile(reshape(...shape)))).rejects.toThrow(message)
  })

  it('that are not finite are refused with their row', async () => {
    const model = await modelFile({ input: nhwc, steps: [{ op: 'Log' }, flat] })
    await expect(
      features(
        model,
        {},
        scaled((at, i) => (at === 3 && i === 7 ? 0 : 1)),
      ),
    ).rejects.toThrow(/holds -Infinity at row 3, column 7/)
    await expect(
      features(
        model,
        { batchSize: 2 },
        scaled((at, i) => (at === 4 && i === 0 ? -1 : 1)),
      ),
    ).rejects.toThrow(/holds NaN at row 4, column 0/)
  })
})

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
      expect(await row(await features(model), 0)).toEqual(expected)
      expect(await row(await features(relative(elsewhere, model)), 0)).toEqual(expected)
    } finally {
      process.chdir(before)
    }
    await copyFile(fixture('external.onnx'), join(elsewhere, 'external.onnx'))
    await expect(features(join(elsewhere, 'external.onnx'))).rejects.toThrow(
      /external.onnx' has weights in '.*elsewhere\/external.bin', which cannot be read/,
    )
    // A cut file of weights.
    await writeFile(join(elsewhere, 'external.bin'), (await readFile(fixture('external.bin'))).subarray(0, 40))
    await expect(features(join(elsewhere, 'external.onnx'))).rejects.toThrow(DataError)
  })

  it('that are no models are refused', async () => {
    await expect(features(join(folder, 'no.onnx'))).rejects.toThrow(/Cannot read the model .*it does not exist/)
    await expect(features(folder)).rejects.toThrow(/Cannot read the model .*it is a folder/)
    const path = join(folder, 'text.onnx')
    for (const text of ['', 'no model', 'PK\x03\x04', 'version https://git-lfs.github.com/spec/v1\n']) {
      await writeFile(path, text)
      await expect(features(path)).rejects.toThrow(/text.onnx' is no ONNX model, or is cut/)
    }
    const whole = await readFile(fixture('float16.onnx'))
    await writeFile(path, whole.subarray(0, whole.length - 20))
    await expect(features(path)).rejects.toThrow(/is no ONNX model, or is cut/)
    const unknown = await modelFile({ steps: [{ op: 'NoSuchOperator' }] })
    await expect(features(unknown)).rejects.toThrow(/cannot be loaded. ONNX Runtime rejected a model: .*NoSuchOperator/)
    await expect(features(unknown)).rejects.toThrow(DataError)
  })

  it('are not read for what is wrong already', async () => {
    const model = join(folder, 'no.onnx')
    await expect(features(model, { mean: [1] })).rejects.toThrow(/mean has shape \[1\]/)
    await expect(features(model, { std: [1, 0, 1] })).rejects.toThrow(/std: got \[1,0,1\]; allowed: numbers > 0/)
    await expect(features(model, {}, { ...images, sampleShape: [18] })).rejects.toThrow(/expected images/)
    await expect(features(model, {}, { ...images, size: 0 })).rejects.toThrow(/no images/)
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
      return { found, ran: runs > before, row: await row(found, 3) }
    }
    return { cache, extract }
  }

  it('is used again, for rows of other names too, and made again after damage', async () => {
    const { cache, extract } = await kept('cache')
    const model = await modelFile({ steps: [flat] })
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
      const other = scaled((r, i) => r * 100 + i + (r === at && i === 17 ? 1 : 0))
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
    const model = await modelFile({
      input: nhwc,
      steps: [cast(11), { op: 'Div', inputs: ['three'] }, flat],
      initializers: [{ name: 'three', type: 'float64', shape: [], data: Float64Array.of(3e5) }],
    })
    // Values near 1 whose differences float32 does not see.
    const near = scaled((at, i) => (i < 2 ? 3e5 : 0) + (i === 1 ? at / 64 : 0))
    const [first, again] = [await extract(model, {}, near), await extract(model, {}, near)]
    expect([first.ran, again.ran]).toEqual([true, false])
    expect(await again.found.read([0, 1, 2, 3, 4])).toEqual(await first.found.read([0, 1, 2, 3, 4]))
    expect(again.found.notices).toEqual(first.found.notices)
  })

  it('is not kept where the folder cannot be written, which is said', async () => {
    const model = await modelFile({ steps: [flat] })
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
  const model = await modelFile({ steps: [flat] })
  return registry.create('dataset', 'onnx-features', { dataset: 'five', model, cache: false })
})
