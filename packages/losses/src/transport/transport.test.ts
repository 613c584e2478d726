import { cpu, createRandom, initBackend, parseOptions, squaredDistances, tf } from '@dc/core'
import { expectNoLeaks, testLoss } from '@dc/core/testing'
import { sinkhornRounds, plugins as transport } from '@dc/ot-sinkhorn/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { reconstruction, reconstructionPlugin } from '../reconstruction'
import { mean } from '../reducers'
import { transportClustering, transportClusteringPlugin } from './transport-clustering'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const normal = (seed: number, n: number, d: number) => tf.tensor2d(createRandom(seed).normals(n * d), [n, d])
const assigner = (name: 'balanced' | 'soft', options: object) => {
  const plugin = transport.find((p) => p.name === name)!
  return plugin.create(parseOptions(plugin.options, options, name) as never, {})
}
const assign = (name: 'balanced' | 'soft', options: object, costs: tf.Tensor2D) =>
  assigner(name, options).assign(costs.neg())

const api = { describe, it }
testLoss(
  api,
  'transport-clustering',
  () => transportClusteringPlugin.create({ epsilon: 0.1 }, {}),
  () => ({ costs: normal(1, 6, 3).square(), plan: tf.softmax(normal(2, 6, 3)) }),
  'costs',
)
testLoss(
  api,
  'reconstruction',
  () => reconstructionPlugin.create({}, {}),
  () => ({ x: normal(1, 5, 6).reshape([5, 2, 3]), decoded: normal(2, 5, 6) }),
  'decoded',
)

describe('reconstruction', () => {
  it('has the gradient of the plain mean of squares for both sides, whatever the weight of a row', async () => {
    const weights = tf.tensor1d([1, -2, 0, 3, 0.5])
    const [x, decoded] = [normal(1, 5, 6), normal(2, 5, 6)]
    const ours = tf.grads((a, b) =>
      reconstruction({ x: a, decoded: b as tf.Tensor2D })
        .mul(weights)
        .sum(),
    )
    const plain = tf.grads((a, b) => a.sub(b).square().mean(1).mul(weights).sum())
    const expected = plain([x, decoded])
    for (const [side, slope] of ours([x, decoded]).entries()) {
      const values = await expected[side].data()
      for (const [i, value] of (await slope.data()).entries()) expect(value).toBeCloseTo(values[i], 5)
    }
  })
})

describe('transport clustering', () => {
  const epsilon = 0.3
  const value = (costs: tf.Tensor2D, plan: tf.Tensor2D) => {
    const { transport, entropy } = transportClustering({ costs, plan }, epsilon)
    return transport.mean().add(entropy.mean()) as tf.Scalar
  }

  it('has the gradient of the unrolled iterations, and of finite differences (envelope theorem)', async () => {
    const [x, c] = [normal(3, 12, 2), normal(4, 3, 2)]
    const plan = (costs: tf.Tensor2D) => assign('balanced', { epsilon, tolerance: 1e-12 }, costs)
    const envelope = tf.grad((y) => {
      const costs = squaredDistances(y as tf.Tensor2D, c)
      return value(costs, plan(costs))
    })(x)
    const unrolled = tf.grad((y) => {
      const costs = squaredDistances(y as tf.Tensor2D, c)
      const p = sinkhornRounds(costs.neg() as tf.Tensor2D, { epsilon, rounds: 200 })
      const objective = p.mul(costs).add(p.mul(p.log().sub(Math.log(12))).mul(epsilon))
      return objective.sum().div(12)
    })(x)
    const expected = await unrolled.data()
    for (const [i, found] of (await envelope.data()).entries()) expect(found).toBeCloseTo(expected[i], 3)

    const at = (y: tf.Tensor2D) => {
      const costs = squaredDistances(y, c)
      return value(costs, plan(costs)).dataSync()[0]
    }
    const direction = normal(5, 12, 2)
    const difference = (at(x.add(direction.mul(1e-2))) - at(x.sub(direction.mul(1e-2)))) / 2e-2
    expect(envelope.mul(direction).sum().dataSync()[0]).toBeCloseTo(difference, 2)
  })

  it('without the column constraint is soft k-means: L = −ε mean log Σ_k exp(−D/ε) − ε log n', async () => {
    const costs = normal(6, 8, 3).square() as tf.Tensor2D
    const expected = costs
      .div(-epsilon)
      .logSumExp(1)
      .mean()
      .mul(-epsilon)
      .sub(epsilon * Math.log(8))
    const found = value(costs, assign('soft', { temperature: epsilon }, costs))
    expect((await found.data())[0]).toBeCloseTo((await expected.data())[0], 4)
  })

  it('with ε → 0 is balanced k-means: the best assignment in clusters of equal size', async () => {
    const costs = squaredDistances(normal(7, 6, 2), normal(8, 2, 2))
    const d = await costs.array()
    let best = Number.POSITIVE_INFINITY
    for (let subset = 0; subset < 64; subset++) {
      const first = Array.from({ length: 6 }, (_, i) => (subset >> i) & 1)
      if (first.reduce((a, b) => a + b) !== 3) continue
      best = Math.min(
        best,
        first.reduce((sum, inFirst, i) => sum + d[i][inFirst ? 0 : 1], 0),
      )
    }
    const plan = assign('balanced', { epsilon: 1e-3 }, costs)
    const found = mean({ transport: transportClustering({ costs, plan }, 1e-3).transport })
    expect((await found.data())[0]).toBeCloseTo(best / 6, 4)
    for (const p of await plan.data()) expect(Math.min(p, 1 - p)).toBeLessThan(1e-3)
  })

  it('leaves forbidden pairs empty: they cost nothing and get no gradient', async () => {
    const costs = tf.tensor2d([
      [0, Infinity],
      [1, 0],
    ])
    const plan = assign('balanced', { epsilon: 0.1 }, costs)
    await expectNoLeaks(() => transportClustering({ costs, plan }, 0.1))
    const run = (d: tf.Tensor) => {
      const { transport, entropy } = transportClustering({ costs: d as tf.Tensor2D, plan }, 0.1)
      return transport.mean().add(entropy.mean()) as tf.Scalar
    }
    expect((await run(costs).data())[0]).toBeCloseTo(-0.0693147, 6)
    const slope = await tf.grad(run)(costs).array()
    for (const [i, row] of (
      [
        [0.5, 0],
        [0, 0.5],
      ] as const
    ).entries())
      for (const [j, expected] of row.entries()) expect((slope as number[][])[i][j]).toBeCloseTo(expected, 6)
  })

  it('keeps the sizes asked for', async () => {
    const costs = normal(9, 20, 3).square() as tf.Tensor2D
    const sums = await assign('balanced', { epsilon: 0.1, sizes: [5, 3, 2] }, costs)
      .sum(0)
      .data()
    for (const [k, size] of [10, 6, 4].entries()) expect(sums[k]).toBeCloseTo(size, 4)
  })

  it('sends no gradient to the plan, and names shapes that do not fit', async () => {
    const costs = normal(1, 4, 3)
    const through = tf.grad((p) =>
      transportClustering({ costs, plan: p as tf.Tensor2D }, 1)
        .transport.sum()
        .add(p.sum()),
    )(tf.softmax(normal(2, 4, 3)))
    expect([...(await through.data())]).toEqual(new Array(12).fill(1))
    expect(() => transportClustering({ costs, plan: normal(1, 4, 2) }, 1)).toThrow(/plan has shape \[4, 2\]/)
    expect(() => reconstruction({ x: costs, decoded: normal(1, 4, 2) })).toThrow(/decoded has shape \[4, 2\]/)
  })
})
