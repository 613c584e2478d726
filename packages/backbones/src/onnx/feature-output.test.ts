import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeModel } from '@dc/backend-onnx/model'
import { DataError } from '@dc/core'
import { checkClose } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  cast,
  chainsIn,
  counting,
  doubled,
  featuresOf,
  flat,
  imagesOf,
  nhwc,
  reshaped,
  rowOf,
} from '../testing/small-models'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onnx-'))
})
const modelFile = chainsIn(() => folder)

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
    const model = modelFile({ input: nhwc, ...doubled, steps: [...doubled.steps!, cast(number), flat] })
    const small = imagesOf((at, i) => at + i / (type.includes('int') ? 1 : 4))
    expect(await rowOf(await featuresOf(model, {}, small), 3)).toEqual(
      counting.map((i) => 2 * (3 + i / (type.includes('int') ? 1 : 4))),
    )
  })

  it('of float16 1.5 are 1.5, not its bits', async () => {
    const model = modelFile({ steps: [cast(10), flat] })
    const found = await featuresOf(
      model,
      {},
      imagesOf((at, i) => (i === 0 ? 1.5 : -at)),
    )
    expect((await rowOf(found, 2)).slice(0, 2)).toEqual([1.5, -2])
  })

  it('of bool are 0 and 1', async () => {
    const model = modelFile({ input: nhwc, steps: [cast(9), flat] })
    expect(
      await rowOf(
        await featuresOf(
          model,
          {},
          imagesOf((at, i) => (i + at) % 2),
        ),
        1,
      ),
    ).toEqual(counting.map((i) => (i + 1) % 2))
  })

  it('of integers or float64 that float32 would merge stay apart', async () => {
    const model = modelFile({
      input: nhwc,
      steps: [cast(11), { op: 'Add', inputs: ['far'] }, flat],
      initializers: [{ name: 'far', type: 'float64', shape: [], data: Float64Array.of(1_748_735_999) }],
    })
    const found = await featuresOf(
      model,
      {},
      imagesOf((at, i) => (i === 0 ? at : 0)),
    )
    const all = await Promise.all([0, 1, 2, 3, 4].map(async (at) => (await found.read([at]))[0]))
    expect(all.map((value) => value - all[0])).toEqual([0, 1, 2, 3, 4])
    expect(found.notices?.join()).toMatch(/float32 would make different values equal/)
    const beyond = modelFile({
      steps: [cast(7), { op: 'Add', inputs: ['far'] }, flat],
      initializers: [{ name: 'far', type: 'int64', shape: [], data: BigInt64Array.of(2n ** 53n) }],
    })
    await expect(
      featuresOf(
        beyond,
        {},
        imagesOf((at, i) => (i === 0 && at === 3 ? 1 : 0)),
      ),
    ).rejects.toThrow(/'y' of the model .* holds 9007199254740993, which no float64 does, for image 3/)
  })

  it.each([
    ['bfloat16', 16],
    ['string', 8],
    ['int4', 22],
    ['float8e4m3fn', 17],
  ])('of %s are refused before the model runs', async (type, number) => {
    const model = modelFile({ steps: [flat, cast(number)] })
    await expect(featuresOf(model)).rejects.toThrow(
      new RegExp(`Output 'y' .* is ${type}; readable are float32, .*cast it to float32`),
    )
    await expect(featuresOf(model)).rejects.toThrow(DataError)
  })

  it('that are larger than memory are refused before the model runs', async () => {
    const shape = { name: 'shape', type: 'int64', shape: [2], data: BigInt64Array.of(5n, 2n ** 40n) } as const
    const model = modelFile({
      steps: [
        { op: 'ReduceMax', attributes: { keepdims: 0 } },
        { op: 'Expand', inputs: ['shape'] },
      ],
      initializers: [shape],
    })
    await expect(featuresOf(model)).rejects.toThrow(/has shape \[5, 1099511627776\], which cannot be/)
  })

  it('that are no tensors are refused', async () => {
    const model = modelFile({ steps: [{ op: 'SequenceConstruct' }] })
    await expect(featuresOf(model)).rejects.toThrow(/Output 'y' .* is no tensor/)
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
    await expect(featuresOf(path)).rejects.toThrow(
      /output: got undefined; allowed: one of the model's: 'last_hidden_state', 'pooled'/,
    )
    expect((await rowOf(await featuresOf(path, { output: 'pooled' }), 1))[1]).toBe(-101)
    await expect(featuresOf(path, { output: 'y' })).rejects.toThrow(
      /output: got 'y'; allowed: 'last_hidden_state', 'pooled'/,
    )
  })

  it('with a vector for each token need a choice', async () => {
    const model = modelFile({ input: nhwc, ...reshaped(-1, 6, 3) })
    await expect(featuresOf(model)).rejects.toThrow(
      /tokens: got undefined; allowed: first or mean: the output is \[(5|n|\?), 6, 3\], a vector for each token/,
    )
    expect(await rowOf(await featuresOf(model, { tokens: 'first' }), 1)).toEqual([100, 101, 102])
    checkClose(
      await (await featuresOf(model, { tokens: 'mean' })).read([1]),
      [107.5, 108.5, 109.5],
      1e-6,
      'mean of tokens',
    )
    // One token needs none.
    expect(await rowOf(await featuresOf(modelFile({ input: nhwc, ...reshaped(-1, 1, 18) })), 1)).toEqual(
      counting.map((i) => 100 + i),
    )
  })

  it('with a vector for each place need a choice', async () => {
    const model = modelFile({})
    await expect(featuresOf(model)).rejects.toThrow(
      /tokens: got undefined; allowed: mean: the output is .*3, 2, 3\], a map/,
    )
    await expect(featuresOf(model, { tokens: 'first' })).rejects.toThrow(/tokens: got 'first'; allowed: mean/)
    expect(await rowOf(await featuresOf(model, { tokens: 'mean' }), 1)).toEqual([107.5, 108.5, 109.5])
    expect(await rowOf(await featuresOf(modelFile({ input: nhwc }), { tokens: 'mean' }), 1)).toEqual([
      107.5, 108.5, 109.5,
    ])
    for (const shape of [
      [-1, 18, 1, 1],
      [-1, 1, 1, 18],
    ])
      expect(await rowOf(await featuresOf(modelFile({ input: nhwc, ...reshaped(...shape) })), 1)).toEqual(
        counting.map((i) => 100 + i),
      )
  })

  it.each([
    [[-1], /shape \[.*\]; expected \[n, d\]/],
    [[-1, 3, 2, 3, 1], /3, 2, 3, 1\]; expected \[n, d\]/],
  ])('of shape %j are refused', async (shape, message) => {
    await expect(featuresOf(modelFile(reshaped(...shape)))).rejects.toThrow(message)
  })

  it('that are not finite are refused with their row', async () => {
    const model = modelFile({ input: nhwc, steps: [{ op: 'Log' }, flat] })
    await expect(
      featuresOf(
        model,
        {},
        imagesOf((at, i) => (at === 3 && i === 7 ? 0 : 1)),
      ),
    ).rejects.toThrow(/holds -Infinity at row 3, column 7/)
    await expect(
      featuresOf(
        model,
        { batchSize: 2 },
        imagesOf((at, i) => (at === 4 && i === 0 ? -1 : 1)),
      ),
    ).rejects.toThrow(/holds NaN at row 4, column 0/)
  })
})
