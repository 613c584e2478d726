import { type Augmentation, cpu, createRandom, initBackend, type Random, tf } from '@dc/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { featureNoise, imageAffine } from '../views'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const sampleShape = [7, 6, 2]
const size = 84
const all = createRandom(0).uniforms(10 * size)
const rows = Int32Array.of(9, 0, 4, 4, 2)
const batch = {
  ...{ rows, sampleShape },
  values: Float32Array.from([...rows].flatMap((row) => [...all.subarray(row * size, (row + 1) * size)])),
}

/** Views of the batch, made of the whole data set; `more` draws them again and again. */
function residentViews(augmentation: Augmentation, random: Random, more = 1): Float32Array[] {
  const { resident } = augmentation
  return tf.tidy(() => {
    const held = resident!.hold(tf.tensor(all, [10, ...sampleShape]), createRandom(7))
    const made = Array.from({ length: more }, () => resident!.make(held, resident!.draw(batch, random)))
    return made.flat().map((view) => view.dataSync() as Float32Array)
  })
}

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, at) => Math.abs(value - b[at])).reduce((most, d) => Math.max(most, d), 0)

describe('views made where the data set lies', () => {
  it('are those of image-affine but for its noise', () => {
    const still = { rotation: 40, scale: 0.3, shear: 0.3, shift: 0.3, contrast: 0.4, noise: 0, views: 2 }
    const here = tf.tidy(() =>
      imageAffine(still)
        .apply(batch, createRandom(3))
        .map((view) => view.dataSync() as Float32Array),
    )
    const there = residentViews(imageAffine(still), createRandom(3))
    expect(there).toHaveLength(2)
    for (const [at, view] of there.entries()) expect(furthest(view, here[at])).toBeLessThan(1e-5)
    expect(furthest(there[0], there[1])).toBeGreaterThan(0.1)
  })

  it.each([
    ['feature-noise', featureNoise({ deviation: 0.3, mask: 0, views: 2 })],
    ['image-affine', imageAffine({ rotation: 0, scale: 0, shear: 0, shift: 0, contrast: 0, noise: 0.3, views: 2 })],
  ])('have the normal noise of %s, another in each row, view and step', (_, augmentation) => {
    const views = residentViews(augmentation, createRandom(4), 20)
    const noise = views.map((view) => view.map((value, at) => (value - batch.values[at]) / 0.3))
    const flat = noise.flatMap((n) => [...n])
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    // 40 views of 420 entries: the standard error of the mean is .008, of the variance .011, of the fourth moment .08.
    expect(Math.abs(mean(flat))).toBeLessThan(0.04)
    expect(Math.abs(mean(flat.map((x) => x * x)) - 1)).toBeLessThan(0.05)
    expect(Math.abs(mean(flat.map((x) => x ** 4)) - 3)).toBeLessThan(0.4)
    const ofRow = noise.flatMap((n) => [0, 1, 2, 3, 4].map((row) => n.slice(row * size, (row + 1) * size)))
    const together = (a: Float32Array, b: Float32Array) => Math.abs(mean(Array.from(a, (x, at) => x * b[at])))
    expect(together(ofRow[0], ofRow[1])).toBeLessThan(0.6)
    expect(new Set(ofRow.map((row) => row.join())).size).toBe(200)
  })

  it('have the mask of feature-noise: each entry apart', () => {
    const augmentation = featureNoise({ deviation: 0, mask: 0.2, views: 1 })
    const views = residentViews(augmentation, createRandom(5), 50)
    const gone = views.map((view) => Array.from(view, (value, at) => Number(value === 0 && batch.values[at] !== 0)))
    const rate = gone.flat().reduce((sum, x) => sum + x, 0) / gone.flat().length
    // 21,000 entries: the standard error is .003.
    expect(Math.abs(rate - 0.2)).toBeLessThan(0.012)
    for (const [at, view] of views.entries())
      for (const [i, value] of view.entries()) if (!gone[at][i]) expect(value).toBe(batch.values[i])
    expect(new Set(gone.map((mask) => mask.join())).size).toBe(50)
  })

  it('and those of the host are refused where options cannot be', () => {
    const noise = { deviation: 0.1, mask: 0.1, views: 2 }
    expect(() => featureNoise({ ...noise, deviation: -1 })).toThrow('featureNoise.deviation: got -1')
    expect(() => featureNoise({ ...noise, mask: 2 })).toThrow('featureNoise.mask: got 2')
    expect(() => featureNoise({ ...noise, views: 1.5 })).toThrow('featureNoise.views: got 1.5')
    expect(() => featureNoise({ ...noise, deviaton: 0 } as typeof noise)).toThrow('featureNoise.deviaton')
    const affine = { rotation: 15, scale: 0.1, shear: 0.15, shift: 0.1, contrast: 0.2, noise: 0.05, views: 2 }
    expect(() => imageAffine({ ...affine, rotation: Number.NaN })).toThrow('imageAffine.rotation: got NaN')
    expect(() => imageAffine({ ...affine, views: 0 })).toThrow('imageAffine.views: got 0')
  })

  it('are the rows where nothing is drawn', () => {
    const [view] = residentViews(featureNoise({ deviation: 0, mask: 0, views: 1 }), createRandom(6))
    expect([...view]).toEqual([...batch.values])
  })
})
