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

  it('runs two views through shared weights as one', () => {
    const [u, bias] = [matrix(3, 512), stored('float32', [512], new Float32Array(512))]
    const network = (x: Value) => {
      const scores = add(matMul(x, u), bias)
      return unary('Relu', subtract(scores, sum(scores, [0])))
    }
    const [y0, y1] = [network(x0), network(x1)]
    const joined = ops(subtract(y0, y1))
    expect(joined.filter((op) => op !== 'Reshape' && op !== 'Slice')).toEqual([
      ...['Concat', 'Gemm', 'ReduceSum', 'Sub', 'Relu', 'Sub'],
    ])
    const gradient = add(matMul(x0, y0, { a: true }), matMul(x1, y1, { a: true }))
    expect(ops(add(gradient, multiply(u, scalar('float32', 5e-4)))).filter((op) => op === 'Gemm')).toHaveLength(2)
    expect(ops(gradient, subtract(y0, y1)).filter((op) => op === 'Gemm')).toHaveLength(2)
  })

  it('does not mix views up when another weight met them in the opposite order', () => {
    const [u, v] = [matrix(3, 512), matrix(5, 512)]
    const first = [matMul(x0, u), matMul(x1, u)]
    const [z0, z1] = [matMul(matrix(8, 5), v), matMul(matrix(8, 5), v)]
    const swapped = [multiply(matMul(dy1, v), z0), multiply(matMul(dy0, v), z1)]
    const gradient = add(matMul(x0, dy0, { a: true }), matMul(x1, dy1, { a: true }))
    const { nodes } = rewrite(trace([...first, ...swapped, gradient]), () => null)
    // A product of stacks for u and two for v; x₀ᵀdy₀ and x₁ᵀdy₁ apart.
    const products = nodes.filter(({ op }) => op === 'Gemm').map(({ attributes }) => attributes.transA)
    expect(products.sort()).toEqual([0, 0, 0, 1, 1])
  })

  it('joins gradients that are recorded from the last view to the first', () => {
    const [u, back] = [matrix(3, 512), matrix(512, 3)]
    const [y0, y1] = [matMul(x0, u), matMul(x1, u)]
    const [g0, g1] = [matrix(8, 3), matrix(8, 3)]
    const gradients = [
      [g1, y1],
      [g0, y0],
    ].map(([g, y]) => multiply(matMul(g, back, { b: true }), y))
    expect(ops(subtract(gradients[0], gradients[1])).filter((op) => op === 'Gemm' || op === 'Mul')).toEqual([
      ...['Gemm', 'Gemm', 'Mul'],
    ])
  })

  it('orders operators so that results live briefly', () => {
    const x = matrix(64, 64)
    const chain = (count: number) => Array.from({ length: count }).reduce((y: Value) => unary('Tanh', y), x)
    const [first, second] = [unary('Exp', x), unary('Sin', x)]
    const outputs = [add(sum(second, [0, 1]), sum(first, [0, 1])), sum(chain(5), [0, 1])]
    // One result and the next one; each is read by nothing but its successor.
    expect(workingMemory(rewrite(trace(outputs), () => null))).toBeLessThan(3 * 4 * x.size)
  })

  it('does not join the steps of a recurrence', () => {
    const square = matrix(512, 512)
    const state = matrix(8, 512)
    const chain = unary('Tanh', matMul(unary('Tanh', matMul(state, square)), square))
    expect(ops(chain)).toEqual(['Gemm', 'Tanh', 'Gemm', 'Tanh'])
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
