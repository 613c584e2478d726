import { createRandom, onHost, tf } from '@dc/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activateOnnx, compile, type OnnxBackend } from '../index'
import { planStep } from './step-plan'
import { traceStep } from './traced-step'

beforeAll(() => activateOnnx({ threads: 1, spinning: false }))
afterAll(() => tf.removeBackend('onnx'))

/** A network whose targets the host makes, trained with momentum. */
function training() {
  const random = createRandom(1)
  const w = tf.tidy(() => tf.variable(tf.tensor2d(random.normals(6), [3, 2]), true, 'w'))
  const v = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R2>([3, 2]), false, 'v'))
  const shift = tf.tensor1d([1, -1])
  const step = (x: tf.Tensor) => {
    const scores = x.matMul(w as tf.Tensor).add(shift) as tf.Tensor2D
    const targets = onHost<tf.Tensor2D>(scores, scores.shape, (values) => values.map(Math.sign))
    const { value, grads } = tf.variableGrads(
      () =>
        x
          .matMul<tf.Tensor2D>(w as tf.Tensor)
          .sub(targets)
          .square()
          .mean(),
      [w],
    )
    v.assign(v.mul(0.9).add(grads[w.name]))
    w.assign(w.sub(v.mul(0.1)))
    return { loss: value as tf.Tensor, scores: scores as tf.Tensor }
  }
  return { w, v, shift, step, dispose: () => tf.dispose([w, v, shift]) }
}

describe('traceStep', () => {
  it('sees what a step reads and writes, computes nothing and leaves all as it was', () => {
    const { w, v, shift, step, dispose } = training()
    const backend = tf.backend() as OnnxBackend
    const x = tf.ones([4, 3])
    const [before, { flushes }] = [[...w.dataSync()], backend.statistics]
    const { numTensors } = tf.memory()
    const traced = traceStep(step, [x], backend)
    expect(tf.memory().numTensors).toBe(numTensors)
    expect(backend.statistics.flushes).toBe(flushes)
    expect([...w.dataSync()]).toEqual(before)
    expect(traced).toMatchObject({ form: ['loss', 'scores'], inputs: [{ shape: [4, 3], dtype: 'float32' }] })
    expect(new Set([...traced.variables.values()])).toEqual(new Set([w, v]))
    expect(traced.assignments.map(({ variable }) => variable.name).sort()).toEqual(['v', 'w'])
    // The tensor around it, and the numbers that its operators were given.
    const [around, ...numbers] = traced.captured
    expect(around.storage).toBe(backend.value(shift).storage)
    expect(new Set(numbers.map(({ size }) => size))).toEqual(new Set([1]))
    expect(traced.hostCalls).toHaveLength(1)
    const { stages, updates } = planStep(traced)
    expect([stages.length, updates.length]).toEqual([2, 1])
    for (const value of traced.captured) backend.release(value)
    x.dispose()
    dispose()
  })
})

describe('describe of a compiled function', () => {
  it('tells its plan once it is traced', () => {
    const { step, dispose } = training()
    const compiled = compile(step)
    expect(compiled.describe()).toBe('')
    const x = tf.ones([4, 3])
    for (let call = 0; call < 2; call++) tf.dispose(compiled(x))
    expect(compiled.describe()).toMatch(
      /^input 0: float32\[4, 3\]\ngraph 1 of 2: 2 operators \(Add, Gemm\)\n {2}reads input 0 float32\[4, 3\], variable 'w' float32\[3, 2\], a tensor around it float32\[2\]\n {2}gives slot 0 float32\[4, 2\]\nhost: slot 0 → slot 1\ngraph 2 of 2: /,
    )
    expect(compiled.describe()).toMatch(
      /\nupdate 1: [\s\S]* over variable 'w'[\s\S]*\nresult loss: output 0\nresult scores: /,
    )
    tf.dispose(x)
    compiled.dispose()
    dispose()
  })
})
