import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeModel } from '@dc/backend-onnx/model'
import { DataError, OptionError } from '@dc/core'
import { checkClose } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  cast,
  chainsIn,
  counting,
  doubled,
  featuresOf,
  fixture,
  flat,
  images,
  imagesOf,
  nhwc,
  pixels,
  reshaped,
  rowOf,
  size,
} from '../testing/small-models'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onnx-'))
})
const modelFile = chainsIn(() => folder)

describe('inputs', () => {
  it('are normalised, with channels first or last as the shape of the model tells', async () => {
    const first = modelFile({ ...doubled })
    const options = { mean: [1, 1, 1], std: [2, 2, 4], batchSize: 2 }
    const averaged = await featuresOf(first, { ...options, tokens: 'mean' })
    expect([averaged.sampleShape, averaged.size, averaged.labels]).toEqual([[3], size, images.labels])
    // Channel c of image r has mean 100 r + 7.5 + c, which the model doubles after (x − 1)/std.
    checkClose(await averaged.read([4, 0]), [406.5, 407.5, 204.25, 6.5, 7.5, 4.25], 1e-6, 'features')
    const last = modelFile({ input: nhwc, ...doubled })
    const other = await featuresOf(last, { ...options, tokens: 'mean' })
    checkClose(await other.read([4, 0]), [406.5, 407.5, 204.25, 6.5, 7.5, 4.25], 1e-6, 'features of nhwc')
    expect(await rowOf(await featuresOf(modelFile({ input: nhwc, steps: [flat] })), 1)).toEqual(
      counting.map((i) => 100 + i),
    )
    // Channels first where both would fit.
    const open = modelFile({ input: { shape: ['', '', '', ''] }, steps: [flat] })
    expect((await rowOf(await featuresOf(open), 0)).slice(0, 6)).toEqual([0, 3, 6, 9, 12, 15])
    expect((await rowOf(await featuresOf(open, { layout: 'nhwc' }), 0)).slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5])
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
    const model = modelFile({ input: { shape } })
    await expect(featuresOf(model)).rejects.toThrow(message)
    await expect(featuresOf(model)).rejects.toThrow(DataError)
  })

  it('of a layout that was asked for but is not the model’s are refused', async () => {
    const model = modelFile({ steps: [flat] })
    await expect(featuresOf(model, { layout: 'nhwc' })).rejects.toThrow(
      /takes \[n, 3, 2, 3\]; the images .*, \[n, 2, 3, 3\]/,
    )
    const grey = imagesOf(() => 0, { sampleShape: [6, 3, 1] })
    await expect(featuresOf(model, {}, grey)).rejects.toThrow(/6 × 3 with 1 channel, \[n, 1, 6, 3\] or \[n, 6, 3, 1\]/)
  })

  it('are of the type that the model takes', async () => {
    const small = imagesOf((at, i) => at + i / 4)
    const expected = [0, 0.75, 1.5, 2.25, 3, 3.75]
    const double = modelFile({ input: { type: 'float64' }, steps: [cast(1), flat] })
    expect((await rowOf(await featuresOf(double, {}, small), 0)).slice(0, 6)).toEqual(expected)
    const half = await featuresOf(fixture('float16.onnx'), {}, small)
    expect((await rowOf(half, 0)).slice(0, 6)).toEqual(expected.map((value) => value + 1))
    await expect(
      featuresOf(
        fixture('float16.onnx'),
        {},
        imagesOf((at) => at * 30_000),
      ),
    ).rejects.toThrow(/takes float16, which cannot hold 90000, a value of image 3/)
    const bytes = modelFile({ input: { type: 'uint8', ...nhwc }, steps: [cast(1), flat] })
    const image = { height: 2, width: 3, channels: 3, range: [0, 1] } as const
    // Pixels of byte values, scaled as the readers do.
    const pictures = imagesOf((at, i) => (at * 50 + i) / 255, { image })
    expect(await rowOf(await featuresOf(bytes, {}, pictures), 2)).toEqual(counting.map((i) => 100 + i))
    expect(
      await rowOf(
        await featuresOf(
          bytes,
          {},
          imagesOf((at, i) => at * 50 + i),
        ),
        3,
      ),
    ).toEqual(counting.map((i) => 150 + i))
    await expect(featuresOf(bytes, {}, images)).rejects.toThrow(
      /takes uint8, which cannot hold 300, a value of image 3/,
    )
    // Without a range nobody knows what a share is of.
    await expect(featuresOf(bytes, {}, { ...pictures, image: undefined })).rejects.toThrow(
      /cannot hold 0.0039.* of image 0/,
    )
    await expect(featuresOf(bytes, { mean: [0, 0, 0] }, pictures)).rejects.toThrow(/the model takes bytes 0 … 255/)
    const integers = modelFile({ input: { type: 'int64' }, steps: [flat] })
    await expect(featuresOf(integers)).rejects.toThrow(
      /takes int64 \(input 'x'\); images are given as float32, float64, float16, uint8/,
    )
  })

  it('must be one', async () => {
    const path = join(folder, 'two.onnx')
    const shape = ['n', 3, 2, 3]
    const inputs = ['pixel_values', 'mask'].map((name) => ({ name, type: 'float32', shape }) as const)
    const nodes = [{ op: 'Add', inputs: ['pixel_values', 'mask'], outputs: ['y'] }]
    await writeFile(path, encodeModel({ inputs, outputs: [{ name: 'y' }], nodes }))
    await expect(featuresOf(path)).rejects.toThrow(/has 2 inputs \('pixel_values', 'mask'\); expected one, of images/)
  })
})

describe('batches', () => {
  it('of a fixed size are filled up', async () => {
    for (const fixed of [1, 2, 4, 8]) {
      const model = modelFile({ input: { shape: [fixed, 3, 2, 3] }, ...doubled, steps: [...doubled.steps!, flat] })
      const found = await featuresOf(model)
      expect([found.size, found.sampleShape]).toEqual([size, [pixels]])
      expect(await rowOf(found, 4)).toEqual(
        await rowOf(await featuresOf(modelFile({ ...doubled, steps: [...doubled.steps!, flat] })), 4),
      )
      expect((await rowOf(found, 4))[0]).toBe(800)
      expect(await found.read([3])).toEqual(await (await featuresOf(model, { batchSize: fixed })).read([3]))
      await expect(featuresOf(model, { batchSize: 3 })).rejects.toThrow(
        `batchSize: got 3; allowed: ${fixed}, which the model is made for.`,
      )
    }
  })

  it('of any size are as asked', async () => {
    const model = modelFile({ steps: [flat] })
    const done: number[] = []
    await featuresOf(model, { batchSize: 2, onProgress: (now) => done.push(now) })
    expect(done).toEqual([2, 4, 5])
    await expect(featuresOf(model, { batchSize: 0 })).rejects.toThrow(OptionError)
  })

  it('that come back as another number of rows are refused', async () => {
    const model = modelFile(reshaped(1, -1))
    await expect(featuresOf(model)).rejects.toThrow(
      /has shape \[1, 90\] for 5 images; expected a row for each.*batchSize 1/,
    )
    expect((await featuresOf(model, { batchSize: 1 })).sampleShape).toEqual([pixels])
  })
})
