import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { activateOnnx } from '@dc/backend-onnx'
import { type Batch, createRandom, type Pipeline } from '@dc/core'
import { testPipeline, waves } from '@dc/core/testing'
import { plugins as datasets } from '@dc/data'
import { infer, train } from '@dc/trainer'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { assemble } from '../registry'

const registry = assemble([datasets])
const small = {
  k: 2,
  views: 'byol',
  projection: { name: 'projection', options: { hidden: 16, width: 8 } },
}
const make = (backbone: object, inputShape: readonly number[]) =>
  registry.make('pipeline', 'bootsc', { ...small, backbone }, { inputShape, random: createRandom(0) }) as Pipeline

beforeAll(() => activateOnnx({ threads: 1 }))

const batch = (sampleShape: readonly number[]): Batch => ({
  rows: Int32Array.from({ length: 16 }, (_, i) => i),
  values: waves(16 * sampleShape.reduce((product, side) => product * side, 1)).map((v) => (v + 1) / 2),
  sampleShape,
})
for (const [backbone, shape] of [
  [{ name: 'convnet', options: { widths: [4, 6] } }, [8, 8, 1]],
  [{ name: 'resnet-18', options: { width: 2 } }, [8, 8, 3]],
] as const)
  testPipeline({ describe, it }, `bootsc with ${backbone.name}`, () => make(backbone, shape), batch(shape))

describe('a folder of photos', () => {
  it('is clustered end to end: stripes apart from spots', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'photos-'))
    const side = 20
    for (let i = 0; i < 64; i++) {
      const kind = i % 2 ? 'spots' : 'stripes'
      await mkdir(join(folder, kind), { recursive: true })
      const shift = i % 7
      const pixels = Buffer.from(
        Array.from({ length: side * side }, (_, p) => {
          const [x, y] = [(p % side) + shift, Math.floor(p / side) + (i % 5)]
          return kind === 'spots' ? (((x >> 2) + (y >> 2)) % 2 ? 230 : 20) : (x + y) % 4 < 2 ? 200 : 60
        }),
      )
      await sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
        .jpeg()
        .toFile(join(folder, kind, `${i}.jpg`))
    }
    const options = { path: folder, size: 16, cache: join(folder, 'cache') }
    const photos = await registry.create('dataset', 'image-folder', { ...options, only: ['spots', 'stripes'] })
    const pipeline = make({ name: 'convnet', options: { widths: [8, 16] } }, photos.sampleShape)
    await train(pipeline, photos, {
      epochs: 15,
      batchSize: 32,
      dropLast: true,
      random: createRandom(1),
      optimizer: registry.create('optimizer', 'sgd', { momentum: 0.9 }),
      learningRate: registry.create('schedule', 'constant', { value: 0.02 }),
    })
    const { labels } = await infer(pipeline, photos)
    const agreeing = labels.filter((label, row) => label === photos.labels![row]).length
    expect(Math.max(agreeing, 64 - agreeing)).toBeGreaterThan(57)
    pipeline.dispose?.()
  })
})
