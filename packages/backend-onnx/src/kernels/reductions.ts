import { tf } from '@dc/core'
import type { Value } from '../graph/value'
import { add, cast, divide, isNan, scalar, unary, where } from '../ops/elementwise'
import { argReduce, type Reduction, reduce, reduceBool, sum } from '../ops/reduce'
import { type Kernel, kernel, listKernel } from './kernel'

interface Axes {
  axis: number | number[]
  keepDims?: boolean
}
/** tfjs's `Max` names its axes differently. */
interface MaxAxes {
  reductionIndices: number | number[]
  keepDims?: boolean
}

const axesOf = (x: Value, axis: number | number[]): number[] => tf.util.parseAxisParam(axis, [...x.shape])

const keptShape = (x: Value, axes: readonly number[]): number[] => x.shape.map((d, i) => (axes.includes(i) ? 1 : d))

const reduction = (name: string, op: Reduction): Kernel =>
  kernel<Axes>(name, ({ x }, { axis, keepDims }) => reduce(op, counted(x), axesOf(x, axis), keepDims))

/**
 * The largest or smallest element. ONNX ignores NaN here; a sum of squares, which infinities do not turn into NaN, finds it.
 */
function extreme(op: 'ReduceMax' | 'ReduceMin', x: Value, axes: readonly number[], keep?: boolean): Value {
  const result = reduce(op, counted(x), axes, keep)
  if (x.type !== 'float32' || x.fill !== null || x.size === 0 || result.size === x.size) return result
  const squares = reduce('ReduceSumSquare', x, axes, keep)
  return where(isNan(squares), squares, result)
}

/** Position of the largest or smallest element; NaN is passed over. */
function extremeAt(op: 'ArgMax' | 'ArgMin', x: Value, axis: number): Value {
  const worst = scalar('float32', op === 'ArgMax' ? -Infinity : Infinity)
  const numbers = x.type === 'float32' ? where(isNan(x), worst, x) : counted(x)
  return cast(argReduce(op, numbers, axis), 'int32')
}

/** bool counts as integer. */
const counted = (x: Value) => (x.type === 'bool' ? cast(x, 'int32') : x)

const boolReduction = (name: string, op: 'ReduceMin' | 'ReduceMax'): Kernel =>
  kernel<Axes>(name, ({ x }, { axis, keepDims }) => {
    const axes = axesOf(x, axis)
    const result = reduceBool(op, x, axes)
    return keepDims ? result.withShape(keptShape(x, axes)) : result
  })

const argKernel = (name: 'ArgMax' | 'ArgMin'): Kernel =>
  kernel<Axes>(name, ({ x }, { axis }) => extremeAt(name, x, axesOf(x, axis)[0]))

/** `e^(x − max) / Σ e^(x − max)` along the last axis. */
export const softmax = (x: Value, axis: number): Value => unary('Softmax', cast(x, 'float32'), 'float32', { axis })

export const reductionKernels: readonly Kernel[] = [
  reduction('Sum', 'ReduceSum'),
  reduction('Prod', 'ReduceProd'),
  kernel<MaxAxes>('Max', ({ x }, { reductionIndices, keepDims }) =>
    extreme('ReduceMax', x, axesOf(x, reductionIndices), keepDims),
  ),
  kernel<Axes>('Min', ({ x }, { axis, keepDims }) => extreme('ReduceMin', x, axesOf(x, axis), keepDims)),
  kernel<Axes>('Mean', ({ x }, { axis, keepDims }) => {
    const axes = axesOf(x, axis)
    const count = axes.reduce((product, i) => product * x.shape[i], 1)
    const total = sum(cast(x, 'float32'), axes, keepDims)
    return count <= 1 ? total : divide(total, scalar('float32', count))
  }),
  boolReduction('All', 'ReduceMin'),
  boolReduction('Any', 'ReduceMax'),
  argKernel('ArgMax'),
  argKernel('ArgMin'),
  kernel<{ dim: number }>('Softmax', ({ logits }, { dim }) => softmax(logits, dim)),
  listKernel('AddN', (values) => values.reduce((total, value) => add(total, value))),
]
