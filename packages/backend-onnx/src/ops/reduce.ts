import { filled, integers, node, type Value } from '../graph/value'
import { cast } from './elementwise'

/** What a reduction over no elements gives. */
const neutral = {
  ReduceSum: 0,
  ReduceSumSquare: 0,
  ReduceProd: 1,
  ReduceMax: -Infinity,
  ReduceMin: Infinity,
  ReduceMean: Number.NaN,
}
export type Reduction = keyof typeof neutral

/** Reduces over axes. Reduced axes vanish, or stay with size 1 if `keep` is set. */
export function reduce(op: Reduction, value: Value, axes: readonly number[], keep = false): Value {
  const shape = keep
    ? value.shape.map((d, i) => (axes.includes(i) ? 1 : d))
    : value.shape.filter((_, i) => !axes.includes(i))
  if (axes.length === 0) return value
  if (value.size === 0) return filled(value.type, shape, neutral[op])
  if (axes.every((axis) => value.shape[axis] === 1)) return value.withShape(shape)
  if (value.fill !== null && op !== 'ReduceSum' && op !== 'ReduceSumSquare' && op !== 'ReduceProd')
    return filled(value.type, shape, value.fill)
  return node(op, [value, integers(axes)], value.type, shape, { keepdims: keep ? 1 : 0 })
}

export const sum = (value: Value, axes: readonly number[], keep = false): Value =>
  reduce('ReduceSum', value, axes, keep)

/** Whether all, or any, elements are true. */
export function reduceBool(op: 'ReduceMin' | 'ReduceMax', value: Value, axes: readonly number[]): Value {
  if (value.size === 0) {
    const shape = value.shape.filter((_, i) => !axes.includes(i))
    return filled('bool', shape, op === 'ReduceMin' ? 1 : 0)
  }
  return cast(reduce(op, cast(value, 'int32'), axes), 'bool')
}

/** Index of the largest or smallest element along an axis, the first of equals; int64, the axis vanishes. */
export function argReduce(op: 'ArgMax' | 'ArgMin', value: Value, axis: number): Value {
  const shape = value.shape.filter((_, i) => i !== axis)
  return node(op, [value], 'int64', shape, { axis, keepdims: 0, select_last_index: 0 })
}
