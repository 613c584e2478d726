import { expand } from '../ops/elementwise'
import { concat, reshape, transpose } from '../ops/structure'
import type { Rule } from './rule'
import { integers, type Node, node, sameShape, type Value } from './value'

/**
 * Moves transposes behind the operators that do not care about the order of axes, until two of them meet and cancel.
 *
 * Images are NHWC for tfjs and NCHW for ONNX, so every convolution is recorded between two transposes. Between two
 * convolutions stand a normalisation, an activation, a sum. With this rule all of them run on NCHW. Of a whole network's
 * transposes, those at its edges remain.
 */
export const sinkTransposes: Rule = (candidate) => {
  const { op } = candidate
  if (op === 'Transpose') return mergeTransposes(candidate)
  if (op === 'Reshape') return mergeReshapes(candidate)
  if (elementwiseOps.has(op)) return sinkThroughElementwise(candidate) ?? sinkRowsThroughElementwise(candidate)
  if (reductions.has(op)) return sinkThroughReduction(candidate) ?? sinkRowsThroughReduction(candidate)
  if (op === 'Concat') return sinkThroughConcat(candidate)
  return null
}

/** Operators that compute each element by itself. */
const elementwiseOps: ReadonlySet<string> = new Set(
  [
    'Abs Add And BitwiseAnd Cast Ceil Clip Cos Div Elu Equal Erf Exp Floor Greater GreaterOrEqual HardSigmoid',
    'IsInf IsNaN LeakyRelu Less LessOrEqual Log Max Min Mod Mul Neg Not Or Pow Reciprocal Relu Round Selu Sigmoid',
    'Sign Sin Softplus Sqrt Sub Tanh Where',
  ].flatMap((line) => line.split(' ')),
)
const reductions: ReadonlySet<string> = new Set(['ReduceSum', 'ReduceMax', 'ReduceMin', 'ReduceProd', 'ReduceMean'])

interface Transposed {
  readonly inner: Value
  readonly permutation: readonly number[]
}

function transposed(value: Value | null): Transposed | null {
  const maker = value?.node
  if (maker?.op !== 'Transpose') return null
  return { inner: maker.inputs[0]!, permutation: maker.attributes.perm as readonly number[] }
}

function inverse(permutation: readonly number[]): number[] {
  const result: number[] = []
  permutation.forEach((axis, i) => {
    result[axis] = i
  })
  return result
}

/** A transpose of a transpose becomes one, or none. Of an expanded value, the small one is transposed and then expanded. */
function mergeTransposes(candidate: Node): Value | null {
  const input = candidate.inputs[0]!
  const permutation = candidate.attributes.perm as readonly number[]
  const before = transposed(input)
  if (before)
    return transpose(
      before.inner,
      permutation.map((axis) => before.permutation[axis]),
    )
  if (input.node?.op !== 'Expand') return null
  const small = input.node.inputs[0]!
  return expand(transpose(fullRank(small, input.shape.length), permutation), candidate.outputs[0].shape)
}

function fullRank(value: Value, rank: number): Value {
  return reshape(value, [...Array(rank - value.shape.length).fill(1), ...value.shape])
}

function sinkThroughElementwise(candidate: Node): Value | null {
  const [output] = candidate.outputs
  const inputs = candidate.inputs as readonly Value[]
  const whole = (input: Value) => input.size === output.size && input.shape.length === output.shape.length
  const lead = inputs.map((input) => (whole(input) ? transposed(input) : null)).find((found) => found !== null)
  if (!lead) return null
  const back = inverse(lead.permutation)
  let saved = 0
  const moved = inputs.map((input) => {
    const own = transposed(input)
    if (own && whole(input) && sameShape(own.permutation, lead.permutation)) {
      saved++
      return own.inner
    }
    if (input.size === 1) return input
    const turned = transpose(fullRank(input, output.shape.length), back)
    if (turned.node?.op === 'Transpose' && whole(input)) saved--
    return turned
  })
  if (saved <= 0) return null
  const shape = back.map((axis) => output.shape[axis])
  const result = node(candidate.op, moved, output.type, shape, candidate.attributes, candidate.domain)
  return transpose(result, lead.permutation)
}

function sinkThroughReduction(candidate: Node): Value | null {
  const [input, axesValue] = candidate.inputs
  const found = transposed(input)
  if (!found || !axesValue?.data) return null
  const [output] = candidate.outputs
  const axes = Array.from(axesValue.data as BigInt64Array, (axis) => found.permutation[Number(axis)])
  const { inner, permutation } = found
  if (candidate.attributes.keepdims === 1) {
    const shape = inner.shape.map((d, i) => (axes.includes(i) ? 1 : d))
    const result = node(candidate.op, [inner, integers(axes)], output.type, shape, candidate.attributes)
    return transpose(result, permutation)
  }
  const left = inner.shape.map((_, i) => i).filter((i) => !axes.includes(i))
  const shape = left.map((i) => inner.shape[i])
  const result = node(candidate.op, [inner, integers(axes)], output.type, shape, candidate.attributes)
  const wanted = permutation.filter((axis) => !axes.includes(axis))
  return transpose(
    result,
    wanted.map((axis) => left.indexOf(axis)),
  )
}

/** A reshape of a reshape becomes one, or none. */
function mergeReshapes(candidate: Node): Value | null {
  const input = candidate.inputs[0]!
  return input.node?.op === 'Reshape' ? reshape(input.node.inputs[0]!, candidate.outputs[0].shape) : null
}

/** Images that were transposed and then flattened to `[pixels, channels]`: before the flattening. */
function flattenedImages(value: Value | null): Value | null {
  if (value?.node?.op !== 'Reshape' || value.shape.length !== 2) return null
  const images = value.node.inputs[0]!
  return transposed(images) && images.shape.at(-1) === value.shape[1] ? images : null
}

/** Works on images instead of their pixels as rows, so that the transpose before the flattening can move on. */
function sinkRowsThroughElementwise(candidate: Node): Value | null {
  const [output] = candidate.outputs
  const inputs = candidate.inputs as readonly Value[]
  const images = inputs.map(flattenedImages).find((found) => found !== null)
  if (!images || images.size !== output.size) return null
  const moved: Value[] = []
  for (const input of inputs) {
    const perChannel = input.size === 1 || (input.shape.at(-1) === input.size && input.size === output.shape[1])
    if (input.size === output.size) moved.push(flattenedImages(input) ?? reshape(input, images.shape))
    else if (perChannel) moved.push(reshape(input, [input.size]))
    else return null
  }
  const result = node(candidate.op, moved, output.type, images.shape, candidate.attributes, candidate.domain)
  const better = sinkThroughElementwise(result.node!)
  return better && reshape(better, output.shape)
}

function sinkRowsThroughReduction(candidate: Node): Value | null {
  const [input, axes] = candidate.inputs
  const images = flattenedImages(input)
  if (!images || axes?.size !== 1 || Number(axes.data?.[0]) !== 0) return null
  const [output] = candidate.outputs
  const pixels = images.shape.map((_, i) => i).slice(0, -1)
  const attributes = { ...candidate.attributes, keepdims: 0 }
  const result = node(candidate.op, [images, integers(pixels)], output.type, images.shape.slice(-1), attributes)
  const better = sinkThroughReduction(result.node!)
  return better && reshape(better, output.shape)
}

function sinkThroughConcat(candidate: Node): Value | null {
  const found = candidate.inputs.map((input) => transposed(input))
  const lead = found[0]
  if (!lead || !found.every((each) => each && sameShape(each.permutation, lead.permutation))) return null
  const inner = candidate.inputs.map((input) => transposed(input)!.inner)
  const joined = concat(inner, lead.permutation[candidate.attributes.axis as number])
  return transpose(joined, lead.permutation)
}
