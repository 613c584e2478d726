import type { tf } from '@dc/core'
import { node, sizeOf, type Value } from '../graph/value'
import { matMul } from './matmul'
import { sum } from './reduce'
import { concat, pad, reshape, reverse, slice, stridedSlice, transpose } from './structure'

/** What tfjs works out about a two-dimensional convolution. */
export type ConvInfo = tf.backend_util.Conv2DInfo

// Inside the graph images are NCHW, as ONNX has them; tfjs's NHWC exists only at the edges. See `rewrite-layout`.

/** NHWC to NCHW, unless the images are NCHW already. */
export const toChannelsFirst = (x: Value, info: ConvInfo): Value =>
  info.dataFormat === 'channelsLast' ? transpose(x, [0, 3, 1, 2]) : x

/** NCHW back to the format of the convolution. */
export const fromChannelsFirst = (x: Value, info: ConvInfo): Value =>
  info.dataFormat === 'channelsLast' ? transpose(x, [0, 2, 3, 1]) : x

/** Padding in ONNX's order: all beginnings, then all ends. */
const pads = ({ padInfo: { top, left, bottom, right } }: ConvInfo): number[] => [top, left, bottom, right]

/**
 * tfjs's filter `[height, width, in, out]` as ONNX's `[out, in, height, width]`: in two steps that each move one axis,
 * for which ONNX Runtime is ten times as fast as for the whole permutation.
 */
function filterToOnnx(filter: Value): Value {
  const [height, width, inputs, outputs] = filter.shape
  const outward = transpose(reshape(filter, [height * width * inputs, outputs]), [1, 0])
  const inward = transpose(reshape(outward, [outputs, height * width, inputs]), [0, 2, 1])
  return reshape(inward, [outputs, inputs, height, width])
}

/** The filter turned by half a turn, `[in, out, height, width]`: what the gradient for the input convolves with. */
function turnedFilter(filter: Value): Value {
  const [height, width, inputs, outputs] = filter.shape
  const positions = reverse(reshape(filter, [height * width, inputs * outputs]), [0])
  return reshape(transpose(positions, [1, 0]), [inputs, outputs, height, width])
}

/** Images NCHW, filter HWIO, result NCHW. */
export function conv2d(x: Value, filter: Value, info: ConvInfo): Value {
  const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth]
  return node('Conv', [x, filterToOnnx(filter)], x.type, shape, {
    kernel_shape: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    pads: pads(info),
    group: groupsOf(filter, info),
  })
}

/** Grouped convolution: the filter sees only a share of the channels. */
const groupsOf = (filter: Value, info: ConvInfo): number => info.inChannels / filter.shape[2]

/**
 * Gradient of {@link conv2d} for its input: with stride 1 another convolution, by the turned filter with its channels
 * swapped (half as much time as `ConvTranspose`); else `ConvTranspose`.
 */
export function conv2dInputGradient(dy: Value, filter: Value, info: ConvInfo): Value {
  const { batchSize, inChannels, inHeight, inWidth, filterHeight, filterWidth, padInfo } = info
  const shape = [batchSize, inChannels, inHeight, inWidth]
  const [reachHeight, reachWidth] = [(filterHeight - 1) * info.dilationHeight, (filterWidth - 1) * info.dilationWidth]
  if (info.strideHeight === 1 && info.strideWidth === 1 && groupsOf(filter, info) === 1) {
    return node('Conv', [dy, turnedFilter(filter)], dy.type, shape, {
      kernel_shape: [filterHeight, filterWidth],
      dilations: [info.dilationHeight, info.dilationWidth],
      pads: [
        reachHeight - padInfo.top,
        reachWidth - padInfo.left,
        reachHeight - padInfo.bottom,
        reachWidth - padInfo.right,
      ],
    })
  }
  return convTranspose(dy, filterToOnnx(filter), info, groupsOf(filter, info))
}

/** Spreads `dy` over the input by a filter `[out, in / groups, height, width]`; the adjoint of a strided convolution. */
export function convTranspose(dy: Value, filter: Value, info: ConvInfo, group: number): Value {
  const { padInfo, strideHeight, strideWidth } = info
  const reachHeight = (info.filterHeight - 1) * info.dilationHeight
  const reachWidth = (info.filterWidth - 1) * info.dilationWidth
  // Rows and columns that no window reached have no gradient.
  const extraHeight =
    info.inHeight - ((info.outHeight - 1) * strideHeight + reachHeight + 1 - padInfo.top - padInfo.bottom)
  const extraWidth = info.inWidth - ((info.outWidth - 1) * strideWidth + reachWidth + 1 - padInfo.left - padInfo.right)
  return node('ConvTranspose', [dy, filter], dy.type, [info.batchSize, info.inChannels, info.inHeight, info.inWidth], {
    kernel_shape: [info.filterHeight, info.filterWidth],
    strides: [strideHeight, strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    pads: pads(info),
    output_padding: [extraHeight, extraWidth],
    group,
  })
}

/**
 * Gradient of {@link conv2d} for its filter, HWIO: for each position of the filter one product of the image, shifted,
 * with `dy`, over all pixels of all images.
 */
export function conv2dFilterGradient(x: Value, dy: Value, info: ConvInfo): Value {
  const { filterHeight, filterWidth, inChannels, outChannels } = info
  // Channels first of all, so that a matrix is channels × pixels.
  const [images, gradients] = [transpose(x, [1, 0, 2, 3]), transpose(dy, [1, 0, 2, 3])]
  const shifted = isPlain(info) ? shiftedPairs(images, gradients, info) : stridedPairs(images, gradients, info)
  const products = shifted.map(([image, gradient]) =>
    reshape(matMul(rows(image), rows(gradient), { b: true }), [1, inChannels, outChannels]),
  )
  return reshape(concat(products, 0), [filterHeight, filterWidth, inChannels, outChannels])
}

const rows = (x: Value): Value => reshape(x, [x.shape[0], x.size / x.shape[0]])

const isPlain = (info: ConvInfo): boolean =>
  [info.strideHeight, info.strideWidth, info.dilationHeight, info.dilationWidth].every((step) => step === 1)

/**
 * Image and gradient for every filter position, by shifting images sideways and gradients up and down: for a 3 × 3
 * filter six copies instead of nine.
 */
function shiftedPairs(images: Value, gradients: Value, info: ConvInfo): [Value, Value][] {
  const { filterHeight, filterWidth, padInfo, inHeight, inWidth, outHeight, outWidth } = info
  if (
    filterHeight === 1 &&
    filterWidth === 1 &&
    sizeOf(pads(info)) === 0 &&
    outHeight === inHeight &&
    outWidth === inWidth
  )
    return [[images, gradients]]
  // Gradient row h meets image row h + i − top: both as rows of a frame that holds all of them.
  const frame = Math.max(inHeight, outHeight + filterHeight - 1)
  const sideways = Array.from({ length: filterWidth }, (_, j) => {
    const left = padInfo.left - j
    return crop(images, [padInfo.top, frame - padInfo.top - inHeight], [left, outWidth - left - inWidth])
  })
  const upright = Array.from({ length: filterHeight }, (_, i) => crop(gradients, [i, frame - i - outHeight], [0, 0]))
  return upright.flatMap((gradient) => sideways.map((image): [Value, Value] => [image, gradient]))
}

/** Pads rows and columns, or cuts them off where negative. */
function crop(x: Value, [top, bottom]: [number, number], [left, right]: [number, number]): Value {
  const padded = pad(
    x,
    [
      [0, 0],
      [0, 0],
      [Math.max(top, 0), Math.max(bottom, 0)],
      [Math.max(left, 0), Math.max(right, 0)],
    ],
    'constant',
  )
  const begin = [0, 0, Math.max(-top, 0), Math.max(-left, 0)]
  return slice(padded, begin, [x.shape[0], x.shape[1], x.shape[2] + top + bottom, x.shape[3] + left + right])
}

/** Image and gradient for every filter position of a convolution with strides or dilations. */
function stridedPairs(images: Value, gradients: Value, info: ConvInfo): [Value, Value][] {
  return windowSlices(images, info).map((image): [Value, Value] => [image, gradients])
}

/** For each filter position the pixels that it meets, one for each pixel of the output. */
export function windowSlices(images: Value, info: ConvInfo): Value[] {
  const { padInfo, outHeight, outWidth, strideHeight, strideWidth } = info
  const padded = pad(
    images,
    [
      [0, 0],
      [0, 0],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
    ],
    'constant',
  )
  const [first, second] = images.shape
  return Array.from({ length: info.filterHeight * info.filterWidth }, (_, position) => {
    const row = Math.floor(position / info.filterWidth) * info.dilationHeight
    const column = (position % info.filterWidth) * info.dilationWidth
    const end = [row + (outHeight - 1) * strideHeight + 1, column + (outWidth - 1) * strideWidth + 1]
    const shape = [first, second, outHeight, outWidth]
    return stridedSlice(padded, [0, 0, row, column], [first, second, ...end], [1, 1, strideHeight, strideWidth], shape)
  })
}

/** Depthwise filter `[height, width, in, multiplier]` as ONNX's grouped `[in · multiplier, 1, height, width]`. */
export function depthwiseFilter(filter: Value): Value {
  const [height, width, channels, multiplier] = filter.shape
  return reshape(transpose(filter, [2, 3, 0, 1]), [channels * multiplier, 1, height, width])
}

/** Every channel by its own filters, NCHW. */
export function depthwiseConv2d(x: Value, filter: Value, info: ConvInfo): Value {
  const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth]
  return node('Conv', [x, depthwiseFilter(filter)], x.type, shape, {
    kernel_shape: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    pads: pads(info),
    group: info.inChannels,
  })
}

/** Gradient of {@link depthwiseConv2d} for its filter. */
export function depthwiseFilterGradient(x: Value, dy: Value, info: ConvInfo): Value {
  const multiplier = info.outChannels / info.inChannels
  const split = [info.batchSize, info.inChannels, multiplier, info.outHeight, info.outWidth]
  const gradient = reshape(dy, split)
  const sums = windowSlices(x, info).map((window) => {
    const image = reshape(window, [info.batchSize, info.inChannels, 1, info.outHeight, info.outWidth])
    const product = node('Mul', [image, gradient], x.type, split)
    return reshape(sum(product, [0, 3, 4]), [1, info.inChannels, multiplier])
  })
  return reshape(concat(sums, 0), [info.filterHeight, info.filterWidth, info.inChannels, multiplier])
}
