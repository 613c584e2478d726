import { describe, expect, it } from 'vitest'
import { node, type Storage, stored, type Value } from '../graph/value'
import { add, multiply, scalar, subtract, unary } from '../ops/elementwise'
import { matMul } from '../ops/matmul'
import { findUpdates } from './updates'

const shape = [4, 6]
const array = (dims: readonly number[] = shape) =>
  stored('float32', dims, new Float32Array(dims.reduce((a, b) => a * b, 1)))
const number = (value: number) => scalar('float32', value)
const product = () => matMul(array([4, 3]), array([3, 6]))

/** The updates of one variable, by their operators and what they read. */
function updatesOf(next: Value, old: Value, others: { results?: Value[]; asked?: Value[] } = {}) {
  const isOld = (storage: Storage) => storage === old.storage
  const found = findUpdates([{ value: next, old: old.storage! }], others.results ?? [], others.asked ?? [], isOld)
  return found.map(({ program, arrays, numbers, results }) => ({
    ops: program.steps.map(({ op }) => op),
    ...{ arrays, numbers, results },
  }))
}

describe('findUpdates', () => {
  it('takes momentum and weight decay along, up to the gradient', () => {
    const [w, v] = [array(), array()]
    const step = node('ReduceMax', [product()], 'float32', [])
    const gradient = product()
    const velocity = add(multiply(v, number(0.9)), add(gradient, multiply(w, number(0.01))))
    const next = subtract(w, multiply(velocity, step))
    const [update, ...more] = updatesOf(next, w, { results: [velocity] })
    expect(more).toEqual([])
    expect(update.ops.sort()).toEqual(['Add', 'Add', 'Mul', 'Mul', 'Mul', 'Sub'])
    expect(new Set(update.arrays)).toEqual(new Set([w, v, gradient]))
    expect(update.numbers.filter(({ fill }) => fill === null)).toEqual([step])
    expect(update.results.map(({ value }) => value)).toEqual([velocity, next])
    expect(update.results.map(({ replaces }) => replaces !== null && update.arrays[replaces])).toEqual([false, w])
  })

  it('leaves sums over views to the graph, and what others read', () => {
    const w = array()
    const gradient = add(product(), product())
    const scaled = multiply(gradient, number(0.5))
    const next = subtract(w, multiply(scaled, number(0.1)))
    expect(updatesOf(next, w)[0].arrays).toEqual([gradient, w])
    expect(updatesOf(next, w, { results: [unary('Exp', scaled)] })[0].arrays).toEqual([scaled, w])
    expect(updatesOf(next, w, { asked: [scaled] })[0].arrays).toEqual([scaled, w])
    expect(updatesOf(next, w, { results: [unary('Exp', next)] })).toEqual([])
    expect(updatesOf(next, w, { results: [next] })).toEqual([])
  })

  it('asks for a variable, arrays of one shape, and more than one operator', () => {
    const w = array()
    expect(updatesOf(multiply(w, number(2)), w)).toEqual([])
    const broadcast = subtract(multiply(w, array([6])), product())
    expect(updatesOf(broadcast, w)).toEqual([])
    const other = array()
    expect(updatesOf(add(multiply(other, number(2)), other), w)).toEqual([])
    const number1 = array([1])
    expect(updatesOf(add(multiply(number1, number(2)), number1), number1)).toEqual([])
  })
})
