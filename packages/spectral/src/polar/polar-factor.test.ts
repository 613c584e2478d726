import { createRandom, tf } from '@dc/core'
import { expectNoLeaks } from '@dc/core/testing'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { matrix } from '../matrix'
import { minimaxQuintics } from './minimax'
import { newtonSchulzParts } from './newton-schulz'
import { polarFactor } from './polar-factor'
import { polarParts } from './polar-parts'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/** `[n, d]` with singular values from 1 down to 1/condition, geometrically. */
function conditioned(n: number, d: number, condition: number, seed = 1): tf.Tensor2D {
  const random = createRandom(seed)
  const left = polarParts(matrix(random.normals(n * d), n, d)).factor
  const right = polarParts(matrix(random.normals(d * d), d, d)).factor
  const values = new Float32Array(n * d)
  for (let i = 0; i < n; i++)
    for (let e = 0; e < d; e++) {
      const scaled = left.values[i * d + e] * condition ** (-e / (d - 1))
      for (let j = 0; j < d; j++) values[i * d + j] += scaled * right.values[e * d + j]
    }
  return tf.tensor2d(values, [n, d])
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a, (x, i) => Math.abs(x - b[i])).reduce((p, q) => Math.max(p, q), 0)
}

describe('minimaxQuintics', () => {
  it.each([1, 0.5, 0.05, 1e-3, 1e-4, 1e-6])('bring [%d, 1] to 1', (lower) => {
    const quintics = minimaxQuintics(lower)
    for (let i = 0; i <= 500; i++) {
      const x = quintics.reduce((y, [a, b, c]) => y * (a + b * y * y + c * y ** 4), lower ** (1 - i / 500))
      expect(Math.abs(1 - x)).toBeLessThan(1e-7)
    }
    expect(quintics.length).toBeLessThanOrEqual(3 - Math.log(lower) / Math.log(4))
  })
})

describe('polarFactor', () => {
  it.each([
    [1, 1e-5],
    [30, 1e-5],
    [300, 5e-5],
    [1000, 1e-4],
  ])('is the float64 polar factor at condition number %d within %d', (condition, tolerance) => {
    const z = conditioned(96, 48, condition)
    const exact = polarParts(matrix(z.dataSync() as Float32Array, 96, 48)).factor
    expect(largestDifference(polarFactor(z).dataSync(), exact.values)).toBeLessThan(tolerance)
  })

  it('does not change with the scale, however large or small', () => {
    const z = conditioned(40, 10, 10)
    const unit = polarFactor(z).dataSync()
    for (const scale of [1e-20, 1e-5, 1e5, 1e20])
      expect(largestDifference(polarFactor(z.mul(scale)).dataSync(), unit)).toBeLessThan(1e-5)
  })

  it.each(['newton-schulz', 'eigendecomposition'] as const)(
    '%s: rank-deficient and zero input stay finite',
    (method) => {
      const z = tf.tidy(() => {
        const half = tf.tensor2d(createRandom(2).normals(20 * 3), [20, 3])
        return tf.concat([half, half], 1)
      })
      const q = polarFactor(z, { method })
      // The partial isometry of a matrix of rank 3: qᵀq is a projection, its trace the rank.
      const projection = tf.matMul(q, q, true, false)
      expect(largestDifference(projection.matMul(projection).dataSync(), projection.dataSync())).toBeLessThan(1e-3)
      expect(tf.matMul(q, q, true, false).mul(tf.eye(6)).sum().dataSync()[0]).toBeCloseTo(3, 3)
      const zero = polarFactor(tf.zeros([5, 2]), { method }).dataSync()
      expect([...zero]).toEqual(new Array(10).fill(0))
    },
  )

  it('passes the gradient straight through by default', () => {
    const z = conditioned(12, 4, 5)
    const weight = tf.tensor2d(createRandom(5).normals(48), [12, 4])
    const gradient = tf.grad((x) =>
      polarFactor(x as tf.Tensor2D)
        .mul(weight)
        .sum(),
    )(z)
    expect(gradient.dataSync()).toEqual(weight.dataSync())
  })

  it.each(['newton-schulz', 'eigendecomposition'] as const)(
    '%s: the true gradient is that of finite differences',
    (method) => {
      const [n, d, h] = [7, 3, 1e-5]
      const values = Float64Array.from(createRandom(8).normals(n * d))
      const weight = createRandom(9).normals(n * d)
      const objective = (z: Float64Array) =>
        weight.reduce((sum, w, i) => sum + w * polarParts(matrix(z, n, d)).factor.values[i], 0)
      const expected = values.map((_, at) => {
        const [up, down] = [values.slice(), values.slice()]
        up[at] += h
        down[at] -= h
        return (objective(up) - objective(down)) / (2 * h)
      })
      const upstream = tf.tensor2d(weight, [n, d])
      const found = tf.grad((x) =>
        polarFactor(x as tf.Tensor2D, { method, gradient: 'true' })
          .mul(upstream)
          .sum(),
      )(tf.tensor2d(Float32Array.from(values), [n, d]))
      expect(largestDifference(found.dataSync(), expected)).toBeLessThan(2e-4)
    },
  )

  it.each(['newton-schulz', 'eigendecomposition'] as const)('%s: leaves no tensors behind', async (method) => {
    const z = conditioned(8, 4, 5)
    await expectNoLeaks(() => polarFactor(z, { method }))
    for (const gradient of ['straight-through', 'true'] as const)
      await expectNoLeaks(() => tf.grad((x) => polarFactor(x as tf.Tensor2D, { method, gradient }).sum())(z))
  })

  it('says what is wrong with its input', () => {
    expect(() => polarFactor(tf.zeros([3, 4]))).toThrow('z has shape [3, 4]; expected [n, d] with n ≥ d ≥ 1')
    expect(() => polarFactor(tf.zeros([4, 3]), { conditionNumber: 0 })).toThrow('conditionNumber: got 0')
    for (const conditionNumber of [1e30, Number.POSITIVE_INFINITY, Number.NaN]) {
      const told = `conditionNumber: got ${conditionNumber}; allowed: a number from 1 to`
      expect(() => polarFactor(tf.zeros([4, 3]), { conditionNumber })).toThrow(told)
      expect(() => newtonSchulzParts(tf.zeros([4, 3]), conditionNumber)).toThrow(told)
    }
    const factor = polarFactor(tf.ones([4, 1]), { conditionNumber: 1e12 })
    for (const value of factor.dataSync()) expect(value).toBeCloseTo(0.5, 5)
    expect(() => polarFactor(tf.zeros([4, 3]), { method: 'svd' as never })).toThrow("method: got 'svd'")
  })
})
