import '@tensorflow/tfjs-backend-cpu'
import { createRandom, parseOptions, tf } from '@dc/core'
import { expectNoLeaks } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { sinkhornKnopp } from './sinkhorn-knopp'

const random = createRandom(3)
const make = (options: object) => sinkhornKnopp.create(parseOptions(sinkhornKnopp.options, options, 'options'), {})

/** The rounds of Guo et al. 2025 by plain loops in float64: columns by their sums, rows by theirs, then times n. */
function published(scores: number[][], epsilon: number, rounds: number): number[][] {
  const n = scores.length
  const k = scores[0].length
  let q = scores.map((row) => row.map((a) => Math.exp(a / epsilon)))
  const total = q.flat().reduce((s, x) => s + x, 0)
  q = q.map((row) => row.map((x) => x / total))
  for (let round = 0; round < rounds; round++) {
    const columns = q[0].map((_, j) => q.reduce((s, row) => s + row[j], 0))
    q = q.map((row) => row.map((x, j) => x / columns[j] / k))
    q = q.map((row) => {
      const sum = row.reduce((s, x) => s + x, 0)
      return row.map((x) => x / sum / n)
    })
  }
  return q.map((row) => row.map((x) => x * n))
}

function expectClose(found: number[][], expected: number[][]) {
  for (const [i, row] of expected.entries())
    for (const [j, value] of row.entries()) expect(found[i][j]).toBeCloseTo(value, 5)
}

beforeAll(async () => {
  await tf.setBackend('cpu')
})

describe('sinkhorn-knopp', () => {
  for (const domain of ['log', 'kernel'] as const) {
    it(`gives the published rounds in the ${domain} domain, without leaks`, async () => {
      const scores = tf.tensor2d(random.uniforms(12 * 5, -1, 1), [12, 5])
      const targets = await expectNoLeaks(() => make({ domain }).assign(scores))
      expectClose(await targets.array(), published(await scores.array(), 0.05, 3))
    })

    it(`masks the diagonal in the ${domain} domain`, async () => {
      const scores = tf.tensor2d(random.uniforms(64, -1, 1), [8, 8])
      const masked = (await scores.array()).map((row, i) => row.map((a, j) => (i === j ? Number.NEGATIVE_INFINITY : a)))
      const targets = await expectNoLeaks(() => make({ domain, mask: 'diagonal', rounds: 4 }).assign(scores))
      expectClose(await targets.array(), published(masked, 0.05, 4))
    })
  }

  it('balances the n − 1 closed-up columns as the reference does', async () => {
    const scores = tf.tensor2d(random.uniforms(36, -1, 1), [6, 6])
    const closed = (await scores.array()).map((row, i) => row.filter((_, j) => j !== i))
    const expected = published(closed, 0.05, 3).map((row, i) => [...row.slice(0, i), 0, ...row.slice(i)])
    const assigner = make({ mask: 'diagonal', affinityMarginals: 'reference' })
    const targets = await expectNoLeaks(() => assigner.assign(scores))
    expectClose(await targets.array(), expected)
  })

  it('lets no gradient through', async () => {
    const scores = tf.tensor2d(random.uniforms(20, -1, 1), [5, 4])
    const gradient = tf.grad((s) =>
      make({})
        .assign(s as tf.Tensor2D)
        .square()
        .sum(),
    )(scores)
    expect(Math.max(...(await gradient.abs().data()))).toBe(0)
    const kept = tf.grad((s) =>
      make({})
        .assign(s as tf.Tensor2D)
        .mul(s)
        .sum(),
    )(scores)
    expectClose((await kept.array()) as number[][], published(await scores.array(), 0.05, 3))
  })

  it('names what is wrong', () => {
    expect(() => make({ epsilon: 0 })).toThrow(/epsilon/)
    expect(() => make({ rounds: 1.5 })).toThrow(/rounds/)
    expect(() => make({ mask: 'upper' })).toThrow(/mask/)
    expect(() => make({ mask: 'diagonal' }).assign(tf.ones([3, 2]))).toThrow(/scores has shape \[3, 2\]/)
    expect(() => make({}).assign(tf.ones([0, 2]))).toThrow(/scores has shape \[0, 2\]/)
  })
})
