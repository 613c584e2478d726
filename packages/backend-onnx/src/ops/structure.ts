import { filled, integer, integers, node, nodes, sameShape, sizeOf, type Value } from '../graph/value'
import { expand } from './elementwise'

export { expand }

/** The same elements in another shape. */
export const reshape = (value: Value, shape: readonly number[]): Value => value.withShape(shape)

/** Reorders axes. */
export function transpose(value: Value, permutation: readonly number[]): Value {
  const shape = permutation.map((axis) => value.shape[axis])
  if (value.fill !== null) return filled(value.type, shape, value.fill)
  if (permutation.every((axis, i) => axis === i)) return value
  // Moving only axes of size 1 moves no element.
  const moved = permutation.filter((axis) => value.shape[axis] !== 1)
  if (moved.every((axis, i) => i === 0 || moved[i - 1] < axis)) return reshape(value, shape)
  return node('Transpose', [value], value.type, shape, { perm: permutation })
}

/** Swaps the last two axes. */
export function transposeMatrix(value: Value): Value {
  const rank = value.shape.length
  return transpose(value, [...Array(rank - 2).keys(), rank - 1, rank - 2])
}

/** Joins values along an axis. Parts without elements are left out: ONNX Runtime does not take them everywhere. */
export function concat(values: readonly Value[], axis: number): Value {
  const shape = [...values[0].shape]
  shape[axis] = values.reduce((sum, value) => sum + value.shape[axis], 0)
  const parts = values.filter((value) => value.size > 0)
  if (parts.length === 1) return reshape(parts[0], shape)
  if (parts.length > 1 && parts.every((part) => part.fill !== null && part.fill === parts[0].fill))
    return filled(values[0].type, shape, parts[0].fill!)
  return node('Concat', parts, values[0].type, shape, { axis })
}

/** How the start of a slice enters the model: `integers` if it is always the same there, else `changingIntegers`. */
type Vector = (values: readonly number[]) => Value

/** Takes `size` elements from `begin` along every axis. */
export function slice(
  value: Value,
  begin: readonly number[],
  size: readonly number[],
  vector: Vector = integers,
): Value {
  if (sameShape(value.shape, size)) return value
  if (value.fill !== null || sizeOf(size) === 0) return filled(value.type, size, value.fill ?? 0)
  const axes = value.shape.map((_, i) => i).filter((i) => value.shape[i] !== size[i])
  const starts = axes.map((i) => begin[i])
  const ends = axes.map((i) => begin[i] + size[i])
  return node('Slice', [value, vector(starts), vector(ends), integers(axes)], value.type, size)
}

/** Every `strides[i]`-th element from `begin` towards `end`; negative strides walk backwards. */
export function stridedSlice(
  value: Value,
  begin: readonly number[],
  end: readonly number[],
  strides: readonly number[],
  shape: readonly number[],
  vector: Vector = integers,
): Value {
  if (value.fill !== null || sizeOf(shape) === 0) return filled(value.type, shape, value.fill ?? 0)
  // ONNX counts negative ends from the back: one before the first element is "as far as it goes".
  const ends = end.map((e) => (e < 0 ? Number.MIN_SAFE_INTEGER : e))
  const axes = value.shape.map((_, i) => i)
  return node('Slice', [value, vector(begin), vector(ends), integers(axes), integers(strides)], value.type, shape)
}

/** Reverses the order along some axes. */
export function reverse(value: Value, axes: readonly number[]): Value {
  const all = value.shape.map((_, i) => i)
  return stridedSlice(
    value,
    all.map((i) => (axes.includes(i) ? value.shape[i] - 1 : 0)),
    all.map((i) => (axes.includes(i) ? -1 : value.shape[i])),
    all.map((i) => (axes.includes(i) ? -1 : 1)),
    value.shape,
  )
}

/** Adds elements before and after each axis. */
export function pad(
  value: Value,
  paddings: readonly (readonly [number, number])[],
  mode: 'constant' | 'reflect' | 'symmetric',
  number = 0,
): Value {
  const shape = value.shape.map((d, i) => d + paddings[i][0] + paddings[i][1])
  if (paddings.every(([before, after]) => before === 0 && after === 0)) return value
  if (value.size === 0 || (value.fill !== null && (mode !== 'constant' || value.fill === number)))
    return filled(value.type, shape, value.size === 0 ? number : value.fill!)
  if (mode === 'symmetric') return symmetricPad(value, paddings)
  const pads = integers([...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)])
  return node('Pad', [value, pads, mode === 'constant' ? filled(value.type, [], number) : null], value.type, shape, {
    mode,
  })
}

/** Mirrors including the border, axis by axis: ONNX has only the mirror without the border. */
function symmetricPad(value: Value, paddings: readonly (readonly [number, number])[]): Value {
  return paddings.reduce((padded, [before, after], axis) => {
    const size = padded.shape[axis]
    const part = (from: number, count: number) => {
      const begin = padded.shape.map((_, i) => (i === axis ? from : 0))
      return slice(
        padded,
        begin,
        padded.shape.map((d, i) => (i === axis ? count : d)),
      )
    }
    const parts = [padded]
    if (before > 0) parts.unshift(reverse(part(0, before), [axis]))
    if (after > 0) parts.push(reverse(part(size - after, after), [axis]))
    return parts.length === 1 ? padded : concat(parts, axis)
  }, value)
}

/** Repeats the value along each axis. */
export function tile(value: Value, repeats: readonly number[]): Value {
  const shape = value.shape.map((d, i) => d * repeats[i])
  if (value.fill !== null) return filled(value.type, shape, value.fill)
  if (repeats.every((r) => r === 1)) return value
  return node('Tile', [value, integers(repeats)], value.type, shape)
}

/** Picks slices along an axis by an index tensor of any shape. */
export function gather(value: Value, indices: Value, axis: number): Value {
  const shape = [...value.shape.slice(0, axis), ...indices.shape, ...value.shape.slice(axis + 1)]
  if (value.fill !== null) return filled(value.type, shape, value.fill)
  return node('Gather', [value, indices], value.type, shape, { axis })
}

/** A shader of WebGPU binds 8 buffers on every device: what is split, and the parts. */
const mostParts = 7

/** Splits along an axis; into many parts by groups of parts. */
export function split(value: Value, sizes: readonly number[], axis: number): Value[] {
  const shapes = sizes.map((size) => value.shape.map((d, i) => (i === axis ? size : d)))
  if (value.fill !== null || shapes.some((shape) => sizeOf(shape) === 0)) {
    let from = 0
    return shapes.map((shape) => {
      const begin = value.shape.map((_, i) => (i === axis ? from : 0))
      from += shape[axis]
      return slice(value, begin, shape)
    })
  }
  if (sizes.length === 1) return [value]
  if (sizes.length > mostParts) {
    const length = Math.ceil(sizes.length / mostParts)
    const groups = Array.from({ length: Math.ceil(sizes.length / length) }, (_, group) =>
      sizes.slice(group * length, (group + 1) * length),
    )
    const wholes = groups.map((group) => group.reduce((sum, size) => sum + size, 0))
    return split(value, wholes, axis).flatMap((whole, group) => split(whole, groups[group], axis))
  }
  const outputs = shapes.map((shape) => ({ type: value.type, shape }))
  return nodes('Split', [value, integers(sizes)], outputs, { axis })
}

/** The `k` largest or smallest along the last axis with their int64 indices, in order. */
export function topK(value: Value, k: number, options: { largest: boolean }): { values: Value; indices: Value } {
  const shape = [...value.shape.slice(0, -1), k]
  if (sizeOf(shape) === 0) return { values: filled(value.type, shape, 0), indices: filled('int64', shape, 0) }
  const [values, indices] = nodes(
    'TopK',
    [value, integers([k])],
    [
      { type: value.type, shape },
      { type: 'int64', shape },
    ],
    { axis: -1, largest: options.largest ? 1 : 0, sorted: 1 },
  )
  return { values, indices }
}

/** Running sum along an axis. */
export function cumulativeSum(value: Value, axis: number, options: { exclusive: boolean; reverse: boolean }): Value {
  const flags = { exclusive: options.exclusive ? 1 : 0, reverse: options.reverse ? 1 : 0 }
  return node('CumSum', [value, integer(axis)], value.type, value.shape, flags)
}
