import { BackendError, importPeer, MissingPeerError, rethrow } from '@dc/core/plugin'
import type { Products } from '@dc/core/points'

/** ONNX's numbers of element types. */
const [int8, int32] = [3, 6]
/** Threads that wait without spinning, because JavaScript works for longer between products. */
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
    () => import('@dc/backend-onnx/model').catch(rethrow),
    'nativeProducts()',
  )
  const floats = compileProgram((p) => {
    const [a, b] = [p.input('a', 'float32', ['n', 'd']), p.input('b', 'float32', ['m', 'd'])]
    p.output('product', p.op('Gemm', [a, b], { transB: 1 }))
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
    integerRows(b, m, d, offsets) {
      // Processors have instructions for unsigned by signed bytes. The integers 0 … 127 are the same in both. They are small
      // enough that pairs of products do not saturate 16 bits on older processors. A constant is cast, transposed and packed
      // once.
      const program = compileProgram((p) => {
        const a = p.input('a', 'uint8', ['n', d])
        const signed = p.op('Cast', [p.op('Transpose', [p.constant(b, [m, d])], { perm: [1, 0] })], { to: int8 })
        const scores = p.op('Sub', [p.op('MatMulInteger', [a, signed]), p.constant(offsets)])
        const [largest, rows] = p.ops('TopK', 2, [scores, p.input('keep', 'int64', [1])], { sorted: 1 })
        p.output('scores', largest)
        p.output('rows', p.op('Cast', [rows], { to: int32 }))
      }, patient)
      return {
        largest(a, n, keep) {
          const { scores, rows } = program.run({
            a: { data: a, dims: [n, d] },
            keep: { data: BigInt64Array.of(BigInt(keep)), dims: [1] },
          })
          return { scores: scores.data as Int32Array, rows: rows.data as Int32Array }
        },
        dispose: () => program.dispose(),
      }
    },
  }
}

/** {@link nativeProducts} if they can run here, else null. */
export async function availableProducts(): Promise<Products | null> {
  try {
    return await nativeProducts()
  } catch (error) {
    if (MissingPeerError.isInstance(error) || BackendError.isInstance(error)) return null
    throw error
  }
}
