import type { tf } from '@dc/core'
import { OptionError } from '@dc/core/errors'
import { elementTypeOf } from '../dtypes'
import { filled } from '../graph/value'
import { cast } from '../ops/elementwise'
import type { Kernel } from './kernel'

/** The same data under another shape. */
const alias = (name: string, shapeOf: (x: tf.TensorInfo, attrs: unknown) => number[]): Kernel => ({
  name,
  run({ inputs, attrs, backend }) {
    const { x } = { x: inputs.x ?? inputs.input }
    backend.incRef(x.dataId)
    return { dataId: x.dataId, shape: shapeOf(x, attrs), dtype: x.dtype }
  },
})

/** Replaces one unknown dimension, −1, by what the size leaves. */
function resolveShape(size: number, shape: readonly number[]): number[] {
  const known = shape.reduce((product, d) => (d === -1 ? product : product * d), 1)
  return shape.map((d) => (d === -1 ? (known === 0 ? 0 : size / known) : d))
}

const constantLike = (name: string, number: number): Kernel => ({
  name,
  run: ({ inputs: { x }, backend }) => backend.tensor(filled(elementTypeOf(x.dtype), x.shape, number)),
})

/** Kernels that move tensors around without computing. */
export const storageKernels: readonly Kernel[] = [
  alias('Identity', (x) => x.shape),
  alias('Reshape', (x, attrs) => {
    const size = x.shape.reduce((product, d) => product * d, 1)
    return resolveShape(size, (attrs as { shape: number[] }).shape)
  }),
  alias('ExpandDims', (x, attrs) => {
    const { dim } = attrs as { dim: number }
    const shape = [...x.shape]
    if (dim < -(shape.length + 1) || dim > shape.length)
      throw new OptionError('expandDims: axis', dim, `${-(shape.length + 1)} to ${shape.length}`)
    shape.splice(dim < 0 ? dim + shape.length + 1 : dim, 0, 1)
    return shape
  }),
  {
    name: 'Cast',
    run({ inputs: { x }, attrs, backend }) {
      const { dtype } = attrs as { dtype: tf.DataType }
      if (dtype === x.dtype) {
        backend.incRef(x.dataId)
        return { dataId: x.dataId, shape: x.shape, dtype }
      }
      if (dtype === 'complex64') {
        const real = backend.tensor(cast(backend.value(x), 'float32'))
        return backend.complexTensor(real, backend.tensor(filled('float32', x.shape, 0)))
      }
      return backend.tensor(cast(backend.value(x), elementTypeOf(dtype)))
    },
  },
  constantLike('ZerosLike', 0),
  constantLike('OnesLike', 1),
]
