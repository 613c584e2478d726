// Views that a GPU makes of a data set that lies there are those of plain JavaScript.
import { onnx, onnxWebgpu } from '@dc/backend-onnx'
import { type Augmentation, cpu, createRandom, tf, wasm, webgpu } from '@dc/core'
import { memoryDataset } from '@dc/data/rows'
import { type ImageView, simclrViews } from '@dc/data/views'
import { describe, expect, it } from 'vitest'
import { registry } from './pipeline-steps'

const sampleShape = [12, 10, 3]
const size = 360
const all = createRandom(0).uniforms(16 * size)
const dataset = memoryDataset({ name: 'noise', values: all, sampleShape })
const batch = { rows: Int32Array.of(15, 2, 2, 9), sampleShape }

const colours: ImageView = {
  ...simclrViews({ size: [8, 9] })[0],
  blur: { probability: 0.7, kernel: 5, sigma: [0.5, 2] },
  solarize: { probability: 0.5, threshold: 0.5 },
}
const augmentations: Record<string, object> = {
  neighbours: { mix: 0.5, both: true },
  'feature-noise': { deviation: 0.1 },
  'image-affine': {},
  'image-views': { views: [colours, { ...colours, crop: { kind: 'shifted', resize: 14 } }] },
}
const backends = [
  onnx.create({}, {}),
  wasm.create({}, {}),
  webgpu.create({ allowSoftware: true }, {}),
  onnxWebgpu.create({ allowSoftware: true }, {}),
]

async function views(name: string): Promise<Float32Array[]> {
  const augmentation = registry.make('augmentation', name, augmentations[name], {}) as Augmentation
  await augmentation.prepare?.(dataset)
  const { resident } = augmentation
  const made = tf.tidy(() => {
    const held = resident!.hold(tf.tensor(all, [16, ...sampleShape]), createRandom(1))
    return resident!.make(held, resident!.draw(batch, createRandom(2)))
  })
  const values = await Promise.all(made.map((view) => view.data() as Promise<Float32Array>))
  tf.dispose(made)
  return values
}

describe.each(Object.keys(augmentations))('views of %s made where the rows lie', (name) => {
  it.for(backends)('are the same on $name', { timeout: 120_000 }, async (backend, { skip }) => {
    const here = await backend.available()
    skip(!here.ok, here.ok ? '' : here.reason)
    await cpu.create({}, {}).activate()
    const expected = await views(name)
    await backend.activate()
    const found = await views(name)
    for (const [at, view] of found.entries()) {
      const furthest = view.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[at][i])), 0)
      expect(furthest, `view ${at}`).toBeLessThan(1e-3)
    }
  })
})
