import '@tensorflow/tfjs-backend-cpu'
import { createRandom, tf } from '@dc/core'
import { expectNoLeaks } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { balanced } from '../problems/balanced'
import { solve } from '../solvers/solve'
import { sinkhornDivergence } from './divergence'
import { type TensorTransportOptions, transport } from './transport'

const random = createRandom(4)
const epsilon = 0.3

beforeAll(async () => {
  await tf.setBackend('cpu')
})

function masses(count: number): tf.Tensor1D {
  return tf.tidy(() => {
    const m = tf.tensor1d(random.uniforms(count, 0.2, 1))
    return m.div<tf.Tensor1D>(m.sum())
  })
}

/** Value or ⟨direction, plan⟩ in float64, for finite differences. */
function exact(cost: Float64Array, rows: number, a: ArrayLike<number>, b: ArrayLike<number>, direction?: Float32Array) {
  const columns = cost.length / rows
  const result = solve(balanced({ cost, rows, columns, epsilon, rowMass: a, columnMass: b }), { tolerance: 1e-13 })
  const plan = result.plan()
  if (direction) return plan.reduce((s, p, i) => s + p * direction[i], 0)
  return plan.reduce((s, p, i) => s + p * (cost[i] + epsilon * Math.log(p)), 0)
}

function differences(cost: Float32Array, f: (cost: Float64Array) => number): number[] {
  return Array.from(cost, (_, i) => {
    const shifted = (h: number) => f(Float64Array.from(cost, (c, j) => (j === i ? c + h : c)))
    return (shifted(1e-5) - shifted(-1e-5)) / 2e-5
  })
}

describe('transport', () => {
  const [n, k] = [5, 4]
  const setting = () => ({
    cost: tf.tensor2d(random.uniforms(n * k), [n, k]),
    rowMass: masses(n),
    columnMass: masses(k),
  })

  for (const grad of ['detach', 'envelope', 'unrolled', 'implicit'] as const) {
    it(`${grad}: plan, value and gradients against float64 and finite differences`, async () => {
      const { cost, rowMass, columnMass } = setting()
      const [c, a, b] = [cost.dataSync() as Float32Array, rowMass.dataSync(), columnMass.dataSync()]
      const options: TensorTransportOptions = { epsilon, rowMass, columnMass, grad, rounds: 60 }
      const direction = random.normals(n * k)
      const { plan, value } = await expectNoLeaks(async () => {
        const found = transport(cost, options)
        return { plan: found.plan, value: found.value }
      })
      const expected = solve(
        balanced({ cost: Float64Array.from(c), rows: n, columns: k, epsilon, rowMass: a, columnMass: b }),
      ).plan()
      const foundPlan = plan.dataSync()
      for (let i = 0; i < n * k; i++) expect(foundPlan[i]).toBeCloseTo(expected[i], 5)
      expect(value.dataSync()[0]).toBeCloseTo(exact(Float64Array.from(c), n, a, b), 4)

      const ofValue = tf
        .grad((x) => transport(x, options).value.asScalar())(cost)
        .dataSync()
      const ofPlan = tf
        .grad((x) =>
          transport(x, options)
            .plan.mul(tf.tensor2d(direction, [n, k]))
            .sum()
            .add(x.sum().mul(0)),
        )(cost)
        .dataSync()
      const valueExpected = grad === 'detach' ? [] : differences(c, (x) => exact(x, n, a, b))
      const planExpected =
        grad === 'unrolled' || grad === 'implicit' ? differences(c, (x) => exact(x, n, a, b, direction)) : []
      for (let i = 0; i < n * k; i++) {
        expect(ofValue[i]).toBeCloseTo(valueExpected[i] ?? 0, 4)
        expect(ofPlan[i]).toBeCloseTo(planExpected[i] ?? 0, 3)
      }
    })
  }

  it('solves a batch as its members', () => {
    const [first, second] = [setting().cost, setting().cost]
    const both = transport(tf.stack([first, second]), { epsilon, rounds: 50 })
    const alone = transport(second, { epsilon, rounds: 50 })
    expect(both.value.shape).toEqual([2])
    expect(both.value.dataSync()[1]).toBeCloseTo(alone.value.dataSync()[0], 5)
    const plans = both.plan.dataSync().slice(n * k)
    for (const [i, p] of alone.plan.dataSync().entries()) expect(plans[i]).toBeCloseTo(p, 6)
  })

  it('moves nothing to a column without mass', () => {
    const { cost } = setting()
    const { plan } = transport(cost, { epsilon, columnMass: tf.tensor1d([0.5, 0, 0.25, 0.25]) })
    expect(Math.max(...(plan.slice([0, 1], [n, 1]).dataSync() as Float32Array))).toBeLessThan(1e-20)
    expect(plan.sum().dataSync()[0]).toBeCloseTo(1, 5)
  })

  it('names bad input', () => {
    expect(() => transport(tf.ones([3]), { epsilon })).toThrow(/cost has shape \[3\]/)
    expect(() => transport(tf.ones([3, 2]), { epsilon: -1 })).toThrow(/epsilon: got -1/)
    expect(() => transport(tf.ones([3, 2]), { epsilon, rowMass: tf.ones([2]) })).toThrow(/rowMass has shape \[2\]/)
    expect(() => transport(tf.ones([3, 2]), { epsilon, grad: 'exact' as 'implicit' })).toThrow(/grad: got 'exact'/)
  })
})

describe('sinkhornDivergence', () => {
  it('is 0 for equal clouds, positive for others, and its gradient moves one onto the other', () => {
    const x = tf.tensor2d(random.normals(16), [8, 2])
    const y = x.add(tf.tensor2d([[1, 0]])) as tf.Tensor2D
    const options = { epsilon: 2, rounds: 200 }
    expect(sinkhornDivergence(x, x, options).dataSync()[0]).toBeCloseTo(0, 5)
    // Translated by t, the debiased divergence of equal clouds is |t|² (Feydy et al. 2019).
    expect(sinkhornDivergence(x, y, options).dataSync()[0]).toBeCloseTo(1, 3)
    const gradient = tf
      .grad((p) => sinkhornDivergence(p as tf.Tensor2D, y, options))(x)
      .sum(0)
      .dataSync()
    expect(gradient[0]).toBeCloseTo(-2, 2)
    expect(gradient[1]).toBeCloseTo(0, 2)
  })

  it.each([2, 40])('is the same far from the origin, %i columns', (d) => {
    // Quarters, which float32 holds at both places.
    const quarters = (seed: number) =>
      tf
        .tensor2d(createRandom(seed).normals(6 * d), [6, d])
        .mul<tf.Tensor2D>(4)
        .round()
        .div<tf.Tensor2D>(4)
    const [x, y, options] = [quarters(1), quarters(2), { epsilon: 2, rounds: 50 }]
    const far = sinkhornDivergence(x.add(1e4), y.add(1e4), options).dataSync()[0]
    expect(far).toBeCloseTo(sinkhornDivergence(x, y, options).dataSync()[0], 3)
  })
})

describe('forbidden pairs', () => {
  const gradients = ['detach', 'envelope', 'unrolled', 'implicit'] as const
  for (const grad of gradients)
    it(`${grad}: an infinite cost gets no mass and no gradient, and the others what they get without it`, async () => {
      const cost = tf.tensor2d([
        [0, Infinity],
        [1, 0],
      ])
      const options = { epsilon: 0.1, grad }
      const { value, plan } = await expectNoLeaks(async () => transport(cost, options))
      expect(value.dataSync()[0]).toBeCloseTo(-0.0693147, 5)
      expect([...plan.dataSync()].map((p) => Number(p.toFixed(3)))).toEqual([0.5, 0, 0, 0.5])
      expect(plan.dataSync()[1]).toBe(0)
      const slopes = [
        tf
          .grad((c) => transport(c, options).value.asScalar())(cost)
          .dataSync(),
      ]
      if (grad === 'unrolled' || grad === 'implicit')
        slopes.push(
          tf
            .grad((c) => transport(c, options).plan.square().sum())(cost)
            .dataSync(),
        )
      for (const slope of slopes) {
        expect([...slope].every(Number.isFinite)).toBe(true)
        expect(slope[1]).toBe(0)
      }
      if (grad !== 'detach') expect([...slopes[0]].map((s) => Number(s.toFixed(3)))).toEqual([0.5, 0, 0, 0.5])
    })

  it('solves as float64 does, in batches, with shut columns that have no mass', async () => {
    const [n, k] = [6, 4]
    const values = Array.from(random.uniforms(2 * n * k), (u, at) => (at % 5 === 2 || at % k === 3 ? Infinity : u))
    const columnMass = [0.25, 0.35, 0.4, 0]
    const { plan, value } = transport(tf.tensor3d(values, [2, n, k]), {
      ...{ epsilon, rounds: 300, columnMass: tf.tensor1d(columnMass) },
    })
    const found = plan.dataSync()
    for (const batch of [0, 1]) {
      const cost = Float64Array.from(values.slice(batch * n * k, (batch + 1) * n * k))
      const expected = solve(balanced({ cost, rows: n, columns: k, epsilon, columnMass })).plan()
      for (let i = 0; i < n * k; i++) expect(found[batch * n * k + i]).toBeCloseTo(expected[i], 5)
    }
    expect([...value.dataSync()].every(Number.isFinite)).toBe(true)
  })

  it('refuses NaN, −∞, and rows or columns with mass and nothing but ∞', () => {
    const run = (values: number[][], options: Partial<TensorTransportOptions> = {}) =>
      transport(tf.tensor2d(values), { epsilon: 0.1, ...options })
    const [x, nan] = [Infinity, Number.NaN]
    expect(() =>
      run([
        [x, x],
        [1, 0],
      ]),
    ).toThrow(/Every pair in row 0 of cost is Infinity/)
    expect(() =>
      run([
        [1, x],
        [0, x],
      ]),
    ).toThrow(/Every pair in column 1 of cost is Infinity/)
    expect(() =>
      run([
        [1, nan],
        [0, 1],
      ]),
    ).toThrow(/cost is NaN in row 0, column 1; allowed: numbers, and Infinity/)
    expect(() =>
      run([
        [1, 0],
        [-x, 1],
      ]),
    ).toThrow(/cost is -Infinity in row 1, column 0/)
    const plan = run(
      [
        [x, x],
        [1, 0],
      ],
      { rowMass: tf.tensor1d([0, 1]) },
    ).plan.dataSync()
    expect([...plan].map((p) => Number(p.toFixed(3)))).toEqual([0, 0, 0.5, 0.5])
  })
})
