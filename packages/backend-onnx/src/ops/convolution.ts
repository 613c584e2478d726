import type { tf } from '@dc/core'
import { integers, node, type Value } from '../graph/value'
import { matMul } from './matmul'
import { sum } from './reduce'
import { concat, gather, pad, reshape, slice, stridedSlice, transpose } from './structure'

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

/** tfjs's filter `[height, width, in, out]` as ONNX's `[out, in, height, width]`. `rewrite-convolutions` knows both of these. */
function filterToOnnx(filter: Value): Value {
  const [height, width, inputs, outputs] = filter.shape
  const positions = reshape(filter, [height * width, inputs, outputs])
  return reshape(transpose(positions, [2, 1, 0]), [outputs, inputs, height, width])
}

/** The filter turned by half a turn, `[in, out, height, width]`: what the gradient for the input convolves with. */
function turnedFilter(filter: Value): Value {
  const [height, width, inputs, outputs] = filter.shape
  const backwards = integers(Array.from({ length: height * width }, (_, i) => height * width - 1 - i))
  const positions = gather(reshape(filter, [height * width, inputs, outputs]), backwards, 0)
  return reshape(transpose(positions, [1, 2, 0]), [inputs, outputs, height, width])
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
 * Gradient of {@link conv2d} for its input. With stride 1 it is another convolution, by the turned filter with its channels
 * swapped, which takes half the time of `ConvTranspose`. Otherwise it is `ConvTranspose`.
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

/** Gradient of {@link conv2d} for its filter, HWIO: another convolution, or if the filter is one pixel a product. */
export function conv2dFilterGradient(x: Value, dy: Value, info: ConvInfo): Value {
  // Channels come first, so that a matrix is channels × pixels.
  const gradients = transpose(dy, [1, 0, 2, 3])
  if (info.filterHeight * info.filterWidth > 1) return gradientAsConvolution(x, gradients, info)
  const [pixels] = windowSlices(transpose(x, [1, 0, 2, 3]), info)
  return reshape(matMul(rows(pixels), rows(gradients), { b: true }), [1, 1, info.inChannels, info.outChannels])
}

const rows = (x: Value): Value => reshape(x, [x.shape[0], x.size / x.shape[0]])

/**
 * `∂w[k, l, i, o] = Σ x[n, h + k, w + l, i] dy[n, h, w, o]` as one convolution of a single image, which ONNX Runtime runs on
 * all cores without copies made ahead.
 *
 * The images n are the channels that it sums over, the pixels (h, w) the positions of its filter, which is `dy`. A row of
 * the image has all channels of all its pixels: those that the filter reads are a whole pixel apart, and from one result to
 * the next it moves on by a channel i, after the last of them by a pixel l.
 *
 * @param gradients `dy` with its channels first of all
 */
function gradientAsConvolution(x: Value, gradients: Value, info: ConvInfo): Value {
  const { filterHeight, filterWidth, inChannels, outChannels, batchSize, outHeight, outWidth, padInfo } = info
  // With strides some rows and columns at the end may be left that no window reached.
  const height = (outHeight - 1) * info.strideHeight + filterHeight
  const width = (outWidth - 1) * info.strideWidth + filterWidth
  const [seenHeight, seenWidth] = [
    Math.min(info.inHeight, height - padInfo.top),
    Math.min(info.inWidth, width - padInfo.left),
  ]
  const seen = slice(x, [0, 0, 0, 0], [batchSize, inChannels, seenHeight, seenWidth])
  const image = reshape(transpose(seen, [0, 2, 3, 1]), [1, batchSize, seenHeight, seenWidth * inChannels])
  const shape = [1, outChannels, filterHeight, filterWidth * inChannels]
  const gradient = node('Conv', [image, gradients], x.type, shape, {
    kernel_shape: [outHeight, outWidth],
    dilations: [info.strideHeight, info.strideWidth * inChannels],
    pads: [
      padInfo.top,
      padInfo.left * inChannels,
      height - padInfo.top - seenHeight,
      (width - padInfo.left - seenWidth) * inChannels,
    ],
  })
  const turned = transpose(reshape(gradient, [outChannels, filterHeight * filterWidth * inChannels]), [1, 0])
  return reshape(turned, [filterHeight, filterWidth, inChannels, outChannels])
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
