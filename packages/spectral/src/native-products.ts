import { BackendError, importPeer } from '@dc/core'
import type { Products } from './products'

/** ONNX's numbers of element types. */
const [float32, int8, int32] = [1, 3, 6]
/** Threads that wait without spinning: between products JavaScript has the longer work. */
const patient = { spinning: false }

/**
 * Products by ONNX Runtime, through the optional peer `@dc/backend-onnx`: above 100 GFLOP/s on two cores, where plain
 * JavaScript reaches one.
 *
 * @throws MissingPeerError naming the package and the command that installs it
 * @throws BackendError if ONNX Runtime does not run on this platform
 * @example
 * const products = await nativeProducts()
 * const fit = kmeans(points, { k: 10, random, products })
 */
export async function nativeProducts(): Promise<Products> {
  const { compileProgram } = await importPeer(
    '@dc/backend-onnx',
    () => import('@dc/backend-onnx/model'),
    'nativeProducts()',
  )
  const floats = compileProgram((p) => {
    const [a, b] = [p.input('a', 'float32', ['n', 'd']), p.input('b', 'float32', ['m', 'd'])]
    p.output('product', p.op('Gemm', [a, b], { transB: 1 }))
  }, patient)
  // Unsigned by signed bytes is the form that has processor instructions; 0 … 127 is the same number in both, and small
  // enough that pairs of products do not saturate 16 bits where those instructions are the older ones.
  const integers = compileProgram((p) => {
    const [a, b] = [p.input('a', 'uint8', ['n', 'd']), p.input('b', 'uint8', ['m', 'd'])]
    const signed = p.op('Cast', [p.op('Transpose', [b], { perm: [1, 0] })], { to: int8 })
    const product = p.op('Cast', [p.op('MatMulInteger', [a, signed])], { to: float32 })
    const scores = p.op('Sub', [p.op('Add', [product, product]), p.input('offsets', 'float32', ['m'])])
    const [largest, rows] = p.ops('TopK', 2, [scores, p.input('keep', 'int64', [1])], { sorted: 0 })
    p.output('scores', largest)
    p.output('rows', p.op('Cast', [rows], { to: int32 }))
  }, patient)
  let buffer = new Float32Array(0)
  const output = (n: number, m: number) => {
    if (buffer.length < n * m) buffer = new Float32Array(n * m)
    return { data: buffer.subarray(0, n * m), dims: [n, m] }
  }
  return {
    name: 'onnxruntime',
    timesTransposed(a, n, b, m, d) {
      const product = output(n, m)
      floats.run({ a: { data: a, dims: [n, d] }, b: { data: b, dims: [m, d] } }, { product })
      return product.data
    },
    largestScores(a, n, b, m, d, offsets, keep) {
      const { scores, rows } = integers.run({
        a: { data: a, dims: [n, d] },
        b: { data: b, dims: [m, d] },
        offsets: { data: offsets, dims: [m] },
        keep: { data: BigInt64Array.of(BigInt(keep)), dims: [1] },
      })
      return { scores: scores.data as Float32Array, rows: rows.data as Int32Array }
    },
  }
}

/** {@link nativeProducts} where they can run, else null: plain JavaScript. */
export async function availableProducts(): Promise<Products | null> {
  try {
    return await nativeProducts()
  } catch (error) {
    if (error instanceof Error && (error.name === 'MissingPeerError' || error instanceof BackendError)) return null
    throw error
  }
}
