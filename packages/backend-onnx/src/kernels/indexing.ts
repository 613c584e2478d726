import { tf } from '@dc/core'
import { filled, node, sizeOf, type Value } from '../graph/value'
import { add, and, cast, greaterEqual, less, multiply, scalar, where } from '../ops/elementwise'
import { expand, gather, reshape, slice, transpose } from '../ops/structure'
import { iota } from './creation'
import { type Kernel, kernel } from './kernel'

/** Adds updates into zeros, or writes them over a base, at index vectors; equal indices add up. */
export function scatter(base: Value, indices: Value, updates: Value, reduction: 'add' | 'none'): Value {
  if (updates.size === 0) return base
  if (base.type === 'bool')
    return cast(scatter(cast(base, 'int32'), indices, cast(updates, 'int32'), reduction), 'bool')
  return node('ScatterND', [base, cast(indices, 'int64'), updates], base.type, base.shape, { reduction })
}

/**
 * Sums updates at index vectors into zeros of `shape`, or writes them over a base.
 * `indices` are rows of index vectors; a list of plain numbers stands for vectors of length 1.
 */
function scatterRows(base: Value, indices: Value, updates: Value, reduction: 'add' | 'none'): Value {
  const depth = indices.shape.length > 1 ? indices.shape[indices.shape.length - 1] : 1
  const rows = indices.size / depth
  const slices = reshape(updates, [rows, ...base.shape.slice(depth)])
  return scatter(base, reshape(indices, [rows, depth]), slices, reduction)
}

/** tfjs's gather: picks along `axis`; the first `batchDims` axes are walked together. */
function gatherBatched(x: Value, indices: Value, axis: number, batchDims: number): Value {
  if (batchDims === 0) return gather(x, indices, axis)
  const batchShape = x.shape.slice(0, batchDims)
  const batch = sizeOf(batchShape)
  const outer = sizeOf(x.shape.slice(batchDims, axis))
  const inner = sizeOf(x.shape.slice(axis + 1))
  const depth = x.shape[axis]
  const picked = indices.size / batch
  // One long axis of all batches' slices, so that an index is its batch's offset plus its own.
  const slices = transpose(reshape(x, [batch, outer, depth, inner]), [0, 2, 1, 3])
  const offsets = multiply(reshape(iota(batch), [batch, 1]), scalar('int32', depth))
  const flat = add(reshape(cast(indices, 'int32'), [batch, picked]), offsets)
  const taken = gather(reshape(slices, [batch * depth, outer, inner]), flat, 0)
  const shape = [...x.shape.slice(0, axis), ...indices.shape.slice(batchDims), ...x.shape.slice(axis + 1)]
  return reshape(transpose(taken, [0, 2, 1, 3]), shape)
}

function gatherNd(params: Value, indices: Value): Value {
  const depth = indices.shape[indices.shape.length - 1]
  const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(depth)]
  if (depth === 0) return expand(params, shape)
  if (params.fill !== null) return filled(params.type, shape, params.fill)
  return node('GatherND', [params, cast(indices, 'int64')], params.type, shape)
}

/** Sums rows by segment; rows with an id outside of `0 … numSegments − 1` are dropped. */
function segmentSum(x: Value, ids: Value, numSegments: number): Value {
  const inner = x.shape.slice(ids.shape.length)
  const count = ids.size
  const number = cast(ids, 'int32')
  const inside = and(greaterEqual(number, scalar('int32', 0)), less(number, scalar('int32', numSegments)))
  // Dropped rows go to one extra row behind the last.
  const target = where(inside, number, scalar('int32', numSegments))
  const rows = reshape(x, [count, ...inner])
  const sums = scatter(filled(x.type, [numSegments + 1, ...inner], 0), reshape(target, [count, 1]), rows, 'add')
  return slice(sums, Array(inner.length + 1).fill(0), [numSegments, ...inner])
}

/** How often each number occurs, or the sum of its weights. */
function bincount(x: Value, weights: Value, size: number): Value {
  const values = weights.size > 0 ? weights : filled('float32', x.shape, 1)
  return segmentSum(values, x, size)
}

export const indexingKernels: readonly Kernel[] = [
  kernel<{ axis: number; batchDims: number }>('GatherV2', ({ x, indices }, { axis, batchDims = 0 }) => {
    const at = tf.util.parseAxisParam(axis, [...x.shape])[0]
    // Checks the batch dimensions.
    tf.backend_util.segment_util.collectGatherOpShapeInfo(tensorLike(x), tensorLike(indices), at, batchDims)
    return gatherBatched(x, indices, at, batchDims)
  }),
  kernel('GatherNd', ({ params, indices }) => {
    tf.backend_util.prepareAndValidate(tensorLike(params), tensorLike(indices))
    return gatherNd(params, indices)
  }),
  kernel<{ shape: number[] }>('ScatterNd', ({ indices, updates }, { shape }) =>
    scatterRows(filled(updates.type, shape, 0), indices, updates, 'add'),
  ),
  kernel('TensorScatterUpdate', ({ tensor, indices, updates }) => scatterRows(tensor, indices, updates, 'none')),
  kernel<{ numSegments: number }>('UnsortedSegmentSum', ({ x, segmentIds }, { numSegments }) =>
    segmentSum(x, segmentIds, numSegments),
  ),
  kernel<{ size: number }>('Bincount', ({ x, weights }, { size }) => bincount(x, weights, size)),
]

/** What tfjs's checks of shapes read of a tensor. */
function tensorLike({ shape, type }: Value): tf.Tensor {
  return { shape: [...shape], rank: shape.length, size: sizeOf(shape), dtype: type } as unknown as tf.Tensor
}
