import { cpu, createRandom, initBackend, parseOptions, tf } from '@dc/core'
import { expectNoLeaks, testLoss } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { sum } from '../reducers'
import { dscl, dsclPlugin } from './dscl'
import { dsclExact } from './exact'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const labels = Int32Array.from({ length: 14 }, (_, i) => [3, 5, 9][(i * i + (i >> 2)) % 3])
const normal = (seed: number, n = 14, d = 4) => tf.tensor2d(createRandom(seed).normals(n * d), [n, d])
const exact = (f: tf.Tensor2D) =>
  dsclExact({ values: f.dataSync<'float32'>(), rows: f.shape[0], columns: f.shape[1] }, labels)
const precisions = ['float32', 'float64'] as const

for (const precision of precisions)
  testLoss(
    { describe, it },
    `dscl ${precision}`,
    () => dsclPlugin.create(parseOptions(dsclPlugin.options, { precision }, 'loss'), {}),
    () => ({ embeddings: normal(1), labels }),
    'embeddings',
  )

/** `k − tr(Y Y⁺ F F⁺)` with the projection on F's columns by Gram–Schmidt: nothing shared with the code under test. */
function byGramSchmidt(f: number[][]): number {
  const basis: number[][] = []
  for (const column of f[0].map((_, j) => f.map((row) => row[j]))) {
    let rest = column
    for (let pass = 0; pass < 2; pass++)
      for (const b of basis) {
        const along = rest.reduce((s, x, i) => s + x * b[i], 0)
        rest = rest.map((x, i) => x - along * b[i])
      }
    const length = Math.hypot(...rest)
    if (length > 1e-9 * Math.hypot(...column)) basis.push(rest.map((x) => x / length))
  }
  const classes = [...new Set(labels)]
  return classes.reduce((loss, c) => {
    const size = labels.filter((label) => label === c).length
    const inside = basis.reduce((s, b) => s + b.reduce((t, x, i) => t + (labels[i] === c ? x : 0), 0) ** 2 / size, 0)
    return loss + 1 - inside
  }, 0)
}

describe('dscl in float64', () => {
  it('is k − tr(C F F⁺), also for dependent columns', async () => {
    const f = (await normal(2).array()) as number[][]
    const dependent = f.map(([a, b, c]) => [a, b, c, a - 2 * b])
    for (const rows of [f, dependent]) {
      const { loss, residuals } = dsclExact({ values: Float64Array.from(rows.flat()), rows: 14, columns: 4 }, labels)
      expect(loss).toBeCloseTo(byGramSchmidt(rows), 10)
      expect(residuals.length).toBe(3)
    }
  })

  it('has the gradient of finite differences', () => {
    const values = Float64Array.from(normal(3).dataSync())
    const { gradient } = dsclExact({ values, rows: 14, columns: 4 }, labels)
    for (let at = 0; at < values.length; at += 5) {
      const moved = (step: number) => {
        const copy = values.slice()
        copy[at] += step
        return dsclExact({ values: copy, rows: 14, columns: 4 }, labels).loss
      }
      expect(gradient[at]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 7)
    }
  })

  it('is zero where the columns hold the partition, and with more columns than rows', () => {
    const indicator = Float64Array.from([...labels].flatMap((label) => [3, 5, 9].map((c) => (c === label ? 2 : 0))))
    expect(dsclExact({ values: indicator, rows: 14, columns: 3 }, labels).loss).toBeCloseTo(0, 12)
    const wide = Float64Array.from(createRandom(4).normals(14 * 20))
    expect(dsclExact({ values: wide, rows: 14, columns: 20 }, labels).loss).toBeCloseTo(0, 10)
  })
})

describe('dscl on tensors', () => {
  it.each(precisions)('%s: agrees with the float64 loss and gradient', async (precision) => {
    const f = normal(5)
    const { residuals, gradient } = exact(f)
    const found = dscl({ embeddings: f, labels, precision })
    const slope = tf.grad((x) => sum({ residual: dscl({ embeddings: x as tf.Tensor2D, labels, precision }) }))(f)
    for (const [c, value] of (await found.data()).entries()) expect(value).toBeCloseTo(residuals[c], 4)
    for (const [at, value] of (await slope.data()).entries()) expect(value).toBeCloseTo(gradient[at], 4)
  })

  it.each(precisions)("%s: weighs each class's gradient by its upstream", async (precision) => {
    const f = normal(6)
    const weights = tf.tensor1d([2, 0, -1])
    const at = (x: tf.Tensor2D) => dscl({ embeddings: x, labels, precision }).mul(weights).sum()
    const slope = await tf
      .grad((x) => at(x as tf.Tensor2D))(f)
      .array()
    const direction = normal(7)
    const step = 2e-2
    const difference = at(f.add(direction.mul(step)))
      .sub(at(f.sub(direction.mul(step))))
      .div(2 * step)
    const expected = tf
      .tensor2d(slope as number[][])
      .mul(direction)
      .sum()
    expect((await difference.data())[0]).toBeCloseTo((await expected.data())[0], 2)
  })

  it.each(precisions)('%s: rank-deficient embeddings have the float64 loss and gradient', async (precision) => {
    const half = normal(8, 14, 2)
    const f = tf.concat2d([half, half, half.sum<tf.Tensor2D>(1, true)], 1)
    const { loss, gradient, rank } = exact(f)
    expect(rank).toBe(2)
    const total = (x: tf.Tensor) => sum({ residual: dscl({ embeddings: x as tf.Tensor2D, labels, precision }) })
    const slope = tf.grad(total)(f)
    expect((await total(f).data())[0]).toBeCloseTo(loss, 3)
    for (const [at, value] of (await slope.data()).entries()) expect(value).toBeCloseTo(gradient[at], 3)
    const zero = await tf
      .grad(total)(tf.zeros([14, 3]))
      .data()
    expect(zero.every((value) => value === 0)).toBe(true)
  })

  it.each(precisions)('%s: leaves no tensors behind', async (precision) => {
    const f = normal(9)
    await expectNoLeaks(() => dscl({ embeddings: f, labels, precision }))
    await expectNoLeaks(() => tf.grad((x) => sum({ r: dscl({ embeddings: x as tf.Tensor2D, labels, precision }) }))(f))
  })

  it.each(precisions)('%s: takes labels in a tensor, without residuals of absent classes', async (precision) => {
    const f = normal(5)
    const { residuals, gradient } = exact(f)
    const tensor = tf.tensor1d(labels, 'int32')
    const at = (x: tf.Tensor) => dscl({ embeddings: x as tf.Tensor2D, labels: tensor, classes: 10, precision })
    const found = await at(f).data()
    const present = [3, 5, 9]
    for (const [c, value] of found.entries())
      expect(value).toBeCloseTo(present.includes(c) ? residuals[present.indexOf(c)] : 0, 4)
    const slope = await tf
      .grad((x) => at(x).sum())(f)
      .data()
    for (const [i, value] of slope.entries()) expect(value).toBeCloseTo(gradient[i], 4)
    expect(() => dscl({ embeddings: f, labels: tensor })).toThrow('classes: got undefined')
    expect(() => dscl({ embeddings: f, labels: tensor.slice(1), classes: 10 })).toThrow('labels has shape [13]')
  })

  it('says what is wrong with its input', () => {
    expect(() => dscl({ embeddings: normal(1), labels: [0, 1] })).toThrow('labels has shape [2]; expected [14]')
    expect(() => dscl({ embeddings: normal(1, 2), labels: [0, -1] })).toThrow('labels[1] is -1')
    expect(() => dsclExact({ values: Float64Array.of(1, Number.NaN), rows: 2, columns: 1 }, [0, 1])).toThrow('row 1')
  })
})
