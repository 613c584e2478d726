import { tf } from '@dc/core'
import type { Value } from '../graph/value'
import {
  type ConvInfo,
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  convTranspose,
  depthwiseConv2d,
  depthwiseFilter,
  depthwiseFilterGradient,
  fromChannelsFirst,
  toChannelsFirst,
} from '../ops/convolution'
import { add } from '../ops/elementwise'
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from '../ops/pooling'
import { cpuKernel } from './cpu-fallback'
import { type Inputs, type Kernel, kernel } from './kernel'
import { type Activation, activate } from './matmul'

type Sides = [number, number] | number
interface Convolution {
  strides: Sides
  dilations?: Sides | null
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding
  dataFormat?: 'NHWC' | 'NCHW'
  dimRoundingMode?: 'floor' | 'round' | 'ceil'
}
type Shape4 = [number, number, number, number]

function convInfo(
  inShape: readonly number[],
  filter: readonly number[],
  attributes: Convolution,
  depthwise = false,
): ConvInfo {
  const { strides, dilations, pad, dataFormat = 'NHWC', dimRoundingMode } = attributes
  return tf.backend_util.computeConv2DInfo(
    inShape as Shape4,
    filter as Shape4,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    depthwise,
    tf.backend_util.convertConv2DDataFormat(dataFormat),
  )
}

interface Pool {
  filterSize: Sides
  strides: Sides
  pad: Convolution['pad']
  dimRoundingMode?: Convolution['dimRoundingMode']
}
function poolInfo(x: Value, { filterSize, strides, pad, dimRoundingMode }: Pool): ConvInfo {
  return tf.backend_util.computePool2DInfo(x.shape as Shape4, filterSize, strides, 1, pad, dimRoundingMode)
}

/** A kernel of pooling. ONNX Runtime takes no padding as wide as the window: that is left to the CPU. */
function pool(name: string, record: (inputs: Inputs, attributes: Pool) => Value): Kernel {
  const native = kernel<Pool>(name, record)
  const other = cpuKernel(name)
  return {
    name,
    run(call) {
      const { filterSize, pad } = call.attrs as Pool
      const [smallest] = [filterSize].flat().sort((a, b) => a - b)
      const widest = typeof pad === 'string' ? 0 : Math.max(...[pad].flat(2))
      return (widest < smallest ? native : other).run(call)
    },
  }
}

/** A fused kernel: bias, then activation, both on NCHW. */
function fused(y: Value, { bias, preluActivationWeights }: Inputs, attributes: Activation, info: ConvInfo): Value {
  const biased = bias ? add(y, besideChannelsFirst(bias, info)) : y
  const weights = preluActivationWeights && besideChannelsFirst(preluActivationWeights, info)
  return fromChannelsFirst(activate(biased, attributes, weights), info)
}

/** Numbers that come one per channel, or as images of their own, in a shape that broadcasts beside NCHW. */
function besideChannelsFirst(weights: Value, info: ConvInfo): Value {
  if (weights.shape.length <= 1) return weights.withShape(weights.size === 1 ? [] : [weights.size, 1, 1])
  const shape = [...Array(4 - weights.shape.length).fill(1), ...weights.shape]
  return toChannelsFirst(weights.withShape(shape), info)
}

interface InputGradient extends Convolution {
  inputShape: Shape4
}
interface FilterGradient extends Convolution {
  filterShape: Shape4
}

export const convolutionKernels: readonly Kernel[] = [
  kernel<Convolution>('Conv2D', ({ x, filter }, attributes) => {
    const info = convInfo(x.shape, filter.shape, attributes)
    return fromChannelsFirst(conv2d(toChannelsFirst(x, info), filter, info), info)
  }),
  kernel<Convolution & Activation>('FusedConv2D', (inputs, attributes) => {
    const { x, filter } = inputs
    const info = convInfo(x.shape, filter.shape, attributes)
    return fused(conv2d(toChannelsFirst(x, info), filter, info), inputs, attributes, info)
  }),
  kernel<InputGradient>('Conv2DBackpropInput', ({ dy, filter }, attributes) => {
    const info = convInfo(attributes.inputShape, filter.shape, attributes)
    return fromChannelsFirst(conv2dInputGradient(toChannelsFirst(dy, info), filter, info), info)
  }),
  kernel<FilterGradient>('Conv2DBackpropFilter', ({ x, dy }, attributes) => {
    const info = convInfo(x.shape, attributes.filterShape, attributes)
    return conv2dFilterGradient(toChannelsFirst(x, info), toChannelsFirst(dy, info), info)
  }),
  kernel<Convolution>('DepthwiseConv2dNative', ({ x, filter }, attributes) => {
    const info = convInfo(x.shape, filter.shape, attributes, true)
    return fromChannelsFirst(depthwiseConv2d(toChannelsFirst(x, info), filter, info), info)
  }),
  kernel<Convolution & Activation>('FusedDepthwiseConv2D', (inputs, attributes) => {
    const { x, filter } = inputs
    const info = convInfo(x.shape, filter.shape, attributes, true)
    return fused(depthwiseConv2d(toChannelsFirst(x, info), filter, info), inputs, attributes, info)
  }),
  kernel<InputGradient>('DepthwiseConv2dNativeBackpropInput', ({ dy, filter }, attributes) => {
    const info = convInfo(attributes.inputShape, filter.shape, attributes, true)
    const gradient = convTranspose(toChannelsFirst(dy, info), depthwiseFilter(filter), info, info.inChannels)
    return fromChannelsFirst(gradient, info)
  }),
  kernel<FilterGradient>('DepthwiseConv2dNativeBackpropFilter', ({ x, dy }, attributes) => {
    const info = convInfo(x.shape, attributes.filterShape, attributes, true)
    return depthwiseFilterGradient(toChannelsFirst(x, info), toChannelsFirst(dy, info), info)
  }),
  pool('MaxPool', ({ x }, attributes) => {
    const info = poolInfo(x, attributes)
    return fromChannelsFirst(maxPool(toChannelsFirst(x, info), info).values, info)
  }),
  pool('MaxPoolGrad', ({ dy, input }, attributes) => {
    const info = poolInfo(input, attributes)
    return fromChannelsFirst(maxPoolGradient(toChannelsFirst(dy, info), toChannelsFirst(input, info), info), info)
  }),
  pool('AvgPool', ({ x }, attributes) => {
    const info = poolInfo(x, attributes)
    return fromChannelsFirst(averagePool(toChannelsFirst(x, info), info), info)
  }),
  pool('AvgPoolGrad', ({ dy, input }, attributes) => {
    const info = poolInfo(input, attributes)
    return fromChannelsFirst(averagePoolGradient(toChannelsFirst(dy, info), info), info)
  }),
]
