import { beforeAll, describe, expect, it } from 'vitest'
import { cpu } from '../backends'
import { createRandom } from '../random'
import { expectNoLeaks } from '../testing'
import { tf } from '../tf'
import { detach } from './detach'
import { namedParts, partOf } from './named-parts'
import { normalizeRows } from './normalize-rows'
import { squaredDistances } from './squared-distances'

beforeAll(() => cpu.create({}, {}).activate())

const normal = (seed: number, n: number, d: number, offset = 0) =>
  tf.tensor2d(createRandom(seed).normals(n * d, offset), [n, d])

/** The definition, in float64. */
async function expected(x: tf.Tensor2D, y: tf.Tensor2D): Promise<number[]> {
  const [rows, others] = [await x.array(), await y.array()]
  return rows.flatMap((row) => others.map((other) => row.reduce((sum, v, j) => sum + (v - other[j]) ** 2, 0)))
}

describe('squaredDistances', () => {
  it('are right at an offset, and of near points in far groups', async () => {
    const near = squaredDistances(tf.tensor2d([[10000], [10001]]), tf.tensor2d([[10000.5], [10002]]))
    expect([...(await near.data())]).toEqual([0.25, 4, 0.25, 1])
    const groups = tf.tensor2d([0, 0.001, 1e4, 1e4 + 0.001], [4, 1])
    const found = await squaredDistances(groups, groups).data()
    for (const [at, value] of (await expected(groups, groups)).entries())
      expect(Math.abs(found[at] - value)).toBeLessThanOrEqual(1e-6 * value)
  })

  it.each([
    [3, 0],
    [32, 1e4],
    [33, 0],
    [33, 1e4],
    [200, 1e5],
  ])('of %i columns at an offset of %d are those of plain loops', async (d, offset) => {
    const [x, y] = [normal(1, 6, d, offset), normal(2, 5, d, offset)]
    const found = await (await expectNoLeaks(() => squaredDistances(x, y))).data()
    for (const [at, value] of (await expected(x, y)).entries())
      expect(Math.abs(found[at] - value)).toBeLessThan(1e-5 * value)
  })

  it('are never negative, and zero from a row to itself up to rounding', async () => {
    const x = normal(3, 20, 100, 500)
    const own = await squaredDistances(x, x).array()
    for (const [i, row] of own.entries()) {
      for (const value of row) expect(value).toBeGreaterThanOrEqual(0)
      expect(row[i]).toBeLessThan(1e-3)
    }
  })

  it.each([3, 60])('have the gradient of the definition in both, %i columns at an offset', async (d) => {
    const [x, y, weights] = [normal(1, 4, d, 1000), normal(2, 3, d, 1000), normal(3, 4, 3)]
    const [dx, dy] = tf.grads((a, b) =>
      squaredDistances(a as tf.Tensor2D, b as tf.Tensor2D)
        .mul(weights)
        .sum(),
    )([x, y])
    const [rows, others, w] = [await x.array(), await y.array(), await weights.array()]
    const [found, foundOther] = [await dx.data(), await dy.data()]
    for (let j = 0; j < d; j++) {
      for (let i = 0; i < 4; i++)
        expect(found[i * d + j]).toBeCloseTo(
          others.reduce((sum, other, k) => sum + 2 * w[i][k] * (rows[i][j] - other[j]), 0),
          3,
        )
      for (let k = 0; k < 3; k++)
        expect(foundOther[k * d + j]).toBeCloseTo(
          rows.reduce((sum, row, i) => sum - 2 * w[i][k] * (row[j] - others[k][j]), 0),
          3,
        )
    }
  })

  it('have the gradient of both sides where they are one tensor', async () => {
    for (const d of [2, 40]) {
      const x = normal(5, 3, d, 100)
      const weights = tf.tensor2d([0, 1, 2, 0, 0, 3, 0, 0, 0], [3, 3])
      const both = tf.grad((a) =>
        squaredDistances(a as tf.Tensor2D, a as tf.Tensor2D)
          .mul(weights)
          .sum(),
      )(x)
      const [a, b] = tf.grads((p, q) =>
        squaredDistances(p as tf.Tensor2D, q as tf.Tensor2D)
          .mul(weights)
          .sum(),
      )([x, x.clone()])
      const sum = await a.add(b).data()
      for (const [at, value] of (await both.data()).entries()) expect(value).toBeCloseTo(sum[at], 3)
    }
  })

  it('leave no tensors behind with their gradient, and name what does not fit', async () => {
    for (const d of [4, 50]) {
      const [x, y] = [normal(1, 5, d), normal(2, 3, d)]
      await expectNoLeaks(() => tf.grad((a) => squaredDistances(a as tf.Tensor2D, y).sum())(x))
    }
    expect(() => squaredDistances(normal(1, 4, 3), normal(1, 2, 4))).toThrow(
      'y has shape [2, 4]; expected [k, 3], as wide as x, which is [4, 3]',
    )
  })
})

describe('normalizeRows', () => {
  it('leaves zero rows zero, with a finite gradient', async () => {
    const x = tf.tensor2d([3, 4, 0, 0], [2, 2])
    const found = await normalizeRows(x).data()
    for (const [i, value] of [0.6, 0.8, 0, 0].entries()) expect(found[i]).toBeCloseTo(value, 6)
    const gradient = tf.grad((input) => normalizeRows(input as tf.Tensor2D).sum())(x)
    for (const value of await gradient.data()) expect(Number.isFinite(value)).toBe(true)
  })
})

describe('detach', () => {
  it('is the value of the function, with no gradient and nothing left behind', async () => {
    const x = tf.tensor1d([1, 2, 3])
    const slope = await expectNoLeaks(() =>
      tf.grad((input) =>
        tf.tidy(() =>
          detach(input, (constant) => constant.square())
            .mul(input)
            .sum(),
        ),
      )(x),
    )
    // Of c · x with c = x² held constant.
    expect([...(await slope.data())]).toEqual([1, 4, 9])
    expect([
      ...(await tf
        .grad((input) => detach(input, (constant) => constant.square()).sum())(x)
        .data()),
    ]).toEqual([0, 0, 0])
  })
})

describe('parts of a record', () => {
  it('come back under their own names, and no other part has them', () => {
    const [a, b, c] = [tf.scalar(1), tf.scalar(2), tf.scalar(3)]
    const all = { x: a, ...namedParts('head', [{ x: b, 'view 1/x': c }, {}, { x: a }]) }
    expect(Object.keys(all)).toEqual(['x', 'head 0/x', 'head 0/view 1/x', 'head 2/x'])
    expect(partOf('head', all, 0)).toEqual({ x: b, 'view 1/x': c })
    expect(partOf('head', all, 1)).toEqual({})
    expect(partOf('head', namedParts('head', Array(11).fill({ y: b })), 1)).toEqual({ y: b })
    tf.dispose([a, b, c])
  })
})
