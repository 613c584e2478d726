import { createRandom } from '@dc/core'
import { describe, expect, it } from 'vitest'
import { type ElementwiseProgram, elementwiseModule, elementwiseOp } from './elementwise-module'

const size = 36

/** Runs a program on arrays that lie one after another, its results behind them or over the arrays named. */
function run(program: ElementwiseProgram, arrays: Float32Array[], numbers: number[], over: (number | null)[] = []) {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const module = new WebAssembly.Module(elementwiseModule(program) as BufferSource)
  const { exports } = new WebAssembly.Instance(module, { places: { memory } })
  const bytes = Math.ceil(size / 4) * 16
  const starts = arrays.map((_, i) => 64 + i * bytes)
  const targets = program.results.map((_, k) => starts[over[k] ?? -1] ?? 64 + (arrays.length + k) * bytes)
  arrays.forEach((array, i) => {
    new Float32Array(memory.buffer, starts[i], size).set(array)
  })
  ;(exports.run as (...parameters: number[]) => void)(bytes, ...starts, ...targets, ...numbers)
  return targets.map((start) => [...new Float32Array(memory.buffer, start, size)])
}

const { fround } = Math
const a = createRandom(1).normals(size)
const b = createRandom(2).normals(size)

describe('elementwise modules', () => {
  it.each([
    ['Add', (x: number, y: number) => x + y],
    ['Sub', (x: number, y: number) => x - y],
    ['Mul', (x: number, y: number) => x * y],
    ['Div', (x: number, y: number) => x / y],
    ['Sqrt', Math.sqrt],
    ['Neg', (x: number) => -x],
    ['Abs', Math.abs],
  ] as const)('%s is that of float32', (name, compute: (...xs: number[]) => number) => {
    const terms = [{ array: 0 }, { array: 1 }].slice(0, compute.length)
    const [found] = run(
      { arrays: 2, numbers: 0, steps: [{ op: elementwiseOp(name)!, terms }], results: [0] },
      [a, b],
      [],
    )
    expect(found).toEqual([...a].map((x, i) => fround(compute(x, b[i]))))
  })

  it('do many steps in one pass, over the arrays they read', () => {
    // x ← n x + y; y ← old x
    const program: ElementwiseProgram = {
      ...{ arrays: 2, numbers: 1 },
      steps: [
        { op: 'Mul', terms: [{ array: 0 }, { number: 0 }] },
        { op: 'Add', terms: [{ step: 0 }, { array: 1 }] },
        { op: 'Neg', terms: [{ array: 0 }] },
      ],
      results: [1, 2],
    }
    const expected = [[...a].map((x, i) => fround(fround(x * 0.5) + b[i])), [...a].map((x) => -x)]
    expect(run(program, [a, b], [0.5])).toEqual(expected)
    expect(run(program, [a, b], [0.5], [0, 1])).toEqual(expected)
  })

  it('write 0 for what is smaller than a normal number, and keep NaN and infinity', () => {
    const values = Float32Array.from(
      { length: size },
      (_, i) => [1e-39, -1e-39, 2e-38, Number.NaN, Infinity, -0][i % 6],
    )
    const program: ElementwiseProgram = {
      ...{ arrays: 1, numbers: 1 },
      ...{ steps: [{ op: 'Mul', terms: [{ array: 0 }, { number: 0 }] }], results: [0] },
    }
    const [found] = run(program, [values], [1])
    expect(found.slice(0, 6).map((x) => Math.abs(x))).toEqual([0, 0, fround(2e-38), Number.NaN, Infinity, 0])
  })

  it('know no other operators', () => {
    expect(elementwiseOp('Pow')).toBeNull()
    expect(elementwiseOp('Sqrt')).toBe('Sqrt')
  })
})
