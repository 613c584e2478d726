import { DcError, OptionError, ShapeError } from '@dc/core/errors'
import { describe, expect, it } from 'vitest'
import { compileProgram, encodeModel, float, Session } from '../model'

describe('compileProgram', () => {
  it('multiplies float64 matrices of any size', () => {
    const program = compileProgram((p) => {
      const x = p.input('x', 'float64', ['n', 'd'])
      p.output('gram', p.op('MatMul', [x, p.op('Transpose', [x], { perm: [1, 0] })]))
    })
    const { gram } = program.run({ x: { data: Float64Array.of(1, 2, 3, 4), dims: [2, 2] } })
    expect(gram).toEqual({ data: Float64Array.of(5, 11, 11, 25), dims: [2, 2] })
    const row = program.run({ x: { data: Float64Array.of(1, 2, 3), dims: [1, 3] } })
    expect([...row.gram.data]).toEqual([14])
    program.dispose()
    expect(() => program.run({ x: { data: Float64Array.of(1), dims: [1, 1] } })).toThrow('disposed')
  })

  it('gives several outputs, int64 indices, constants and float attributes', () => {
    const program = compileProgram(
      (p) => {
        const x = p.input('x', 'float32', ['n'])
        const [values, indices] = p.ops('TopK', 2, [x, p.constant(BigInt64Array.of(2n))], { largest: 0 })
        p.output('values', p.op('LeakyRelu', [values], { alpha: float(0.5) }))
        p.output('indices', indices)
      },
      { threads: 1, spinning: false },
    )
    const { values, indices } = program.run({ x: { data: Float32Array.of(3, -2, 5, 1), dims: [4] } })
    expect([...values.data]).toEqual([-1, 1])
    expect([...indices.data]).toEqual([1n, 3n])
    program.dispose()
  })

  it('allocates nothing where all results have arrays, and still reports what fails', () => {
    const size = 1 << 20
    const program = compileProgram((p) => {
      const [x, i] = [p.input('x', 'float32', [size]), p.input('i', 'int64', [1])]
      p.output('y', p.op('Neg', [x]))
      p.output('picked', p.op('Gather', [x, i]))
    })
    const x = { data: new Float32Array(size).fill(2), dims: [size] }
    const [y, picked] = [new Float32Array(size), new Float32Array(1)]
    const into = { y: { data: y, dims: [size] }, picked: { data: picked, dims: [1] } }
    const run = (i: bigint) => program.run({ x, i: { data: BigInt64Array.of(i), dims: [1] } }, into)
    const before = process.memoryUsage().arrayBuffers
    run(5n)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(size)
    expect([y[size - 1], picked[0]]).toEqual([-2, 2])
    expect(() => run(BigInt(size))).toThrow(/ONNX Runtime failed.*Gather/)
    program.dispose()
  })

  it('writes into arrays that it is given', () => {
    const program = compileProgram((p) => p.output('y', p.op('Neg', [p.input('x', 'int32', [3])])))
    const y = new Int32Array(3)
    const result = program.run({ x: { data: Int32Array.of(1, 2, 3), dims: [3] } }, { y: { data: y, dims: [3] } })
    expect(result.y.data).toBe(y)
    expect([...y]).toEqual([-1, -2, -3])
    program.dispose()
  })

  it('names what is wrong with an input', () => {
    const program = compileProgram((p) => p.output('y', p.op('Exp', [p.input('x', 'float64', [2, 'n'])])))
    expect(() => program.run({})).toThrow(OptionError)
    expect(() => program.run({ x: { data: new Float32Array(2), dims: [2, 1] } })).toThrow(
      /values\.x\.data.*Float64Array/,
    )
    expect(() => program.run({ x: { data: new Float64Array(3), dims: [3, 1] } })).toThrow(
      'x has shape [3, 1]; expected [2, n]',
    )
    expect(() => program.run({ x: { data: new Float64Array(3), dims: [2, 1] } })).toThrow(ShapeError)
    program.dispose()
  })

  it('rejects programs that cannot be', () => {
    expect(() => compileProgram(() => {})).toThrow('at least one call of output')
    expect(() => compileProgram((p) => [p.input('x', 'int32', []), p.input('x', 'int32', [])])).toThrow('not used yet')
    const unknown = () => compileProgram((p) => p.output('y', p.op('Nonsense', [p.input('x', 'float32', [1])])))
    expect(unknown).toThrow(/ONNX Runtime rejected a model.*Nonsense/)
    expect(unknown).toThrow(DcError)
  })
})

describe('encodeModel', () => {
  it('refuses fractions as integer attributes', () => {
    const node = { op: 'Elu', inputs: ['x'], outputs: ['y'], attributes: { alpha: 0.5 } }
    expect(() => encodeModel({ inputs: [], outputs: [], nodes: [node] })).toThrow('Elu.alpha: got 0.5')
  })

  it('carries names beyond ASCII, negative numbers and empty constants', () => {
    const bytes = encodeModel({
      inputs: [{ name: 'größe', type: 'float32', shape: [2, 2] }],
      outputs: [{ name: 'y' }],
      nodes: [{ op: 'Concat', inputs: ['größe', 'empty'], outputs: ['y'], attributes: { axis: -1 } }],
      initializers: [{ name: 'empty', type: 'float32', shape: [2, 0], data: new Float32Array(0) }],
    })
    const session = new Session(bytes)
    const data = Float32Array.of(1, 2, 3, 4)
    const { y } = session.run({ größe: { type: 'float32', data, dims: [2, 2], location: 'cpu' } }, { y: null })
    expect([...y.data]).toEqual([...data])
    session.dispose()
  })
})
