import { BackendError } from '@dc/core/errors'
import { describe, expect, it } from 'vitest'
import { encodeModel, type GraphDefinition } from '../runtime/encode-model'
import { compileProgram } from '../runtime/program'
import { provideRuntime, type Runtime } from '../runtime/runtime'
import { Session } from '../runtime/session'
import { loadWebRuntime } from './load-runtime'
import { onnxWeb } from './plugin'

const negation: GraphDefinition = {
  inputs: [{ name: 'x', type: 'float32', shape: ['n', 2] }],
  outputs: [{ name: 'y', type: 'float32', shape: ['n', 2] }],
  nodes: [{ op: 'Neg', inputs: ['x'], outputs: ['y'] }],
}
const feed = (...values: number[]) =>
  ({ type: 'float32', data: Float32Array.from(values), dims: [values.length / 2, 2], location: 'cpu' }) as const

describe('a session of onnxruntime-web', () => {
  // What fails to start may be started again.
  it('says where it looked for its binary', async () => {
    await expect(loadWebRuntime({ wasm: '/nowhere/ort.wasm' })).rejects.toThrow(
      /^ONNX Runtime's WebAssembly does not start: .* was looked for at '\/nowhere\/ort.wasm'; option wasm is its address/,
    )
  })

  it('starts', () => loadWebRuntime())

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

  it('has the threads that it was started with, and says so', async () => {
    await expect(loadWebRuntime({ threads: 1 })).resolves.toBeUndefined()
    await expect(loadWebRuntime({ threads: 2 })).rejects.toThrow(
      'ONNX Runtime was started with one thread here, and is asked for 2 threads',
    )
    for (const threads of [0, -1, 1.5, Number.NaN, '2' as unknown as number])
      await expect(loadWebRuntime({ threads })).rejects.toThrow(/^threads: got .*; allowed: an integer ≥ 1/)
    const two = onnxWeb.create({ threads: 2 }, {})
    expect(await two.available()).toEqual({ ok: false, reason: expect.stringContaining('started with one thread') })
    expect(two.describe?.()).toBe('ONNX Runtime in WebAssembly, one thread')
    expect(await onnxWeb.create({}, {}).available()).toEqual({ ok: true })
  })

  it('stays the only one', () => {
    expect(() => provideRuntime({} as Runtime)).toThrow('Another ONNX Runtime is in use here already')
  })
})
