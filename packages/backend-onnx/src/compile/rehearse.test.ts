import { BackendError, createRandom, NotCompilableError, onHost, tf } from '@dc/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activateOnnx, compile, type OnnxBackend, statistics } from '../index'
import { rehearse } from './compile'

describe('rehearse', () => {
  let x: tf.Tensor2D
  beforeAll(async () => {
    await activateOnnx({ threads: 1, spinning: false })
    x = tf.tensor2d(createRandom(5).normals(6), [3, 2])
  })
  afterAll(() => tf.removeBackend('onnx'))
  const refusalOf = (step: () => void): string => {
    const before = tf.memory().numTensors
    try {
      rehearse(step)
      return 'none'
    } catch (error) {
      expect(NotCompilableError.isInstance(error) && BackendError.isInstance(error)).toBe(true)
      return (error as NotCompilableError).reason
    } finally {
      expect(tf.memory().numTensors).toBe(before)
    }
  }

  it('computes nothing, asks nobody, and sets variables back', () => {
    const w = tf.tidy(() => tf.variable(tf.ones([2])))
    const { flushes } = statistics()
    let asked = 0
    const step = () => {
      const sums = onHost<tf.Tensor1D>(x.sum<tf.Tensor1D>(0), [2], (values) => {
        asked++
        return values
      })
      w.assign(w.add(sums))
    }
    expect(refusalOf(step)).toBe('none')
    expect([statistics().flushes - flushes, asked]).toEqual([0, 0])
    expect([...w.dataSync()]).toEqual([1, 1])
    w.dispose()
  })

  it('tells what is refused, the first of several, whatever becomes of its error', () => {
    expect(refusalOf(() => x.sum().dataSync())).toBe('reads a tensor')
    expect(refusalOf(() => void x.sum().data())).toBe('reads a tensor')
    expect(refusalOf(() => void x.sum().array())).toBe('reads a tensor')
    expect(refusalOf(() => void (tf.backend() as OnnxBackend).flush())).toBe('has pending tensors computed')
    expect(refusalOf(() => void tf.tidy(() => tf.unique(x)))).toBe('uses Unique, a kernel that runs on the CPU')
    const other = compile((y: tf.Tensor) => y.mul(2))
    expect(refusalOf(() => void other(x))).toBe('calls another compiled function, in place of the plain one')
    expect(refusalOf(() => rehearse(() => {}))).toMatch(/another compiled function/)
    const wrapping = () => {
      try {
        x.sum().dataSync()
      } catch {
        tf.unique(x)
      }
    }
    expect(refusalOf(wrapping)).toBe('reads a tensor')
    const renaming = () => {
      try {
        x.sum().dataSync()
      } catch (cause) {
        throw new Error('no sum', { cause })
      }
    }
    expect(refusalOf(renaming)).toBe('reads a tensor')
  })

  it('throws what else the step throws, and takes no error of a backend for a refusal', () => {
    for (const own of [new BackendError('no paper'), new NotCompilableError('is mine'), new Error('mine'), 'text'])
      expect(() =>
        rehearse(() => {
          throw own
        }),
      ).toThrow(own as Error)
    expect(refusalOf(() => {})).toBe('none')
  })

  it('keeps the gradients of a step that reads from staying behind', () => {
    const w = tf.tidy(() => tf.variable(tf.ones([2, 2])))
    const slope = tf.customGrad((y) => ({
      value: (y as tf.Tensor).square(),
      gradFunc: (dy: tf.Tensor) => dy.mul(dy.dataSync()[0]),
    }))
    const step = () => void tf.variableGrads(() => slope(x.matMul(w as tf.Tensor2D)).sum(), [w])
    expect(refusalOf(step)).toBe('reads a tensor')
    w.dispose()
  })
})
