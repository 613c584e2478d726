import { tf } from '@dc/core'
import type { Value } from '../graph/value'
import { add, multiply, unary } from '../ops/elementwise'
import { matMul } from '../ops/matmul'
import { sum } from '../ops/reduce'
import { reshape, transpose } from '../ops/structure'
import { type Kernel, kernel, listKernel } from './kernel'
import { clip, elu, leakyRelu, prelu, relu } from './unary'

interface Product {
  transposeA?: boolean
  transposeB?: boolean
}
/** Attributes shared by tfjs's fused kernels. */
export interface Activation {
  activation?: string
  leakyreluAlpha?: number
}

/** Applies the activation of a fused kernel. */
export function activate(x: Value, { activation, leakyreluAlpha = 0.2 }: Activation, weights?: Value): Value {
  switch (activation) {
    case 'relu':
      return relu(x)
    case 'relu6':
      return clip(x, 0, 6)
    case 'elu':
      return elu(x)
    case 'sigmoid':
      return unary('Sigmoid', x)
    case 'leakyrelu':
      return leakyRelu(x, leakyreluAlpha)
    case 'prelu':
      return prelu(x, weights!)
    default:
      return x
  }
}

/** Einstein's sum as products, sums over single operands' axes and one reduction, in tfjs's own order. */
function einsum(values: readonly Value[], equation: string): Value {
  const { backend_util } = tf
  const { allDims, summedDims, idDims } = backend_util.decodeEinsumEquation(equation, values.length)
  backend_util.checkEinsumDimSizes(allDims.length, idDims, values as never)
  const { path, steps } = backend_util.getEinsumComputePath(summedDims, idDims)
  let out: Value | null = null
  let rank = allDims.length
  for (let i = 0; i < steps.length; i++) {
    for (const id of steps[i]) {
      const { permutationIndices, expandDims } = backend_util.getEinsumPermutation(rank, idDims[id])
      const permuted = backend_util.isIdentityPermutation(permutationIndices)
        ? values[id]
        : transpose(values[id], permutationIndices)
      const shape = [...permuted.shape]
      for (const axis of expandDims) shape.splice(axis, 0, 1)
      const operand = reshape(permuted, shape)
      out = out === null ? operand : multiply(operand, out)
    }
    if (i === steps.length - 1) break
    if (path[i] >= 0) out = sum(out!, [path[i] - (allDims.length - rank)])
    rank--
  }
  return out!
}

export const matmulKernels: readonly Kernel[] = [
  kernel<Product>('BatchMatMul', ({ a, b }, { transposeA, transposeB }) =>
    matMul(a, b, { a: transposeA, b: transposeB }),
  ),
  kernel<Product & Activation>('_FusedMatMul', ({ a, b, bias, preluActivationWeights }, attributes) => {
    const product = matMul(a, b, { a: attributes.transposeA, b: attributes.transposeB })
    return activate(bias ? add(product, bias) : product, attributes, preluActivationWeights)
  }),
  listKernel<{ equation: string }>('Einsum', (values, { equation }) => einsum(values, equation)),
]
