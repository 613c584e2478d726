import { BackendError } from '@dc/core/errors'
import { createRandom } from '@dc/core/random'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { otherBindings, wrongBinding } from '../testing/fake-bindings'
import { type Binding, loadBinding } from './native'
import { chooseWriting } from './writing'

const real = loadBinding()

describe('chooseWriting', () => {
  it('writes in place with the version that is pinned', () => {
    expect(chooseWriting(real)).toMatchObject({ how: 'in place' })
  })

  it.each(Object.keys(otherBindings))('copies if the binding %s', (name) => {
    const { make, reason } = otherBindings[name]
    expect(chooseWriting(make(real))).toMatchObject({ how: 'copied', reason: expect.stringMatching(reason) })
  })

  it('refuses a binding that computes something else, or nothing', () => {
    const none: Binding = {
      ...real,
      InferenceSession: class {
        loadModel() {
          throw new TypeError('A string was expected')
        }
        dispose() {}
      } as never,
    }
    for (const binding of [wrongBinding(real), none]) expect(() => chooseWriting(binding)).toThrow(BackendError)
    expect(() => chooseWriting(none)).toThrow(
      /^onnxruntime-node 1\.30\.\d+ is not supported: it fails: A string was expected\. Install the version/,
    )
  })
})

describe('with copies', () => {
  afterEach(() => {
    vi.doUnmock('./native')
    vi.restoreAllMocks()
  })

  /** The package as it is with another binding. */
  async function packageWith(make: (binding: Binding) => Binding) {
    vi.resetModules()
    vi.doMock('./native', async (load) => ({ ...(await load<object>()), loadBinding: () => make(real) }))
    // Kernels and gradients are registered anew.
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { activateOnnx, compile, onnx } = await import('../index')
    const { compileProgram } = await import('../model')
    const { tf } = await import('@dc/core')
    return { activateOnnx, compile, compileProgram, tf, onnx }
  }

  /** Losses and last weights of Adam's steps on a small network, recorded anew or compiled. */
  async function training(make: (binding: Binding) => Binding) {
    const { activateOnnx, compile, onnx, tf } = await packageWith(make)
    await activateOnnx({ threads: 1, spinning: false })
    const about = onnx.create({ threads: 1 }, {}).describe?.()
    const outcomes = []
    for (const compiled of [false, true]) {
      const random = createRandom(1)
      const matrix = (rows: number, columns: number) => tf.tensor2d(random.normals(rows * columns), [rows, columns])
      const weights = [tf.variable(matrix(8, 16)), tf.variable(matrix(16, 3))]
      const moments = weights.map((w) => [tf.variable(tf.zerosLike(w)), tf.variable(tf.zerosLike(w))])
      const step = (x: InstanceType<typeof tf.Tensor>) => {
        const { value, grads } = tf.variableGrads(() => {
          const hidden = tf.relu(tf.matMul(x, weights[0]))
          return tf.matMul(hidden, weights[1]).square().mean().asScalar()
        }, weights)
        weights.forEach((w, i) => {
          const g = grads[w.name]
          const [m, v] = moments[i]
          m.assign(m.mul(0.9).add(g.mul(0.1)))
          v.assign(v.mul(0.99).add(g.square().mul(0.01)))
          w.assign(w.sub(m.div(v.sqrt().add(1e-6)).mul(0.01)) as typeof w)
        })
        return value
      }
      const run = compiled ? compile(step) : step
      const losses = Array.from({ length: 6 }, () => tf.tidy(() => run(matrix(16, 8)).dataSync()[0]))
      outcomes.push({ losses, weights: weights.flatMap((w) => [...w.dataSync()]) })
    }
    tf.removeBackend('onnx')
    tf.disposeVariables()
    return { about, outcomes }
  }

  it('trains to the same numbers, and says that results are copied', async () => {
    const expected = await training((binding) => binding)
    expect(expected.about).toMatch(/, 1 thread, results in place/)
    expect(expected.outcomes[0].losses[5]).toBeLessThan(expected.outcomes[0].losses[0])
    for (const { make, reason } of Object.values(otherBindings)) {
      const found = await training(make)
      expect(found.about).toMatch(new RegExp(`results copied, as in place ${reason.source.slice(1, -1)}`))
      expect(found.outcomes).toEqual(expected.outcomes)
    }
  })

  it('runs programs into the arrays that they are given', async () => {
    for (const { make } of Object.values(otherBindings)) {
      const { compileProgram } = await packageWith(make)
      const program = compileProgram(
        (p) => {
          const x = p.input('x', 'float32', ['n'])
          p.output('y', p.op('Neg', [x]))
          p.output('z', p.op('Abs', [x]))
        },
        { threads: 1 },
      )
      const x = { data: Float32Array.of(1, -2), dims: [2] }
      const [y, z] = [new Float32Array(2), new Float32Array(2)]
      const both = program.run({ x }, { y: { data: y, dims: [2] }, z: { data: z, dims: [2] } })
      expect([both.y.data, both.z.data]).toEqual([y, z])
      expect([[...y], [...z]]).toEqual([
        [-1, 2],
        [1, 2],
      ])
      y.fill(0)
      const one = program.run({ x }, { y: { data: y, dims: [2] } })
      expect(one.y.data).toBe(y)
      expect([[...y], [...one.z.data]]).toEqual([
        [-1, 2],
        [1, 2],
      ])
      for (const into of [{ y: { data: y, dims: [1, 2] } }, { y: { data: new Int32Array(2), dims: [2] } }])
        expect(() => program.run({ x }, into)).toThrow(/Output 'y' is float32\[2\]; it was given an array for/)
      program.dispose()
    }
  })
})
