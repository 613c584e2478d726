import { BackendError } from '@dc/core/errors'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeModel, type GraphDefinition } from '../runtime/encode-model'
import { compileProgram } from '../runtime/program'
import { provideRuntime, type Runtime } from '../runtime/runtime'
import { Session } from '../runtime/session'
import { loadWebRuntime } from './load-runtime'

const negation: GraphDefinition = {
  inputs: [{ name: 'x', type: 'float32', shape: ['n', 2] }],
  outputs: [{ name: 'y', type: 'float32', shape: ['n', 2] }],
  nodes: [{ op: 'Neg', inputs: ['x'], outputs: ['y'] }],
}
const feed = (...values: number[]) =>
  ({ type: 'float32', data: Float32Array.from(values), dims: [values.length / 2, 2], location: 'cpu' }) as const

describe('a session of onnxruntime-web', () => {
  beforeAll(() => loadWebRuntime())

  it('runs at once, into an array that is given or a new one', () => {
    const session = new Session(encodeModel(negation))
    expect([...session.run({ x: feed(1, 2) }, { y: null }).y.data]).toEqual([-1, -2])
    const target = feed(0, 0, 0, 0)
    expect(session.run({ x: feed(1, 2, 3, 4) }, { y: target }).y).toBe(target)
    expect([...target.data]).toEqual([-1, -2, -3, -4])
    session.dispose()
    session.dispose()
    expect(() => session.run({ x: feed(1, 2) }, { y: null })).toThrow('disposed')
  })

  it('knows its inputs and outputs', () => {
    const session = new Session(encodeModel(negation))
    const [about] = [{ type: 'float32', shape: ['n', 2] }]
    expect(session.values).toEqual({ inputs: [{ name: 'x', ...about }], outputs: [{ name: 'y', ...about }] })
    session.dispose()
  })

  it('says what is wrong', () => {
    const session = new Session(encodeModel(negation))
    const failing = (run: () => unknown, text: string) => {
      expect(run).toThrow(BackendError)
      expect(run).toThrow(text)
    }
    failing(() => session.run({ z: feed(1, 2) }, { y: null }), "the model has no 'z'")
    failing(() => session.run({ x: feed(1, 2) }, { z: null }), "the model has no 'z'")
    failing(() => session.run({ x: feed(1, 2) }, { y: feed(0, 0, 0, 0) }), 'float32[1,2]; it was given an array for')
    failing(() => session.run({ x: { ...feed(1, 2), dims: [2] } }, { y: null }), 'Invalid rank for input: x')
    failing(() => new Session(Uint8Array.of(1, 2, 3)), 'ONNX Runtime rejected a model')
    failing(() => new Session('model.onnx'), 'it reads no files here')
    session.dispose()
  })

  it('gives its memory back', () => {
    const times = compileProgram((p) => {
      const x = p.input('x', 'float64', ['n'])
      p.output('y', p.op('Mul', [x, p.constant(Float64Array.of(2))]))
    })
    // 800 kB each: what were kept would soon be gigabytes, which the module has not.
    const data = new Float64Array(1e5).fill(1.5)
    for (let i = 0; i < 3000; i++) times.run({ x: { data, dims: [1e5] } })
    expect(times.run({ x: { data, dims: [1e5] } }).y.data[7]).toBe(3)
    times.dispose()
  })

  it('stays the only one', () => {
    expect(() => provideRuntime({} as Runtime)).toThrow('Another ONNX Runtime is in use here already')
  })
})
