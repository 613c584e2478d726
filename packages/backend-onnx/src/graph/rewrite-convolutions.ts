import { pad, reshape, transpose } from '../ops/structure'
import { blockedDomain } from '../runtime/channel-block'
import type { Rule } from './rule'
import { type Node, node, type Value } from './value'

/**
 * Chooses how convolutions run: by ONNX Runtime's kernels for blocked channels where they suit, else as recorded, with the
 * filter transposed in cheap steps.
 *
 * The blocked kernels read the image where it lies; the others first copy every pixel as often as the filter sees it. ONNX
 * Runtime takes them by itself only where the filter is a constant, which in training it is not.
 */
export const lowerConvolutions: Rule = (candidate, { channelBlock }) => {
  if (candidate.op !== 'Conv' && candidate.op !== 'ConvTranspose') return null
  const filter = recordedFilter(candidate.inputs[1])
  if (filter === null) return null
  const block = candidate.op === 'Conv' ? channelBlock() : null
  if (block !== null && suitsBlocks(candidate, block)) return blockedConvolution(candidate, filter, block)
  const { op, inputs, outputs, attributes } = candidate
  return node(op, [inputs[0], filterInSteps(filter)], outputs[0].type, outputs[0].shape, attributes)
}

/** tfjs's filter `[height · width, in, out]`, and how it is transposed: for the convolution, or for its input's gradient. */
interface RecordedFilter {
  readonly positions: Value
  readonly use: 'forward' | 'backward'
  /** The shape after it. */
  readonly shape: readonly number[]
}

const uses: Readonly<Record<string, RecordedFilter['use']>> = { '2,1,0': 'forward', '1,2,0': 'backward' }

function recordedFilter(filter: Value | null): RecordedFilter | null {
  const maker = filter?.node?.op === 'Reshape' ? filter.node.inputs[0]!.node : null
  const use = maker?.op === 'Transpose' ? uses[String(maker.attributes.perm)] : undefined
  return filter && use ? { positions: maker!.inputs[0]!, use, shape: filter.shape } : null
}

/** In steps that each move one axis, for which ONNX Runtime is ten times as fast as for the whole permutation. */
function filterInSteps({ positions, use, shape }: RecordedFilter): Value {
  const [count, inputs, outputs] = positions.shape
  if (use === 'backward') return reshape(transpose(reshape(positions, [count, inputs * outputs]), [1, 0]), shape)
  const outward = transpose(reshape(positions, [count * inputs, outputs]), [1, 0])
  return reshape(transpose(reshape(outward, [outputs, count, inputs]), [0, 2, 1]), shape)
}

/** Whether there are whole blocks of channels on both sides, and a filter of several pixels without gaps. */
function suitsBlocks({ inputs, outputs, attributes }: Node, block: number): boolean {
  const [channels, filters] = [inputs[0]!.shape[1], outputs[0].shape[1]]
  const [kernel, dilations] = [attributes.kernel_shape as readonly number[], attributes.dilations as readonly number[]]
  const plain = (attributes.group ?? 1) === 1 && dilations.every((step) => step === 1)
  return (
    plain &&
    outputs[0].type === 'float32' &&
    channels % block === 0 &&
    filters % block === 0 &&
    kernel.some((size) => size > 1)
  )
}

function blockedConvolution({ inputs, outputs, attributes }: Node, filter: RecordedFilter, block: number): Value {
  const x = inputs[0]!
  const weights = blockedFilter(filter, block)
  const strides = attributes.strides as readonly number[] | undefined
  const narrow = outputs[0].shape[3] < pixelsAtOnce && x.shape[0] % imagesInRow === 0
  if (narrow && (strides ?? [1, 1]).every((step) => step === 1)) return inRows(x, weights, outputs[0].shape, attributes)
  return convolve(x, weights, outputs[0].shape, attributes)
}

/** A convolution of NCHW images by the blocked kernel. */
function convolve(x: Value, filter: Value, shape: readonly number[], attributes: Node['attributes']): Value {
  const image = node('ReorderInput', [x], x.type, x.shape, {}, blockedDomain)
  const result = node('Conv', [image, filter], x.type, shape, attributes, blockedDomain)
  return node('ReorderOutput', [result], x.type, shape, { channels: shape[1] }, blockedDomain)
}

/** The blocked kernel computes so many pixels of a row together. */
const pixelsAtOnce = 6
/** Images that share their rows where these are short. */
const imagesInRow = 8

/**
 * A convolution of narrow images, eight of them woven into one: pixel w of image i is pixel `8 w + i` of its row, and the
 * filter takes every eighth pixel. Such rows are long enough for the kernel, which then reads the filter once for eight images.
 */
function inRows(x: Value, filter: Value, shape: readonly number[], attributes: Node['attributes']): Value {
  const count = imagesInRow
  const [batch, channels, height, width] = x.shape
  const [top, left, bottom, right] = attributes.pads as readonly number[]
  const together = transpose(reshape(x, [batch / count, count, channels * height * width]), [0, 2, 1])
  const sides: [number, number] = [left * count, right * count]
  const image = pad(
    reshape(together, [batch / count, channels, height, width * count]),
    [[0, 0], [0, 0], [0, 0], sides],
    'constant',
  )
  const [, filters, outHeight, outWidth] = shape
  const result = convolve(image, filter, [batch / count, filters, outHeight, outWidth * count], {
    ...attributes,
    dilations: [1, count],
    pads: [top, 0, bottom, 0],
  })
  const apart = transpose(reshape(result, [batch / count, filters * outHeight * outWidth, count]), [0, 2, 1])
  return reshape(apart, shape)
}

const blockedFilters = new WeakMap<Value, Map<string, Value>>()

/** The filter as `[out / b, in / b, position, b in, b out]`, once for all that read it. */
function blockedFilter(filter: RecordedFilter, block: number): Value {
  const known = blockedFilters.get(filter.positions) ?? new Map<string, Value>()
  blockedFilters.set(filter.positions, known)
  const value = known.get(filter.use) ?? arrangeFilter(filter, block)
  known.set(filter.use, value)
  return value
}

/**
 * The filter in blocks, by the operator that blocks the channels of images. The filter is shown to it as images whose channels are
 * what has to lie innermost: its outputs `[position, 1, in, out]` forward, its inputs `[position · in / b, b, 1, out]` backward.
 */
function arrangeFilter({ positions, use, shape }: RecordedFilter, block: number): Value {
  const [count, inputs, outputs] = positions.shape
  const forward = use === 'forward'
  const images = forward ? [count, 1, inputs, outputs] : [(count * inputs) / block, block, 1, outputs]
  const shapeOfBlocks = forward ? [count, outputs, 1, inputs] : images
  const attributes = { channels_last: forward ? 1 : 0 }
  const [value, type] = [reshape(positions, images), positions.type]
  const blocked = node('ReorderInput', [value], type, shapeOfBlocks, attributes, blockedDomain)
  const blocks = reshape(blocked, [count, shape[0] / block, shape[1] / block, block * block])
  return reshape(transpose(blocks, [1, 2, 0, 3]), shape)
}
