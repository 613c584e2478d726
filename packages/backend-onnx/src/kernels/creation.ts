import { tf } from '@dc/core'
import { elementTypeOf } from '../dtypes'
import { filled, stored, type Value } from '../graph/value'
import { cast, equal, scalar, where } from '../ops/elementwise'
import { reshape } from '../ops/structure'
import { allocate } from '../runtime/element-type'
import { type Kernel, kernel } from './kernel'

/** `0, 1, …, n−1` as a value; equal lengths share one array. */
const ranges = new Map<number, Value>()
export function iota(n: number): Value {
  let value = ranges.get(n)
  if (!value) {
    if (ranges.size >= 64) ranges.clear()
    value = stored(
      'int32',
      [n],
      Int32Array.from({ length: n }, (_, i) => i),
    )
    // Reading or disposing a result must not take away the shared array.
    value.storage!.holders = 1
    value.storage!.escaped = true
    ranges.set(n, value)
  }
  return value
}

/** `on` where the index equals the position on a new last axis, `off` elsewhere; indices outside match nowhere. */
export function oneHot(indices: Value, depth: number, on: Value, off: Value): Value {
  const column = reshape(cast(indices, 'int32'), [...indices.shape, 1])
  return where(equal(column, iota(depth)), on, off)
}

function diagonal(x: Value): Value {
  const flat = reshape(x, [x.size])
  const n = iota(x.size)
  const matrix = where(equal(reshape(n, [x.size, 1]), n), flat, scalar(x.type, 0))
  return reshape(matrix, [...x.shape, ...x.shape])
}

/** `start, start + step, …`, `stop` excluded. Empty if `step` leads away from `stop`; but a step of 1 may count down. */
function range(start: number, stop: number, pace: number, type: 'float32' | 'int32'): Value {
  const step = stop < start && pace === 1 ? -1 : pace
  const count = Math.max(0, Math.ceil((stop - start) / step))
  const data = allocate(type, count)
  for (let i = 0; i < count; i++) data[i] = start + i * step
  return count === 0 ? filled(type, [0], 0) : stored(type, [count], data)
}

interface OneHot {
  dtype: tf.DataType
  depth: number
  onValue: number
  offValue: number
}

export const creationKernels: readonly Kernel[] = [
  {
    name: 'Fill',
    run({ attrs, backend }) {
      const { shape, value, dtype } = attrs as { shape: number[]; value: number | string; dtype?: tf.DataType }
      const resolved = dtype ?? tf.util.inferDtype(value)
      if (resolved === 'string') {
        const text = tf.util.encodeString(String(value))
        const texts = Array.from({ length: tf.util.sizeFromShape(shape) }, () => text)
        return { dataId: backend.write(texts, shape, 'string'), shape, dtype: 'string' }
      }
      return backend.tensor(filled(elementTypeOf(resolved), shape, Number(value)))
    },
  },
  kernel<{ start: number; stop: number; step: number; dtype: 'float32' | 'int32' }>(
    'Range',
    (_, { start, stop, step, dtype }) => range(start, stop, step, elementTypeOf(dtype) as 'float32' | 'int32'),
  ),
  kernel<{ start: number; stop: number; num: number }>('LinSpace', (_, { start, stop, num }) => {
    const step = (stop - start) / (num - 1)
    return stored(
      'float32',
      [num],
      Float32Array.from({ length: num }, (_unused, i) => start + i * step),
    )
  }),
  kernel<OneHot>('OneHot', ({ indices }, { dtype, depth, onValue, offValue }) => {
    const type = elementTypeOf(dtype)
    return oneHot(indices, depth, scalar(type, onValue), scalar(type, offValue))
  }),
  kernel('Diag', ({ x }) => diagonal(x)),
]
