import { tf } from '@dc/core'
import { DataError, ShapeError } from '@dc/core/errors'
import { changingIntegers, sameShape, type Value } from '../graph/value'
import { cast } from '../ops/elementwise'
import {
  concat,
  cumulativeSum,
  pad,
  reshape,
  reverse,
  slice,
  split,
  stridedSlice,
  tile,
  topK,
  transpose,
} from '../ops/structure'
import { type Kernel, kernel, listKernel } from './kernel'

const normalize = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis)

/** A new axis of size 1. */
function expandDims(x: Value, dim: number): Value {
  const shape = [...x.shape]
  shape.splice(normalize(dim, x.shape.length + 1), 0, 1)
  return reshape(x, shape)
}

function unpack(x: Value, axis: number): Value[] {
  const at = normalize(axis, x.shape.length)
  const sizes = Array.from({ length: x.shape[at] }, () => 1)
  const shape = x.shape.filter((_, i) => i !== at)
  return split(x, sizes, at).map((part) => reshape(part, shape))
}

interface StridedSlice {
  begin: number[]
  end: number[]
  strides: number[]
  beginMask: number
  endMask: number
  ellipsisMask: number
  newAxisMask: number
  shrinkAxisMask: number
}

function stridedSliceKernel(x: Value, attributes: StridedSlice): Value {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes
  const info = tf.slice_util.sliceInfo(
    [...x.shape],
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  )
  if (info.isIdentity) return reshape(x, info.finalShape)
  const shape = tf.slice_util.computeOutShape(info.begin, info.end, info.strides).map((d) => Math.max(d, 0))
  const part =
    info.sliceDim0 || info.isSimpleSlice
      ? slice(x, info.begin, shape, changingIntegers)
      : stridedSlice(x, info.begin, info.end, info.strides, shape, changingIntegers)
  return reshape(part, info.finalShape)
}

/** Blocks of space into the batch. */
function spaceToBatch(x: Value, blockShape: number[], paddings: number[][]): Value {
  const { backend_util } = tf
  const blocks = blockShape.reduce((product, d) => product * d, 1)
  const complete: [number, number][] = [[0, 0], ...(paddings as [number, number][])]
  while (complete.length < x.shape.length) complete.push([0, 0])
  const padded = pad(x, complete, 'constant')
  const shaped = backend_util.getReshaped([...padded.shape], blockShape, blocks, false)
  const permutation = backend_util.getPermuted(shaped.length, blockShape.length, false)
  const result = backend_util.getReshapedPermuted([...padded.shape], blockShape, blocks, false)
  return reshape(transpose(reshape(padded, shaped), permutation), result)
}

/** The batch back into blocks of space. */
function batchToSpace(x: Value, blockShape: number[], crops: number[][]): Value {
  const { backend_util } = tf
  const blocks = blockShape.reduce((product, d) => product * d, 1)
  const shaped = backend_util.getReshaped([...x.shape], blockShape, blocks)
  const permutation = backend_util.getPermuted(shaped.length, blockShape.length)
  const merged = backend_util.getReshapedPermuted([...x.shape], blockShape, blocks)
  const begin = backend_util.getSliceBeginCoords(crops, blockShape.length)
  const size = backend_util.getSliceSize(merged, crops, blockShape.length)
  const whole = reshape(transpose(reshape(x, shaped), permutation), merged)
  const [from, extent] = tf.slice_util.parseSliceParams({ shape: merged } as tf.Tensor, begin, size)
  return slice(whole, from, extent)
}

/** Depth into space, for either layout of the channels. */
function depthToSpace(x: Value, block: number, dataFormat: string): Value {
  if (dataFormat === 'NCHW') {
    const [n, c, h, w] = x.shape
    const depth = c / (block * block)
    const apart = transpose(reshape(x, [n, block, block, depth, h, w]), [0, 3, 4, 1, 5, 2])
    return reshape(apart, [n, depth, h * block, w * block])
  }
  const [n, h, w, c] = x.shape
  const depth = c / (block * block)
  const apart = transpose(reshape(x, [n, h, w, block, block, depth]), [0, 1, 3, 2, 4, 5])
  return reshape(apart, [n, h * block, w * block, depth])
}

export const arrayKernels: readonly Kernel[] = [
  kernel<{ perm: number[] }>('Transpose', ({ x }, { perm }) => transpose(x, perm)),
  listKernel<{ axis: number }>('Concat', (values, { axis }) => {
    const at = normalize(axis, values[0].shape.length)
    const shapes = values.map(({ shape }) => [...shape])
    tf.backend_util.assertParamsConsistent(shapes, at)
    return concat(values, at)
  }),
  listKernel<{ axis: number }>('Pack', (values, { axis }) => {
    const at = normalize(axis, values[0].shape.length + 1)
    const [{ shape, type }] = values
    for (const other of values) {
      if (!sameShape(shape, other.shape))
        throw new ShapeError('stack: a tensor', other.shape, `[${shape}], the shape of the first`)
      if (type !== other.type)
        throw new DataError(`stack: tensors of dtype ${type} and ${other.type} cannot be stacked.`)
    }
    return concat(
      values.map((value) => expandDims(value, at)),
      at,
    )
  }),
  kernel<{ axis: number }>('Unpack', ({ value }, { axis }) => unpack(value, axis)),
  kernel<{ numOrSizeSplits: number | number[]; axis: number }>('SplitV', ({ x }, { numOrSizeSplits, axis }) => {
    const at = normalize(axis, x.shape.length)
    return split(x, tf.backend_util.prepareSplitSize({ shape: [...x.shape] } as tf.Tensor, numOrSizeSplits, at), at)
  }),
  kernel<{ begin: number | number[]; size: number | number[] }>('Slice', ({ x }, { begin, size }) => {
    const tensor = { shape: [...x.shape], rank: x.shape.length } as tf.Tensor
    const [from, extent] = tf.slice_util.parseSliceParams(tensor, begin, size)
    tf.slice_util.assertParamsValid(tensor, from, extent)
    // Where a slice starts changes from batch to batch; its size does not.
    return slice(x, from, extent, changingIntegers)
  }),
  kernel<StridedSlice>('StridedSlice', ({ x }, attributes) => stridedSliceKernel(x, attributes)),
  kernel<{ paddings: [number, number][]; constantValue: number }>('PadV2', ({ x }, { paddings, constantValue }) =>
    pad(x, paddings, 'constant', constantValue),
  ),
  kernel<{ paddings: [number, number][]; mode: 'reflect' | 'symmetric' }>('MirrorPad', ({ x }, { paddings, mode }) =>
    pad(x, paddings, mode),
  ),
  kernel<{ reps: number[] }>('Tile', ({ x }, { reps }) => {
    const shape = [...Array(reps.length - x.shape.length).fill(1), ...x.shape]
    return tile(reshape(x, shape), [...Array(shape.length - reps.length).fill(1), ...reps])
  }),
  kernel<{ dims: number | number[] }>('Reverse', ({ x }, { dims }) =>
    reverse(x, tf.util.parseAxisParam(dims, [...x.shape])),
  ),
  kernel<{ k: number; sorted: boolean }>('TopK', ({ x }, { k }) => {
    const { values, indices } = topK(x, k, { largest: true })
    return [values, cast(indices, 'int32')]
  }),
  kernel<{ axis: number; exclusive: boolean; reverse: boolean }>('Cumsum', ({ x }, { axis, exclusive, reverse }) =>
    cumulativeSum(x.type === 'bool' ? cast(x, 'int32') : x, normalize(axis, x.shape.length), { exclusive, reverse }),
  ),
  kernel<{ blockShape: number[]; paddings: number[][] }>('SpaceToBatchND', ({ x }, { blockShape, paddings }) =>
    spaceToBatch(x, blockShape, paddings),
  ),
  kernel<{ blockShape: number[]; crops: number[][] }>('BatchToSpaceND', ({ x }, { blockShape, crops }) =>
    batchToSpace(x, blockShape, crops),
  ),
  kernel<{ blockSize: number; dataFormat: string }>('DepthToSpace', ({ x }, { blockSize, dataFormat }) =>
    depthToSpace(x, blockSize, dataFormat),
  ),
]
