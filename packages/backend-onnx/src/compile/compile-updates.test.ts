import { createRandom, tf } from '@dc/core'
import { expectNoLeaks } from '@dc/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { activateOnnx, compile } from '../index'
import { Places } from './places'

let random = createRandom(5)
beforeEach(() => {
  random = createRandom(5)
})
const matrix = (rows: number, columns: number) => tf.tensor2d(random.normals(rows * columns), [rows, columns])

beforeAll(() => activateOnnx({ threads: 1, spinning: false }))
afterAll(() => tf.removeBackend('onnx'))

const close = (found: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(found.length).toBe(expected.length)
  for (let i = 0; i < found.length; i++) expect(found[i]).toBeCloseTo(expected[i], 5)
}

describe('a compiled step with updates of weights', () => {
  /** Adam by its operators, with weight decay, on a matrix and a vector; its moments are variables or arguments and results. */
  const adam = (moments: 'variables' | 'arguments') => {
    const random = createRandom(4)
    const shapes = [[40, 30], [30]] as const
    const make = (draw: boolean) =>
      shapes.map((shape) =>
        tf.variable(
          tf.tensor(draw ? random.normals(shape[0] * (shape[1] ?? 1)) : new Float32Array(shape[0] * (shape[1] ?? 1)), [
            ...shape,
          ]),
        ),
      )
    const [weights, first, second] = [make(true), make(false), make(false)]
    const step = (x: tf.Tensor2D, rate: tf.Scalar, ...given: tf.Tensor[]) => {
      const [w, b] = weights
      const { value, grads } = tf.variableGrads(
        () =>
          x
            .matMul(w as tf.Tensor2D)
            .add(b)
            .square()
            .mean(),
        weights,
      )
      const m = moments === 'variables' ? first : given.slice(0, 2)
      const v = moments === 'variables' ? second : given.slice(2)
      const next = weights.map((weight, i) => {
        const g = grads[weight.name].add(weight.mul(0.01))
        const mean = m[i].mul(0.9).add(g)
        const square = v[i].mul(0.99).add(g.square())
        return { weight: weight.sub(mean.div(square.sqrt().add(1e-4)).mul(rate)), mean, square }
      })
      next.forEach(({ weight, mean, square }, i) => {
        weights[i].assign(weight)
        if (moments === 'arguments') return
        first[i].assign(mean)
        second[i].assign(square)
      })
      if (moments === 'variables') return { loss: value }
      return { loss: value, m0: next[0].mean, m1: next[1].mean, v0: next[0].square, v1: next[1].square }
    }
    const values = () => weights.flatMap((weight) => [...weight.dataSync()])
    return {
      weights,
      step,
      values,
      state: () => [...first, ...second],
      dispose: () => tf.dispose([weights, first, second]),
    }
  }
  const inputs = () => [matrix(8, 40), tf.scalar(0.05)] as const

  it('gives what the plain step gives, the moments as variables', async () => {
    const [plain, other] = [adam('variables'), adam('variables')]
    const compiled = compile(other.step as never) as (...given: tf.Tensor[]) => { loss: tf.Tensor }
    for (let i = 0; i < 6; i++) {
      const given = inputs()
      const expected = tf.tidy(() => plain.step(...given).loss)
      const found = i > 1 ? await expectNoLeaks(() => compiled(...given)) : compiled(...given)
      close(found.loss.dataSync(), expected.dataSync())
      tf.dispose([...given, expected, found])
    }
    close(other.values(), plain.values())
    for (const { dispose } of [plain, other]) dispose()
  })

  it('leaves arguments, clones, what was read and what is pending as they were', () => {
    const [plain, other] = [adam('arguments'), adam('arguments')]
    const compiled = compile(other.step as never) as (...given: tf.Tensor[]) => Record<string, tf.Tensor>
    const states = { plain: plain.state() as tf.Tensor[], other: other.state() as tf.Tensor[] }
    const kept: { before: number[]; clone: tf.Tensor; read: Float32Array; twice: tf.Tensor; state: tf.Tensor[] }[] = []
    for (let i = 0; i < 6; i++) {
      const given = inputs()
      const weight = other.weights[0]
      const read = weight.dataSync<'float32'>() as Float32Array
      kept.push({ before: [...read], clone: weight.clone(), read, twice: weight.mul(2), state: states.other })
      const expected = plain.step(...given, ...states.plain) as Record<string, tf.Tensor>
      const found = compiled(...given, ...states.other)
      close(found.loss.dataSync(), expected.loss.dataSync())
      states.plain = ['m0', 'm1', 'v0', 'v1'].map((name) => expected[name])
      states.other = ['m0', 'm1', 'v0', 'v1'].map((name) => found[name])
      close(found.v0.dataSync(), expected.v0.dataSync())
    }
    for (const { before, clone, read, twice } of kept) {
      close(read, before)
      close(clone.dataSync(), before)
      close(
        twice.dataSync(),
        before.map((value) => 2 * value),
      )
    }
    // Earlier moments too: each step's were kept as the next one's arguments.
    const squares = kept.slice(1).map(({ state }) => state[2].dataSync()[0])
    for (let i = 1; i < squares.length; i++) expect(squares[i]).not.toBe(squares[i - 1])
    close(other.values(), plain.values())
  })

  it('takes a variable as its own argument, and one value for two variables', () => {
    const [a, b] = [tf.variable(tf.ones([50])), tf.variable(tf.zeros([50]))]
    const compiled = compile((x: tf.Tensor) => {
      const sum = x.sum()
      const next = a.mul(0.5).add(x) as tf.Tensor1D
      a.assign(next)
      b.assign(next)
      return sum
    })
    let expected = 1
    for (let i = 0; i < 4; i++) {
      const sum = compiled(a)
      close(sum.dataSync(), [50 * expected])
      expected *= 1.5
      close(a.dataSync(), Array(50).fill(expected))
      close(b.dataSync(), Array(50).fill(expected))
    }
    const alone = compile((x: tf.Tensor) => {
      const mean = x.mean()
      a.assign(a.mul(0.5).add(x).div(3) as tf.Tensor1D)
      return mean
    })
    for (let i = 0; i < 3; i++) {
      close(alone(a).dataSync(), [expected])
      expected *= 0.5
      close(a.dataSync(), Array(50).fill(expected))
    }
    tf.dispose([a, b])
  })

  it('goes on where another step has left off', () => {
    const w = tf.variable(tf.ones([64]))
    const stepOf = (factor: number) =>
      compile((x: tf.Tensor1D) => {
        w.assign(w.mul(factor).add(x))
        return x.sum()
      })
    const [half, double] = [stepOf(0.5), stepOf(2)]
    let expected = 1
    const x = tf.ones<tf.Rank.R1>([64])
    for (let i = 0; i < 6; i++) {
      const [step, factor] = i % 3 ? [half, 0.5] : [double, 2]
      step(x).dispose()
      expected = expected * factor + 1
    }
    half.dispose()
    close(w.dataSync(), Array(64).fill(expected))
    w.assign(tf.zeros([64]))
    double(x)
    close(w.dataSync(), Array(64).fill(1))
  })

  it('computes them in the graph if there is no memory for them', () => {
    const [apart, inGraph] = [adam('variables'), adam('variables')]
    const run = (step: typeof apart.step) => {
      const compiled = compile(step as never) as (...given: tf.Tensor[]) => { loss: tf.Tensor }
      for (let i = 0; i < 3; i++) compiled(...inputs())
      return compiled as unknown as { describe(): string }
    }
    expect(run(apart.step).describe()).toContain('update 1:')
    random = createRandom(5)
    const noMemory = vi.spyOn(Places, 'of').mockReturnValueOnce(null)
    expect(run(inGraph.step).describe()).not.toContain('update 1:')
    noMemory.mockRestore()
    close(inGraph.values(), apart.values())
    for (const { dispose } of [apart, inGraph]) dispose()
  })
})
