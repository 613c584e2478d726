import { tf } from '@dc/core'
import { describe, expect, it } from 'vitest'
import {
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  fromChannelsFirst,
  toChannelsFirst,
} from '../ops/convolution'
import { add, multiply, scalar, subtract, unary } from '../ops/elementwise'
import { matMul } from '../ops/matmul'
import { sum } from '../ops/reduce'
import { transpose } from '../ops/structure'
import { blockedDomain } from '../runtime/channel-block'
import { rewrite } from './rewrite'
import { trace } from './trace'
import { sizeOf, stored, type Value } from './value'
import { workingMemory } from './working-memory'

const matrix = (rows: number, columns: number): Value =>
  stored('float32', [rows, columns], new Float32Array(rows * columns))
const ops = (...outputs: Value[]) => rewrite(trace(outputs), () => null).nodes.map((node) => node.op)

describe('rewriting a trace', () => {
  const [x0, x1, dy0, dy1, w, v] = [matrix(8, 3), matrix(8, 3), matrix(8, 5), matrix(8, 5), matrix(3, 5), matrix(3, 5)]

  it('puts bias, gradients of several views and weight decay into the products', () => {
    expect(ops(add(matMul(x0, w), stored('float32', [5], new Float32Array(5))))).toEqual(['Gemm'])
    const gradient = add(matMul(x0, dy0, { a: true }), matMul(x1, dy1, { a: true }))
    const decayed = add(gradient, multiply(w, scalar('float32', 5e-4)))
    expect(ops(decayed)).toEqual(['Gemm', 'Gemm'])
    const velocity = add(multiply(v, scalar('float32', 0.9)), decayed)
    expect(ops(velocity).sort()).toEqual(['Add', 'Gemm', 'Gemm', 'Mul'])
  })

  it('puts factors into products', () => {
    const scaled = multiply(matMul(x0, w), scalar('float32', 0.5))
    expect(ops(scaled)).toEqual(['Gemm'])
    expect(ops(add(scaled, dy0))).toEqual(['Gemm'])
    // What is added to k (A B + l (C D)) must not be multiplied by k l.
    const inner = add(matMul(x0, w), multiply(matMul(x1, w), scalar('float32', 2)))
    expect(ops(add(multiply(inner, scalar('float32', 3)), dy0))).toEqual(['Gemm', 'Gemm', 'Add'])
  })

  it('sums rows as a product on the CPU, where they are many', () => {
    const onCpu = (value: Value) => rewrite(trace([value]), () => null, { cpu: true }).nodes.map(({ op }) => op)
    expect(onCpu(sum(matrix(64, 64), [0]))).toEqual(['MatMul'])
    expect(ops(sum(matrix(64, 64), [0]))).toEqual(['ReduceSum'])
    expect(onCpu(sum(matrix(64, 64), [1]))).toEqual(['ReduceSum'])
    expect(onCpu(sum(x0, [0]))).toEqual(['ReduceSum'])
  })

  it('leaves a product alone that others read', () => {
    const product = matMul(x0, w)
    expect(ops(add(product, dy0), product)).toEqual(['Gemm', 'Add'])
    expect(ops(add(product, dy0), multiply(product, product))).toEqual(['Gemm', 'Add', 'Mul'])
  })

  it('does not let a sum broadcast the product', () => {
    expect(ops(add(matMul(matrix(1, 3), w), dy0))).toEqual(['Gemm', 'Add'])
  })

  it('reads transposed matrices where they lie', () => {
    expect(ops(matMul(transpose(w, [1, 0]), transpose(x0, [1, 0])))).toEqual(['Gemm'])
  })

  it('orders operators so that results live briefly', () => {
    const x = matrix(64, 64)
    const chain = (count: number) => Array.from({ length: count }).reduce((y: Value) => unary('Tanh', y), x)
    const [first, second] = [unary('Exp', x), unary('Sin', x)]
    const outputs = [add(sum(second, [0, 1]), sum(first, [0, 1])), sum(chain(5), [0, 1])]
    // One result and the next one; each is read by nothing but its successor.
    expect(workingMemory(rewrite(trace(outputs), () => null))).toBeLessThan(3 * 4 * x.size)
  })

  it('runs what stands between convolutions in their layout', () => {
    const images = stored('float32', [2, 8, 8, 3], new Float32Array(384))
    const filters = [
      stored('float32', [3, 3, 3, 3], new Float32Array(81)),
      stored('float32', [3, 3, 3, 3], new Float32Array(81)),
    ]
    const info = tf.backend_util.computeConv2DInfo([2, 8, 8, 3], [3, 3, 3, 3], 1, 1, 'same')
    const conv = (x: Value, filter: Value) => fromChannelsFirst(conv2d(toChannelsFirst(x, info), filter, info), info)
    const first = conv(images, filters[0])
    const mean = sum(first, [0, 1, 2])
    const normal = unary('Relu', add(subtract(first, mean), stored('float32', [3], new Float32Array(3))))
    const second = add(conv(normal, filters[1]), normal)
    // Two steps for each filter, and the images at the edge.
    expect(ops(sum(second, [1, 2])).filter((op) => op === 'Transpose')).toHaveLength(5)
    expect(ops(second).filter((op) => op === 'Transpose')).toHaveLength(6)
  })

  describe('convolutions', () => {
    const convolution = (shape: [number, number, number, number], filters: number) => {
      const filter: [number, number, number, number] = [3, 3, shape[3], filters]
      const info = tf.backend_util.computeConv2DInfo(shape, filter, 1, 1, 'same')
      const [x, w] = [shape, filter].map((size) => stored('float32', size, new Float32Array(sizeOf(size))))
      const y = conv2d(toChannelsFirst(x, info), w, info)
      return [y, conv2dInputGradient(y, w, info), conv2dFilterGradient(toChannelsFirst(x, info), y, info)]
    }
    const domains = (block: number | null, ...outputs: Value[]) =>
      rewrite(trace(outputs), () => null, { channelBlock: () => block })
        .nodes.filter(({ op }) => op === 'Conv')
        .map(({ domain, inputs }) => `${domain} ${inputs[0]!.shape}`)

    it('go to the kernels for blocked channels, but for the gradient of the filter', () => {
      const recorded = [' 2,32,9,9', ' 2,16,9,9', ' 1,2,9,288']
      const convolutions = convolution([2, 9, 9, 32], 16)
      expect(domains(null, ...convolutions)).toEqual(recorded)
      expect(domains(16, ...convolutions)).toEqual([
        ...[`${blockedDomain} 2,32,9,9`, `${blockedDomain} 2,16,9,9`, ' 1,2,9,288'],
      ])
    })

    it('stay where channels are no whole blocks', () => {
      expect(domains(16, convolution([2, 9, 9, 8], 16)[0])).toEqual([' 2,8,9,9'])
      expect(domains(16, convolution([2, 9, 9, 16], 24)[0])).toEqual([' 2,16,9,9'])
    })

    it('take narrow images eight at a time', () => {
      expect(domains(16, convolution([16, 4, 4, 32], 16)[0])).toEqual([`${blockedDomain} 2,32,4,48`])
      expect(domains(16, convolution([12, 4, 4, 32], 16)[0])).toEqual([`${blockedDomain} 12,32,4,4`])
    })
  })
})
