import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { initBackend } from '../backend'
import { createRandom } from '../random'
import { tf } from '../tf'
import { cpu } from './cpu'
import { wasm } from './wasm'

describe('products of the wasm backend', () => {
  const random = createRandom(0)
  const values = (count: number) => Float32Array.from(random.normals(count))
  const shapes: [number[], number[], boolean, boolean][] = [false, true].flatMap((a) =>
    [false, true].flatMap((b) => [
      [a ? [5, 3] : [3, 5], b ? [4, 5] : [5, 4], a, b] as [number[], number[], boolean, boolean],
      [a ? [2, 5, 3] : [2, 3, 5], b ? [2, 4, 5] : [2, 5, 4], a, b] as [number[], number[], boolean, boolean],
      [a ? [1, 1] : [1, 1], b ? [7, 1] : [1, 7], a, b] as [number[], number[], boolean, boolean],
    ]),
  )
  const size = (shape: number[]) => shape.reduce((product, side) => product * side, 1)
  const given = shapes.map(([a, b]) => [values(size(a)), values(size(b))] as const)
  const product = (at: number) =>
    tf.tidy(() => {
      const [a, b, first, second] = shapes[at]
      const found = tf.matMul(tf.tensor(given[at][0], a), tf.tensor(given[at][1], b), first, second)
      return [...found.shape, ...found.dataSync()]
    })
  let expected: number[][]
  beforeAll(async () => {
    await initBackend([cpu.create({}, {})])
    expected = shapes.map((_, at) => product(at))
    await initBackend([wasm.create({}, {})])
    // A second activation replaces nothing twice.
    await wasm.create({}, {}).activate()
  })
  afterAll(async () => {
    await initBackend([cpu.create({}, {})])
  })

  it.each(shapes.map((shape, at) => [JSON.stringify(shape), at] as const))('%s are those of cpu', (_, at) => {
    const before = tf.memory()
    const found = product(at)
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[at][i], 5)
    })
    expect(found.length).toBe(expected[at].length)
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numDataBuffers: before.numDataBuffers })
  })

  it('have gradients, and fused ones a bias and an activation', () => {
    const [x, y] = [tf.tensor2d(values(6), [2, 3]), tf.tensor2d(values(12), [3, 4])]
    const [gx, gy] = tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b).square().sum())([x, y])
    const by = tf.tidy(() => {
      const twice = tf.matMul(x, y).mul(2)
      return [tf.matMul(twice, y.transpose()).dataSync(), tf.matMul(x.transpose(), twice).dataSync()]
    })
    gx.dataSync().forEach((value, i) => {
      expect(value).toBeCloseTo(by[0][i], 4)
    })
    gy.dataSync().forEach((value, i) => {
      expect(value).toBeCloseTo(by[1][i], 4)
    })
    const bias = tf.tensor1d([1, -100])
    const fused = tf.fused.matMul({ a: x, b: x, transposeB: true, bias, activation: 'relu' }).dataSync()
    const plain = tf.tidy(() => tf.matMul(x, x.transpose()).add(bias).relu().dataSync())
    fused.forEach((value, i) => {
      expect(value).toBeCloseTo(plain[i], 5)
    })
    tf.dispose([x, y, gx, gy, bias])
  })
})
