import { filled, node, nodes, type Value } from '../graph/value'
import { type ConvInfo, convTranspose } from './convolution'
import { constantLike, divide, scalar } from './elementwise'
import { reshape } from './structure'

const attributesOf = (info: ConvInfo) => ({
  kernel_shape: [info.effectiveFilterHeight, info.effectiveFilterWidth],
  strides: [info.strideHeight, info.strideWidth],
  pads: [info.padInfo.top, info.padInfo.left, info.padInfo.bottom, info.padInfo.right],
})

const outputShape = (info: ConvInfo) => [info.batchSize, info.inChannels, info.outHeight, info.outWidth]

/** Largest of each window, NCHW, and where in the flattened input it stood, int64. */
export function maxPool(x: Value, info: ConvInfo): { values: Value; positions: Value } {
  const shape = outputShape(info)
  const dilations = [info.dilationHeight, info.dilationWidth]
  const attributes = { ...attributesOf(info), kernel_shape: [info.filterHeight, info.filterWidth], dilations }
  const outputs = [
    { type: x.type, shape },
    { type: 'int64' as const, shape },
  ]
  const [values, positions] = nodes('MaxPool', [x], outputs, attributes)
  return { values, positions }
}

/** Gradient of {@link maxPool}: every `dy` goes to where its window's largest stood. */
export function maxPoolGradient(dy: Value, x: Value, info: ConvInfo): Value {
  const { positions } = maxPool(x, info)
  const zeros = filled(dy.type, [x.size], 0)
  const rows = [reshape(positions, [dy.size, 1]), reshape(dy, [dy.size])]
  const flat = node('ScatterND', [zeros, ...rows], dy.type, [x.size], { reduction: 'add' })
  return reshape(flat, x.shape)
}

/** Mean of each window without its padding, NCHW. */
export function averagePool(x: Value, info: ConvInfo): Value {
  const dilations = [info.dilationHeight, info.dilationWidth]
  const attributes = { ...attributesOf(info), kernel_shape: [info.filterHeight, info.filterWidth], dilations }
  return node('AveragePool', [x], x.type, outputShape(info), { ...attributes, count_include_pad: 0 })
}

/** Gradient of {@link averagePool} as tfjs has it: every window's share is one over its whole size. */
export function averagePoolGradient(dy: Value, info: ConvInfo): Value {
  const { filterHeight, filterWidth, inChannels } = info
  const ones = constantLike(dy.type, [inChannels, 1, filterHeight, filterWidth], 1)
  return divide(convTranspose(dy, ones, info, inChannels), scalar(dy.type, filterHeight * filterWidth))
}
