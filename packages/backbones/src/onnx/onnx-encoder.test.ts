import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testEncoder } from '@dc/core/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { onnxEncoder, plugins } from '../onnx'
import { chainsIn, flat } from '../testing/small-models'

const folder = mkdtempSync(join(tmpdir(), 'dc-onnx-encoder-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = chainsIn(() => folder)
const model = write({ steps: [flat] })
const fixed = write({ input: { shape: [2, 3, 2, 3] }, steps: [flat] })

testEncoder({ describe, it }, 'an ONNX file', () => onnxEncoder({ model }))
testEncoder({ describe, it }, 'of a fixed batch', () => onnxEncoder({ model: fixed }))

describe('an ONNX file as an encoder', () => {
  it('takes the form that its input says, and normalises', async () => {
    const encoder = await onnxEncoder({ model, mean: [0, 0.5, 0], std: [1, 0.5, 2] })
    expect(encoder.input).toEqual({ of: 'pictures', height: 2, width: 3, channels: 3, fit: 'crop' })
    expect(encoder).toMatchObject({ features: 18, mean: [0, 0.5, 0], deviation: [1, 0.5, 2] })
    const rows = Float32Array.from({ length: 36 }, (_, at) => (at % 3 === 1 ? 1 : 0.5))
    const found = await encoder.encode(rows)
    expect([...found]).toEqual([0, 1].flatMap(() => [0.5, 1, 0.25].flatMap((value) => Array(6).fill(value))))
    encoder.dispose?.()
    const any = await onnxEncoder({
      model: write({ input: { shape: ['n', 'h', 'w', 1] }, steps: [flat] }),
      size: [4, 5],
    })
    expect(any.input).toMatchObject({ height: 4, width: 5, channels: 1 })
    const nhwc = await onnxEncoder({ model: write({ input: { shape: ['n', 2, 4, 3] }, steps: [flat] }) })
    expect(nhwc.input).toMatchObject({ height: 2, width: 4, channels: 3 })
  })

  it('has a checksum of the weights and of all that is done with them', async () => {
    const sums = await Promise.all(
      [{}, {}, { mean: [0, 0, 1] }, { fit: 'pad' as const }, { threads: 1, batchSize: 5 }].map(
        async (more) => (await onnxEncoder({ model, ...more })).checksum,
      ),
    )
    expect(new Set(sums).size).toBe(3)
    expect(sums[0]).toBe(sums[4])
  })

  it('tells what cannot be', async () => {
    const encoder = (more: object) => onnxEncoder({ model, ...more })
    await expect(encoder({ model: join(folder, 'none.onnx') })).rejects.toThrow(/Cannot read the model .*none\.onnx/)
    writeFileSync(join(folder, 'text.onnx'), 'no model')
    await expect(encoder({ model: join(folder, 'text.onnx') })).rejects.toThrow(/is no ONNX model/)
    await expect(encoder({ mean: [1] })).rejects.toThrow(/mean.*3 numbers, one for each channel/)
    await expect(encoder({ std: [1, 0, 1] })).rejects.toThrow(/std.*numbers > 0/)
    await expect(encoder({ model: fixed, batchSize: 3 })).rejects.toThrow(/batchSize.*2, which the model is made for/)
    await expect(encoder({ size: [8, 8] })).rejects.toThrow(/load them with size \[2, 3\]/)
    const deep = write({ input: { shape: ['n', 4, 2, 5] }, steps: [flat] })
    await expect(encoder({ model: deep })).rejects.toThrow(/takes 4 channels; pictures have 1 or 3/)
    await expect(encoder({ model: write({}) })).rejects.toThrow(/tokens.*mean/)
  })

  it('is a plugin', async () => {
    const plugin = plugins.find(({ kind }) => kind === 'encoder')
    expect(plugin?.options.parse({ model, size: 4 })).toMatchObject({ size: [4, 4] })
  })
})
