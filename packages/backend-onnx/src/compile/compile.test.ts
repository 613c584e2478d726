import { createRandom, onHost, tf } from '@dc/core'
import { expectNoLeaks } from '@dc/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { activateOnnx, compile, type OnnxBackend, statistics } from '../index'

let random = createRandom(5)
beforeEach(() => {
  random = createRandom(5)
})
const matrix = (rows: number, columns: number) => tf.tensor2d(random.normals(rows * columns), [rows, columns])

beforeAll(() => activateOnnx({ threads: 1, spinning: false }))
afterAll(() => tf.removeBackend('onnx'))

/** Least squares with momentum, from weights of a fixed seed. */
function training() {
  const start = createRandom(1).normals(6)
  const w = tf.tidy(() => tf.variable(tf.tensor2d(start, [3, 2])))
  const v = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R2>([3, 2])))
  let runs = 0
  const step = (x: tf.Tensor2D, y: tf.Tensor2D, rate: tf.Scalar) => {
    runs++
    const { value, grads } = tf.variableGrads(() => x.matMul(w).sub(y).square().mean(), [w])
    v.assign(v.mul(0.9).add(grads[w.name]))
    w.assign(w.sub(v.mul(rate)))
    return { loss: value }
  }
  return { w, v, step, runs: () => runs, dispose: () => tf.dispose([w, v]) }
}

const close = (found: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(found.length).toBe(expected.length)
  for (let i = 0; i < found.length; i++) expect(found[i]).toBeCloseTo(expected[i], 5)
}

describe('compile', () => {
  it('trains as the plain step does, tracing once, without leaks', async () => {
    const [plain, other] = [training(), training()]
    const compiled = compile(other.step)
    for (let i = 0; i < 7; i++) {
      const inputs = [matrix(8, 3), matrix(8, 2), tf.scalar(0.1 / (1 + i))] as const
      const expected = tf.tidy(() => plain.step(...inputs).loss)
      const { loss } = i > 0 ? await expectNoLeaks(() => compiled(...inputs)) : compiled(...inputs)
      close(loss.dataSync(), expected.dataSync())
      tf.dispose([...inputs, expected, loss])
    }
    // Once as it is, once traced.
    expect(other.runs()).toBe(2)
    close(other.w.dataSync(), plain.w.dataSync())
    compiled.dispose()
    plain.dispose()
    other.dispose()
  })

  it('compiles no further graph and holds memory flat', () => {
    const { step, dispose } = training()
    const compiled = compile(step)
    const call = (i: number) => {
      const inputs = [matrix(4, 3), matrix(4, 2), tf.scalar(0.01 * i)] as const
      tf.dispose([...inputs, compiled(...inputs)])
    }
    for (let i = 0; i < 4; i++) call(i)
    const [graphs, memory] = [statistics().compiled, (tf.backend() as OnnxBackend).memory()]
    for (let i = 0; i < 20; i++) call(i)
    expect(statistics().compiled).toBe(graphs)
    expect((tf.backend() as OnnxBackend).memory()).toEqual(memory)
    compiled.dispose()
    dispose()
  })

  it('runs several rounds in one call', () => {
    const [plain, other] = [training(), training()]
    const compiled = compile(other.step, { unroll: 3 })
    for (let call = 0; call < 3; call++) {
      const [x, y] = [tf.tensor3d(random.normals(36), [3, 4, 3]), tf.tensor3d(random.normals(24), [3, 4, 2])]
      const rates = tf.tensor1d([0.1, 0.2, 0.05])
      const expected = [0, 1, 2].map((i) =>
        tf.tidy(() => {
          const [a, b, rate] = [x, y, rates].map((tensor) => tf.unstack(tensor)[i])
          return plain.step(a as tf.Tensor2D, b as tf.Tensor2D, rate as tf.Scalar).loss.dataSync()[0]
        }),
      )
      const { flushes } = statistics()
      const { loss } = compiled(x, y, rates)
      expect(loss.shape).toEqual([3])
      close(loss.dataSync(), expected)
      if (call === 2) expect(statistics().flushes - flushes).toBe(1)
      tf.dispose([x, y, rates, loss])
    }
    close(other.w.dataSync(), plain.w.dataSync())
    expect(() => compile((x: tf.Tensor) => x, { unroll: 2 })(tf.zeros([3, 1]))).toThrow(
      /input 0.*\[3, 1\].*a first axis of 2/,
    )
    plain.dispose()
    other.dispose()
  })

  it('sees inputs and variables as they are at each call, and keeps what else it reads', () => {
    const around = matrix(2, 2)
    const values = around.dataSync().slice()
    const [a, b] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(1))]
    const compiled = compile((x: tf.Tensor, y: tf.Tensor) => {
      const results = [x.add(around).mul(a), y, a.add(b), x.sub(y)] as const
      b.assign(a as tf.Scalar)
      return results
    })
    const check = (x: tf.Tensor, y: tf.Tensor, first: number, second: number) => {
      a.assign(tf.scalar(first))
      b.assign(tf.scalar(second))
      const [sum, same, both, difference] = compiled(x, y).map((tensor) => tensor.dataSync())
      const [xs, ys] = [x.dataSync(), y.dataSync()]
      close(
        sum,
        values.map((value, i) => (value + xs[i]) * first),
      )
      close(same, ys)
      close(both, [first + second])
      close(
        difference,
        xs.map((value, i) => value - ys[i]),
      )
      expect(b.dataSync()[0]).toBe(first)
    }
    const [zeros, ones, x] = [tf.zeros([2, 2]), tf.ones([2, 2]), matrix(2, 2)]
    check(zeros, zeros, 1, 1)
    check(zeros, zeros, 1, 1)
    around.dispose()
    check(ones, x, 2, 5)
    check(x, x, -1, 0)
    check(x.mul(2), ones.add(x), 0, 3)
    compiled.dispose()
    expect(() => compiled(zeros, zeros)).toThrow('was disposed')
    tf.dispose([a, b, zeros, ones, x])
  })

  it("takes tfjs's own optimisers, whose momenta are made at the first step", () => {
    const losses = [false, true].map((compiling) => {
      const w = tf.variable(tf.tensor2d(createRandom(2).normals(6), [3, 2]))
      const optimizer = tf.train.momentum(0.1, 0.9)
      const step = (x: tf.Tensor2D) => optimizer.minimize(() => x.matMul(w).square().mean(), true, [w]) as tf.Scalar
      const run = compiling ? compile(step) : step
      const x = tf.tensor2d(createRandom(3).normals(12), [4, 3])
      return Array.from({ length: 5 }, () => run(x).dataSync()[0])
    })
    close(losses[1], losses[0])
    expect(losses[0][4]).toBeLessThan(losses[0][0])
  })

  it('says what cannot be, and leaves variables as they were', () => {
    expect(() => compile((x: tf.Tensor) => x.mul(x.dataSync()[0]))(tf.tensor1d([1, 2]))).toThrow(/reads a tensor/)
    const w = tf.variable(tf.tensor1d([1, 2]))
    let reads = false
    const late = compile((x: tf.Tensor) => {
      w.assign(w.add(1))
      return reads ? x.mul(w.sum().dataSync()[0]) : x.mul(2)
    })
    late(tf.ones([2]))
    reads = true
    expect(() => late(tf.ones([2]))).toThrow('A function cannot be compiled: it reads a tensor.')
    close(w.dataSync(), [2, 3])

    let name = 0
    const made = compile((x: tf.Tensor) => x.add(tf.variable(tf.scalar(1), true, `made ${name++}`)))
    made(tf.ones([2]))
    expect(() => made(tf.ones([2]))).toThrow("makes variables ('made 1') while it is traced")

    const double = compile((x: tf.Tensor) => x.mul(2))
    for (let i = 0; i < 2; i++) double(tf.ones([2]))
    expect(() => double(tf.ones([3]))).toThrow('input 0 (float32) has shape [3]; expected [2] of float32')
    expect(() => double(tf.ones([2], 'int32'))).toThrow('[2] of float32')
    expect(() => compile((x: tf.Tensor) => double(x))(tf.ones([2]))).toThrow('calls another compiled function')
    expect(() => compile((x: tf.Tensor) => x, { unroll: 0 })).toThrow('unroll: got 0')
    const nothing = compile((() => undefined) as unknown as () => tf.Tensor)
    nothing()
    expect(() => nothing()).toThrow('step: got undefined')
  })

  it('takes and gives numbers only', () => {
    const complex = tf.complex([1, 2], [0, 1])
    const take = compile((y: tf.Tensor) => tf.real(y), { atOnce: true })
    expect(() => take(complex)).toThrow('cannot be compiled: it takes a complex64 tensor as input 0')
    const give = compile((y: tf.Tensor) => tf.complex(y, y), { atOnce: true })
    const ones = tf.ones([2])
    expect(() => give(ones)).toThrow('cannot be compiled: it gives a complex64 tensor as result 0')
    tf.dispose([complex, ones])
  })

  describe('with the host in its middle', () => {
    /** A step whose targets the host makes from its scores, remembering how often it was asked. */
    const hosted = () => {
      const { w, dispose } = training()
      const bias = tf.variable(tf.zeros([2]), false)
      let asked = 0
      const step = (x: tf.Tensor2D) => {
        const scores = x.matMul(w) as tf.Tensor2D
        const targets = onHost<tf.Tensor2D>(scores, scores.shape, (values) => {
          asked++
          return values.map((value) => (value > 0 ? 1 : -asked))
        })
        // Its own input is the host's other answer.
        const sums = onHost<tf.Tensor1D>(targets.sum<tf.Tensor1D>(0), [2], (values) => values.map((v) => v / 10))
        const { value, grads } = tf.variableGrads(
          () => x.matMul(w).add(bias).sub(targets).square().mean<tf.Scalar>(),
          [w],
        )
        w.assign(w.sub(grads[w.name].mul(0.1)))
        bias.assign(bias.add(sums))
        return { loss: value, scores, sums }
      }
      const values = () => [...w.dataSync(), ...bias.dataSync()]
      return { step, asked: () => asked, values, dispose: () => [dispose(), bias.dispose()] }
    }

    it('asks it at every call, between graphs, as the plain step does', async () => {
      const [plain, other] = [hosted(), hosted()]
      const compiled = compile(other.step)
      for (let call = 0; call < 4; call++) {
        const x = matrix(6, 3)
        const expected = tf.tidy(() => plain.step(x))
        const { flushes } = statistics()
        const found = call < 2 ? compiled(x) : await expectNoLeaks(() => compiled(x))
        if (call > 1) expect(statistics().flushes - flushes).toBe(3)
        for (const name of ['loss', 'scores', 'sums'] as const) close(found[name].dataSync(), expected[name].dataSync())
        expect(other.asked()).toBe(call + 1)
        tf.dispose([x, expected, found])
      }
      close(other.values(), plain.values())
      compiled.dispose()
      for (const { dispose } of [plain, other]) dispose()
    })

    it('passes its error on, and goes on afterwards', () => {
      let fails = false
      const compiled = compile((x: tf.Tensor1D) =>
        onHost<tf.Tensor1D>(x.mul(2), [2], (values) => {
          if (fails) throw new RangeError('the host fails')
          return values
        }).add(1),
      )
      const x = tf.tensor1d([1, 2])
      for (let call = 0; call < 2; call++) tf.dispose(compiled(x))
      fails = true
      expect(() => compiled(x)).toThrow('the host fails')
      fails = false
      const found = compiled(x)
      close(found.dataSync(), [3, 5])
      expect(() => tf.tidy(() => onHost(x, [3], (values) => values))).toThrow(
        /host's result has shape \[2\]; expected 3 numbers/,
      )
      expect(() => onHost(x.toInt(), [2], (values) => values)).toThrow("onHost.x: got 'int32'")
      tf.dispose([x, found])
      compiled.dispose()
    })

    it('lets no gradient through', () => {
      const slope = tf.grad((x: tf.Tensor) => onHost<tf.Tensor1D>(x, [2], (values) => values.map((v) => v * v)).mul(x))
      const x = tf.tensor1d([3, 4])
      close(tf.tidy(() => slope(x)).dataSync(), [9, 16])
      x.dispose()
    })
  })
})
