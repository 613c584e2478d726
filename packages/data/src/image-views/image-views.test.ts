import { readFileSync } from 'node:fs'
import { type Batch, cpu, createRandom, createRegistry, initBackend, tf } from '@dc/core'
import { expectNoLeaks, testAugmentation } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { plugins } from '../views'
import { blurWeights, writeBlur, writeCrop } from './axis-map'
import {
  type Blend,
  blend,
  blendTensors,
  greyMatrices,
  hueStarts,
  mixChannels,
  normalize,
  solarize,
  turnHue,
} from './colour'
import { drawRectangle } from './crop'
import type { ImageView } from './image-view'
import { imageViews } from './image-views'
import { applyJitter, drawJitter, jitterTensors } from './jitter'
import { applyAxisMaps, fromPlanes, toPlanes } from './planes'
import { byolViews, imageNetStatistics, simclrViews, sp2otViews } from './presets'

interface Case {
  operation: string
  // biome-ignore lint/suspicious/noExplicitAny: each operation has its own parameters.
  parameters: any
  shape: [number, number, number]
  tensor: number[]
  pil: number[] | null
}
const fixture: { shape: [number, number, number]; image: number[]; cases: Case[] } = JSON.parse(
  readFileSync(new URL('./fixtures/torchvision.json', import.meta.url), 'utf8'),
)
const registry = createRegistry([plugins])
const plainView: ImageView = {
  crop: null,
  flip: 0,
  jitter: null,
  grey: 0,
  blur: null,
  solarize: null,
  normalize: null,
}

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const image = () =>
  tf.tensor4d(
    Float32Array.from(fixture.image, (byte) => byte / 255),
    [1, ...fixture.shape],
  )
const planes = () => tf.tidy(() => toPlanes(image()))

function matrix(rows: number, columns: number, write: (target: Float32Array) => void): tf.Tensor3D {
  const values = new Float32Array(rows * columns)
  write(values)
  return tf.tensor3d(values, [1, rows, columns])
}

function run({ operation, parameters: p }: Case): tf.Tensor4D {
  const [height, width] = fixture.shape
  const crop = (top: number, tall: number, left: number, wide: number, [h, w]: [number, number], flip = false) =>
    applyAxisMaps(
      image(),
      matrix(h, height, (m) => writeCrop(m, height, h, { start: top, length: tall, size: h })),
      matrix(w, width, (m) => writeCrop(m, width, w, { start: left, length: wide, size: w, flip })),
    )
  const blurMap = (side: number) => matrix(side, side, (m) => writeBlur(m, side, blurWeights(p.kernel, p.sigma)))
  switch (operation) {
    case 'crop-enlarge':
    case 'crop-shrink':
      return crop(p.top, p.height, p.left, p.width, p.size)
    case 'resize':
      return crop(0, height, 0, width, p.size)
    case 'flip':
      return crop(0, height, 0, width, [height, width], true)
    case 'brightness':
    case 'contrast':
    case 'saturation':
      return blend(planes(), blendTensors([{ operation, factor: p.factor }], 3))
    case 'hue':
      return turnHue(planes(), hueStarts([p.factor]))
    case 'grey':
      return mixChannels(planes(), greyMatrices([true], 3))
    case 'solarize':
      return solarize(planes(), tf.tensor4d([p.threshold], [1, 1, 1, 1]))
    case 'blur':
      return applyAxisMaps(image(), blurMap(height), blurMap(width))
    default:
      return normalize(planes(), p.mean, p.std)
  }
}

describe('operations against torchvision', () => {
  it.each(fixture.cases.map((c) => [`${c.operation} ${JSON.stringify(c.parameters)}`, c] as const))('%s', (_, c) => {
    tf.tidy(() => {
      const found = fromPlanes(run(c))
      expect(found.shape).toEqual([1, ...c.shape])
      const values = found.dataSync()
      const worst = (expected: number[], unit: number) =>
        expected.reduce((most, value, i) => Math.max(most, Math.abs(values[i] - value / unit)), 0)
      expect(worst(c.tensor, 1)).toBeLessThan(2e-5)
      if (!c.pil) return
      // PIL keeps hue and saturation as bytes while it turns the hue: torchvision's own two answers are up to 8/255 apart,
      // and so are ours from PIL's, for they are torchvision's on tensors.
      const { pil, tensor } = c
      const apart = Math.max(...tensor.map((value, i) => Math.abs(value - pil[i] / 255)))
      expect(worst(pil, 255)).toBeLessThan(Math.max(2 / 255, apart + 2e-5))
      expect(apart > 2 / 255).toBe(c.operation === 'hue')
    })
  })
})

describe('random resized crop', () => {
  it('has uniform area, log-uniform ratio and uniform place', () => {
    const random = createRandom(0)
    const crop = { kind: 'resized', scale: [0.2, 0.4], ratio: [0.5, 2] } as const
    const draws = Array.from({ length: 20_000 }, () => drawRectangle(1000, 1000, crop, random))
    const mean = (of: (r: (typeof draws)[0]) => number) => draws.reduce((sum, r) => sum + of(r) / draws.length, 0)
    const area = (r: (typeof draws)[0]) => (r.width * r.height) / 1e6
    const ratio = (r: (typeof draws)[0]) => Math.log2(r.width / r.height)
    const place = (r: (typeof draws)[0]) => r.left / (1000 - r.width)
    // Moments of the uniform distribution on [a, b]: mean (a + b)/2, variance (b − a)²/12; tolerances are 4 standard errors.
    for (const [of, a, b] of [
      [area, 0.2, 0.4],
      [ratio, -1, 1],
      [place, 0, 1],
    ] as const) {
      const variance = (b - a) ** 2 / 12
      const centre = mean(of)
      expect(Math.abs(centre - (a + b) / 2)).toBeLessThan(4 * Math.sqrt(variance / draws.length))
      expect(mean((r) => (of(r) - centre) ** 2) / variance).toBeCloseTo(1, 1)
    }
    for (const r of draws) expect(r.top + r.height <= 1000 && r.left + r.width <= 1000).toBe(true)
  })

  it('falls back to the largest centred rectangle when nothing fits', () => {
    const crop = { kind: 'resized', scale: [1, 1], ratio: [2, 2] } as const
    expect(drawRectangle(100, 60, crop, createRandom(0))).toEqual({ top: 35, left: 0, height: 30, width: 60 })
  })
})

describe('colour jitter', () => {
  const jitter = { brightness: 0.4, contrast: 0.4, saturation: 0.2, hue: 0.1, probability: 0.8 }

  it('draws every order equally often, with probability and ranges as told', () => {
    const random = createRandom(1)
    const draws = Array.from({ length: 12_000 }, () => drawJitter(jitter, random))
    const jittered = draws.filter(({ before, after }) => before.length + after.length === 3)
    expect(jittered.length / draws.length).toBeCloseTo(0.8, 1)
    const orders = new Map<string, number>()
    for (const { before, after } of jittered) {
      const name = [...before.map((s) => s.operation), 'hue', ...after.map((s) => s.operation)].join()
      orders.set(name, (orders.get(name) ?? 0) + 1)
    }
    expect(orders.size).toBe(24)
    // χ² with 23 degrees of freedom: 49.7 has probability 0.001.
    const expected = jittered.length / 24
    expect([...orders.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(49.7)
    const factors = jittered.flatMap((d) => [...d.before, ...d.after]).filter((s) => s.operation === 'saturation')
    expect(Math.min(...factors.map((s) => s.factor))).toBeCloseTo(0.8, 2)
    expect(Math.max(...factors.map((s) => s.factor))).toBeCloseTo(1.2, 2)
    expect(Math.max(...jittered.map((d) => Math.abs(d.hue)))).toBeCloseTo(0.1, 2)
  })

  it('applies each image its own operations in its own order', async () => {
    const steps = {
      brightness: { operation: 'brightness', factor: 1.5 },
      contrast: { operation: 'contrast', factor: 0.5 },
      saturation: { operation: 'saturation', factor: 1.8 },
    } as const
    const drawn = [
      { before: [steps.contrast, steps.brightness], hue: 0.1, after: [steps.saturation] },
      { before: [], hue: 0, after: [] },
      { before: [], hue: -0.2, after: [steps.brightness, steps.saturation, steps.contrast] },
    ]
    const all = await expectNoLeaks(() =>
      tf.tidy(() => applyJitter(tf.concat([planes(), planes(), planes()]) as tf.Tensor4D, jitterTensors(drawn, 3))),
    )
    const apply = (x: tf.Tensor4D, step: Blend) => blend(x, blendTensors([step], 3))
    const expected = tf.tidy(() =>
      tf.concat(
        drawn.map(({ before, hue, after }) =>
          after.reduce(apply, turnHue(before.reduce(apply, planes()), hueStarts([hue]))),
        ),
      ),
    )
    expect(tf.max(tf.abs(tf.sub(all, expected))).dataSync()[0]).toBeLessThan(1e-5)
    expect(tf.max(tf.abs(tf.sub(tf.slice(all, 1, 1), planes()))).dataSync()[0]).toBeLessThan(1e-5)
    tf.dispose([all, expected])
  })
})

describe('image-views', () => {
  const [height, width] = fixture.shape
  const batch: Batch = {
    rows: Int32Array.from({ length: 400 }, (_, i) => i),
    values: Float32Array.from(
      { length: 400 * fixture.image.length },
      (_, i) => fixture.image[i % fixture.image.length] / 255,
    ),
    sampleShape: fixture.shape,
  }
  const rate = (view: tf.Tensor) =>
    tf.tidy(() => {
      const moved = tf.max(tf.abs(tf.sub(view, image())).reshape([400, -1]), 1)
      return moved.greater(1e-3).cast('float32').mean().dataSync()[0]
    })

  it.each([
    ['flip', { flip: 0.5 }, 0.5],
    ['grey', { grey: 0.2 }, 0.2],
    ['solarize', { solarize: { probability: 0.3, threshold: 0.5 } }, 0.3],
    ['blur', { blur: { probability: 0.6, kernel: 3, sigma: [1, 2] } }, 0.6],
  ] satisfies [string, Partial<ImageView>, number][])('changes as many images as told: %s', (_, step, probability) => {
    const [view] = imageViews([{ ...plainView, ...step }]).apply(batch, createRandom(2))
    // 4 standard errors of a proportion among 400 images.
    expect(Math.abs(rate(view) - probability)).toBeLessThan(4 * Math.sqrt((probability * (1 - probability)) / 400))
    view.dispose()
  })

  it('cuts shifted crops out of the resized image, everywhere', () => {
    const view: ImageView = { ...plainView, size: [6, 6], crop: { kind: 'shifted', resize: 9 } }
    const [cut] = imageViews([view]).apply(batch, createRandom(3))
    const whole = image().dataSync()
    const first = cut.dataSync().slice(0, 6 * 6 * 3)
    const places: string[] = []
    for (let top = 0; top <= height - 6; top++)
      for (let left = 0; left <= width - 6; left++) {
        const same = Array.from({ length: 6 * 6 * 3 }, (_, i) => {
          const [y, x, c] = [Math.floor(i / 18), Math.floor(i / 3) % 6, i % 3]
          return Math.abs(first[i] - whole[((top + y) * width + left + x) * 3 + c]) < 1e-6
        })
        if (same.every(Boolean)) places.push(`${top},${left}`)
      }
    expect(places).toHaveLength(1)
    expect(cut.shape).toEqual([400, 6, 6, 3])
    cut.dispose()
  })

  it('is the published recipes', () => {
    const [a, b] = byolViews({ size: [32, 32] })
    expect([a.solarize, b.solarize?.probability, a.grey, a.flip, a.blur]).toEqual([null, 0.2, 0.2, 0.5, null])
    expect(a.jitter).toEqual({ brightness: 0.4, contrast: 0.4, saturation: 0.2, hue: 0.1, probability: 0.8 })
    expect(simclrViews()[1].jitter).toEqual({
      brightness: 0.8,
      contrast: 0.8,
      saturation: 0.8,
      hue: 0.2,
      probability: 0.8,
    })
    expect(sp2otViews()[0]).toMatchObject({
      size: [224, 224],
      crop: { kind: 'shifted', resize: 256 },
      flip: 0.5,
      grey: 0,
    })
  })

  it('says what does not fit', () => {
    const apply = (view: Partial<ImageView>, sampleShape: number[] = [...fixture.shape]) =>
      imageViews([{ ...plainView, ...view }]).apply({ ...batch, sampleShape }, createRandom(0))
    expect(() => apply({}, [324])).toThrow(/batch.sampleShape has shape \[324\]; expected images/)
    expect(() => apply({ blur: { probability: 1, kernel: 4, sigma: [1, 1] } })).toThrow(
      /blur.kernel: got 4; allowed: an odd/,
    )
    expect(() => apply({ normalize: { mean: [0.5], std: [0.5] } })).toThrow(/normalize.mean and .std has shape \[1\]/)
    expect(() => apply({ size: [12, 12], crop: { kind: 'shifted', resize: 10 } })).toThrow(
      /crop.resize: got 10; allowed: at least 12/,
    )
    const views = (...given: object[]) => imageViews(given as unknown as ImageView[])
    expect(() => views()).toThrow('imageViews.views: got []')
    expect(() => views({ ...plainView, flip: Number.NaN })).toThrow('imageViews.views.0.flip: got NaN')
    expect(() => views(plainView, { ...plainView, crop: { kind: 'centre' } })).toThrow('imageViews.views.1.crop.kind')
    expect(() => views({ ...plainView, normalize: { mean: [0], std: [0] } })).toThrow('normalize.std.0: got 0')
    expect(() => imageViews(byolViews({ size: [0, 3] }))).toThrow('imageViews.views.0.size')
    expect(() => views({ ...plainView, rotate: 3 })).toThrow('imageViews.views.0.rotate: got 3; allowed: options size')
    expect(() => registry.create('augmentation', 'image-views', { views: [{ flip: 2 }] })).toThrow(
      /views.0.flip: got 2/,
    )
  })

  it.each([
    ['simclr', simclrViews({ normalize: imageNetStatistics })],
    ['byol', byolViews({ size: [9, 12] })],
    ['sp2ot', sp2otViews({ size: [24, 24] })],
    ['blurred', [{ ...plainView, size: [9, 12], blur: { probability: 0.7, kernel: 5, sigma: [0.5, 2] } } as ImageView]],
    ['shifted', [{ ...plainView, crop: { kind: 'shifted', resize: 24 }, size: [12, 16], flip: 0.5 } as ImageView]],
  ] as const)('makes the views of %s where the images lie', async (_, views) => {
    const { apply, resident } = imageViews(views)
    const rows = Int32Array.of(3, 0, 7, 3)
    const all = tf.tensor4d(batch.values.slice(0, 8 * fixture.image.length), [8, ...fixture.shape])
    const scaled = tf.tidy(() => all.mul(tf.linspace(0.3, 1, 8).reshape([8, 1, 1, 1])) as tf.Tensor4D)
    const values = tf.tidy(() => scaled.gather(tf.tensor1d(rows, 'int32')).dataSync() as Float32Array)
    const own = { rows, values, sampleShape: fixture.shape }
    const here = apply(own, createRandom(5))
    const made = await expectNoLeaks(() =>
      tf.tidy(() => resident!.make(resident!.hold(scaled, createRandom(1)), resident!.draw(own, createRandom(5)))),
    )
    const apart = made.map((view, at) => tf.tidy(() => view.sub(here[at]).abs().max().dataSync()[0]))
    expect(Math.max(...apart)).toBeLessThan(1e-4)
    expect(made).toHaveLength(views.length)
    tf.dispose([here, made, all, scaled])
  })
})

for (const [name, options] of [
  ['simclr', {}],
  ['byol', { size: 6, normalize: { mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] } }],
  ['sp2ot', { size: 8 }],
] as const)
  testAugmentation({ describe, it }, name, () => registry.make('augmentation', name, options), [8, 10, 3])
testAugmentation(
  { describe, it },
  'image-views of one channel',
  () => registry.create('augmentation', 'image-views', { views: [{ jitter: {}, grey: 0.5, blur: { kernel: 3 } }] }),
  [8, 8, 1],
)
