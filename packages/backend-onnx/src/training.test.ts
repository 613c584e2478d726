import { createRandom, tf } from '@dc/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { activateOnnx, flush, type OnnxBackend, statistics } from './index'

const random = createRandom(3)
const matrix = (rows: number, columns: number, scale = 1) =>
  tf.tensor2d(random.normals(rows * columns, 0, scale), [rows, columns])

describe('training', () => {
  beforeAll(() => activateOnnx({ threads: 1, spinning: false }))
  afterAll(() => tf.removeBackend('onnx'))

  it('compiles a constant number of graphs and holds memory flat over 1,000 steps', () => {
    const sizes = [
      [8, 16],
      [16, 3],
    ]
    const weights = sizes.map(([rows, columns]) => tf.tidy(() => tf.variable(matrix(rows, columns, 0.3))))
    const velocities = weights.map((w) => tf.tidy(() => tf.variable(tf.zerosLike(w), false)))
    const [w1, w2] = weights
    const step = (i: number) => {
      const x = matrix(32, 8)
      const loss = tf.tidy(() => {
        const { grads, value } = tf.variableGrads(() => {
          const hidden = tf.relu(x.matMul(w1 as tf.Tensor2D))
          const { mean, variance } = tf.moments(hidden, 0)
          const scores = hidden
            .sub(mean)
            .mul(variance.add(1e-5).rsqrt())
            .matMul(w2 as tf.Tensor2D)
          return tf.neg(
            tf
              .logSoftmax(scores)
              .mul(tf.softmax(x.slice([0, 0], [32, 3]).mul(5)))
              .mean(),
          ) as tf.Scalar
        })
        weights.forEach((w, k) => {
          velocities[k].assign(velocities[k].mul(0.9).add(grads[w.name]).add(w.mul(5e-4)))
          w.assign(w.sub(velocities[k].mul(0.1 / (1 + i / 100))))
        })
        return value
      })
      const number = loss.dataSync()[0]
      tf.dispose([x, loss])
      return number
    }
    for (let i = 0; i < 10; i++) step(i)
    const { compiled } = statistics()
    expect(compiled).toBeLessThanOrEqual(4)
    const before = tf.memory()
    const first = step(10)
    let last = first
    for (let i = 11; i < 1000; i++) last = step(i)
    expect(last).toBeLessThan(first)
    expect(statistics().compiled).toBe(compiled)
    const after = tf.memory()
    expect(after.numTensors).toBe(before.numTensors)
    expect(after.numDataBuffers).toBe(before.numDataBuffers)
    const storage = (tf.backend() as OnnxBackend).memory()
    expect(storage.storedBytes).toBe(2 * (8 * 16 + 16 * 3) * 4)
    expect(storage.freeBytes).toBeLessThan(200_000)
    tf.dispose([...weights, ...velocities])
  })

  it('gives two views, run as one, the values and gradients of each by itself', () => {
    const [x0, x1, w, bias] = [matrix(16, 8), matrix(16, 8), matrix(8, 512, 0.3), matrix(1, 512)]
    const network = (x: tf.Tensor2D, weights: tf.Tensor2D, offsets: tf.Tensor) => {
      const scores = x.matMul(weights).add(offsets)
      const { mean, variance } = tf.moments(scores, 0)
      return tf.relu(scores.sub(mean).div(variance.add(1e-5).sqrt()))
    }
    const loss = (weights: tf.Tensor, offsets: tf.Tensor) => {
      const [y0, y1] = [x0, x1].map((x) => network(x, weights as tf.Tensor2D, offsets))
      return y0.square().mul(y1).mean()
    }
    const together = tf.tidy(() =>
      tf
        .grads(loss)([w, bias])
        .map((gradient) => gradient.dataSync().slice()),
    )
    // Copies of the weights are not shared, so nothing is joined.
    const apart = tf.tidy(() => {
      const [w1, bias1] = [w, bias].map((x) => tf.tensor(x.dataSync().slice(), x.shape))
      const gradients = tf.grads((a: tf.Tensor, b: tf.Tensor, c: tf.Tensor, d: tf.Tensor) => {
        const y0 = network(x0, a as tf.Tensor2D, b)
        return y0
          .square()
          .mul(network(x1, c as tf.Tensor2D, d))
          .mean()
      })([w, bias, w1, bias1])
      return [0, 1].map((i) =>
        gradients[i]
          .add(gradients[i + 2])
          .dataSync()
          .slice(),
      )
    })
    together.forEach((values, i) => {
      values.forEach((value, k) => {
        expect(value).toBeCloseTo(apart[i][k], 5)
      })
    })
    tf.dispose([x0, x1, w, bias])
  })

  it('drops the graph of the first step when it would keep much memory', () => {
    // Twenty results of 16 MB that are all read twice.
    const big = (op: (x: tf.Tensor) => tf.Tensor) => {
      const mean = tf.tidy(() => {
        const x = tf.range(0, 2000).reshape([2000, 1]).add(tf.range(0, 2000)).div(4000)
        const parts = Array.from({ length: 20 }, (_, i) => op(x.mul(i + 2)))
        return tf
          .addN(parts)
          .add(tf.addN(parts.map((part) => part.square())))
          .mean()
      })
      const [value] = mean.dataSync()
      mean.dispose()
      return value
    }
    const first = big(tf.exp)
    const before = statistics().sessions
    big(tf.sin)
    expect(statistics().sessions).toBeLessThanOrEqual(before)
    expect(big(tf.exp)).toBe(first)
  })

  it('makes a changing number an input instead of compiling again and again', () => {
    const x = matrix(2, 2)
    const start = statistics().compiled
    for (let i = 0; i < 20; i++) {
      const y = tf.tidy(() => x.mul(i).add(3))
      expect(y.dataSync()[0]).toBeCloseTo(x.dataSync()[0] * i + 3, 4)
      y.dispose()
    }
    expect(statistics().compiled - start).toBe(2)
    x.dispose()
  })

  it('walks through batches of a data set with one graph', () => {
    const x = tf.range(0, 40).reshape([20, 2])
    const start = statistics().compiled
    const sums = Array.from({ length: 5 }, (_, i) =>
      tf.tidy(
        () =>
          x
            .slice([4 * i, 0], [4, 2])
            .square()
            .sum()
            .dataSync()[0],
      ),
    )
    const values = Array.from({ length: 40 }, (_, i) => i * i)
    expect(sums).toEqual(sums.map((_, i) => values.slice(8 * i, 8 * i + 8).reduce((a, b) => a + b)))
    expect(statistics().compiled - start).toBe(2)
    x.dispose()
  })
})

describe('the graph of pending values', () => {
  beforeAll(() => activateOnnx({ threads: 1, spinning: false }))
  afterAll(() => tf.removeBackend('onnx'))
  beforeEach(() => flush())

  it('computes nothing until something is read, and then all that is alive', () => {
    const x = matrix(3, 3)
    const start = statistics()
    const [a, b] = [x.exp(), x.sin()]
    expect(statistics().flushes).toBe(start.flushes)
    expect(statistics().pending).toBe(2)
    a.dataSync()
    expect(statistics().flushes).toBe(start.flushes + 1)
    expect(statistics().pending).toBe(0)
    b.dataSync()
    expect(statistics().flushes).toBe(start.flushes + 1)
    tf.dispose([x, a, b])
  })

  it('never computes what was disposed unread', () => {
    const x = matrix(3, 3)
    const start = statistics()
    x.exp().dispose()
    flush()
    expect(statistics().flushes).toBe(start.flushes)
    const nodes = statistics().nodes
    const y = tf.tidy(() => {
      x.cos()
      return x.neg()
    })
    y.dataSync()
    expect(statistics().nodes - nodes).toBe(1)
    tf.dispose([x, y])
  })

  it('knows what fills hold without running', () => {
    const start = statistics()
    const ones = tf.tidy(() => tf.onesLike(tf.zeros([2, 3]).transpose()).concat(tf.fill([1, 2], 1)))
    expect([...ones.dataSync()]).toEqual(Array(8).fill(1))
    expect(statistics().flushes).toBe(start.flushes)
    ones.dispose()
  })

  it('does not see what the caller does to an array after handing it over, nor reuse memory it gave out', () => {
    const values = Float32Array.of(1, 2, 3)
    const x = tf.tensor1d(values)
    const y = x.add(1)
    values.fill(9)
    expect([...y.dataSync()]).toEqual([2, 3, 4])
    const z = y.mul(2)
    const seen = z.dataSync()
    z.dispose()
    for (let i = 0; i < 5; i++) tf.tidy(() => x.add(y).dataSync())
    expect([...seen]).toEqual([4, 6, 8])
    tf.dispose([x, y])
  })

  it('shares one array between clones and reshapes until the last is gone', () => {
    const x = matrix(2, 3)
    const expected = [...x.dataSync()].map((v) => Math.fround(v * 2))
    const y = x.mul(2)
    const [clone, flat] = [y.clone(), y.reshape([6])]
    y.dispose()
    expect([...flat.dataSync()]).toEqual(expected)
    flat.dispose()
    matrix(2, 3).exp().dataSync()
    expect([...clone.dataSync()]).toEqual(expected)
    tf.dispose([x, clone])
  })

  it('keeps the other tensors when an operator fails, and names what failed', () => {
    const x = tf.tensor1d([1, 2, 3])
    const good = x.mul(3)
    const bad = tf.gather(x, tf.tensor1d([7], 'int32'))
    expect(() => bad.dataSync()).toThrow(/ONNX Runtime failed[\s\S]*Gather\(float32\[3\], int32\[1\]\)/)
    expect([...good.dataSync()]).toEqual([3, 6, 9])
    bad.dispose()
    expect([...x.add(1).dataSync()]).toEqual([2, 3, 4])
    tf.dispose([x, good])
  })

  it('takes tensors over from another backend and gives them back', async () => {
    await import('@tensorflow/tfjs-backend-cpu')
    const x = tf.tensor1d([1, 2, 3]).square()
    await tf.setBackend('cpu')
    const y = x.add(1)
    expect([...y.dataSync()]).toEqual([2, 5, 10])
    await tf.setBackend('onnx')
    expect([...y.mul(2).dataSync()]).toEqual([4, 10, 20])
    tf.dispose([x, y])
  })
})
