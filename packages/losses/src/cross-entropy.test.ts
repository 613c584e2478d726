import { cpu, createRandom, initBackend, parseOptions, tf } from '@dc/core'
import { expectNoLeaks, testLoss } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { mean, sum, weightedMean } from './reducers'
import { softCrossEntropy, softCrossEntropyPlugin } from './soft-cross-entropy'
import { swappedCrossEntropyPlugin } from './swapped-cross-entropy'

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const normal = (seed: number, n: number, k: number) => tf.tensor2d(createRandom(seed).normals(n * k), [n, k])
const soft = (seed: number, n: number, k: number) => tf.softmax(normal(seed, n, k))

const api = { describe, it }
testLoss(
  api,
  'soft-cross-entropy',
  () => softCrossEntropyPlugin.create(parseOptions(softCrossEntropyPlugin.options, {}, 'loss'), {}),
  () => ({ targets: soft(1, 5, 3), scores: normal(2, 5, 3) }),
  'scores',
)

/** The formula by plain loops. */
function byLoops(q: number[][], s: number[][], tau: number, masked: boolean): number[] {
  return q.map((row, i) => {
    const others = s[i].map((value, j) => (masked && i === j ? 0 : Math.exp(value / tau)))
    const total = others.reduce((a, b) => a + b)
    return -row.reduce((ce, weight, j) => ce + (weight === 0 ? 0 : weight * Math.log(others[j] / total)), 0)
  })
}

describe('soft cross-entropy', () => {
  it.each(['none', 'diagonal'] as const)('is the formula, mask %s, weights in the row sums', async (mask) => {
    const weights = tf.tensor2d([1, 0.2, 0.7, 0.9], [4, 1])
    const off = tf.sub(1, tf.eye(4))
    const targets = soft(1, 4, 4)
      .mul(weights)
      .mul<tf.Tensor2D>(mask === 'diagonal' ? off : 1)
    const scores = normal(2, 4, 4)
    const found = await softCrossEntropy({ targets, scores, temperature: 0.3, mask }).data()
    const expected = byLoops(await targets.array(), await scores.array(), 0.3, mask === 'diagonal')
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 4)
  })

  it.each(['none', 'diagonal'] as const)(
    'has the traced gradient for scores and temperature, mask %s',
    async (mask) => {
      const off = tf.sub(1, tf.eye(4))
      const targets = soft(1, 4, 4).mul<tf.Tensor2D>(mask === 'diagonal' ? off : 1)
      const upstream = tf.tensor1d([1, 2, -1, 0.5])
      const plain = (s: tf.Tensor, tau: tf.Tensor) => {
        const masked = mask === 'diagonal' ? s.div(tau).sub(tf.eye(4).mul(1e4)) : s.div(tau)
        return targets.mul(tf.logSoftmax(masked)).sum(1).neg().mul(upstream).sum()
      }
      const ours = (s: tf.Tensor, tau: tf.Tensor) =>
        softCrossEntropy({ targets, scores: s as tf.Tensor2D, temperature: tau as tf.Scalar, mask })
          .mul(upstream)
          .sum()
      const at = [normal(2, 4, 4), tf.scalar(0.4)]
      const expected = tf.grads(plain)(at)
      const found = tf.grads(ours)(at)
      for (const side of [0, 1]) {
        const values = await expected[side].data()
        for (const [i, value] of (await found[side].data()).entries()) expect(value).toBeCloseTo(values[i], 3)
      }
    },
  )

  it('sends no gradient to the targets, and leaks nothing', async () => {
    const [x, scores] = [normal(1, 4, 3), normal(2, 4, 3)]
    const through = await expectNoLeaks(() =>
      tf.grad((input) =>
        softCrossEntropy({ targets: tf.softmax(input as tf.Tensor2D), scores })
          .sum()
          .add(input.sum()),
      )(x),
    )
    expect([...(await through.data())]).toEqual(new Array(12).fill(1))
  })

  it('names shapes that do not fit', () => {
    expect(() => softCrossEntropy({ targets: tf.zeros([2, 3]), scores: tf.zeros([2, 4]) })).toThrow(
      /targets has shape \[2, 3\]; expected the shape of scores, \[2, 4\]/,
    )
    const square = { targets: tf.zeros<tf.Rank.R2>([2, 3]), scores: tf.zeros<tf.Rank.R2>([2, 3]) }
    expect(() => softCrossEntropy({ ...square, mask: 'diagonal' })).toThrow(/a square matrix/)
  })
})

describe('swapped cross-entropy', () => {
  const make = (options: object) =>
    swappedCrossEntropyPlugin.create(parseOptions(swappedCrossEntropyPlugin.options, options, 'loss'), {})

  it("pairs each view's scores with the other's targets", async () => {
    const targets = [soft(1, 3, 2), soft(2, 3, 2)]
    const scores = [normal(3, 3, 2), normal(4, 3, 2)]
    const elements = make({ temperature: 0.5 }).elements({ targets, scores })
    expect(Object.keys(elements)).toEqual(['0 from 1', '1 from 0'])
    const ce = async (a: number, b: number) => byLoops(await targets[b].array(), await scores[a].array(), 0.5, false)
    const expected = [...(await ce(0, 1)), ...(await ce(1, 0))].reduce((a, b) => a + b) / 6
    expect((await mean(elements).data())[0]).toBeCloseTo(expected, 5)
  })

  it('needs two views', () => {
    expect(() => make({}).elements({ targets: [soft(1, 2, 2)], scores: [soft(1, 2, 2)] })).toThrow(/at least 2/)
  })
})

describe('options of a plugin', () => {
  it('hold where an input is given as undefined', async () => {
    const [targets, scores] = [tf.softmax(tf.tensor2d([[1, 2, 0]])), tf.tensor2d([[0.3, 0.1, 0.2]])]
    const inputs = { temperature: undefined, mask: undefined }
    const soft = softCrossEntropyPlugin.create({ temperature: 0.1, mask: 'none' }, {})
    const swapped = swappedCrossEntropyPlugin.create({ temperature: 0.1, mask: 'none' }, {})
    const expected = (await softCrossEntropy({ targets, scores, temperature: 0.1 }).data())[0]
    const one = soft.elements({ targets, scores, ...inputs })
    const two = swapped.elements({ targets: [targets, targets], scores: [scores, scores], ...inputs })
    for (const found of [one.crossEntropy, two['0 from 1'], two['1 from 0']])
      expect((await found.data())[0]).toBeCloseTo(expected, 6)
  })
})

describe('reducers', () => {
  it('reduce', async () => {
    const elements = { a: tf.tensor1d([1, 3]), b: tf.tensor1d([10]) }
    const value = async (scalar: tf.Scalar) => (await scalar.data())[0]
    expect(await value(mean(elements))).toBe(6)
    expect(await value(sum(elements))).toBe(14)
    expect(await value(weightedMean(elements, { b: 0.5 }))).toBe(7)
    expect(() => weightedMean(elements, { c: 1 })).toThrow(/weights.c: got 1; allowed: elements a, b/)
    expect(() => mean({})).toThrow(/at least one named tensor/)
    expect(() => sum({ a: 3 as never })).toThrow('a: got 3; allowed: a tensor')
    await expectNoLeaks(() => [mean(elements), sum(elements), weightedMean(elements, {})])
  })
})
