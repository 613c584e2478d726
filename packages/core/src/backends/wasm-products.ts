import { tf } from '../tf'

type Kernel = NonNullable<ReturnType<typeof tf.getKernel>>
type KernelArguments = Parameters<Kernel['kernelFunc']>[0]

/** What a kernel of tfjs takes and gives. */
interface Info {
  readonly dataId: object
  readonly shape: number[]
  readonly dtype: tf.DataType
}

/** Products whose factors may be transposed: those of every gradient of a layer. */
const products = ['BatchMatMul', '_FusedMatMul'] as const

/** Kernels that are replaced already. */
const replaced = new WeakSet<object>()

/**
 * Makes the wasm backend transpose a factor before the product. Its own kernel multiplies transposed factors by plain loops, which
 * take ten to twenty times as long as XNNPACK, which multiplies the others.
 */
export function transposeBeforeProducts(): void {
  const transpose = tf.getKernel('Transpose', 'wasm')
  if (!transpose) return
  for (const name of products) {
    const own = tf.getKernel(name, 'wasm')
    if (!own || replaced.has(own.kernelFunc)) continue
    const kernelFunc = withTransposes(own, transpose)
    replaced.add(kernelFunc)
    tf.unregisterKernel(name, 'wasm')
    tf.registerKernel({ ...own, kernelFunc })
  }
}

function withTransposes(own: Kernel, transpose: Kernel): Kernel['kernelFunc'] {
  return (call) => {
    const { inputs, backend, attrs } = call
    const { transposeA, transposeB, ...others } = attrs as { transposeA: boolean; transposeB: boolean }
    if (!transposeA && !transposeB) return own.kernelFunc(call)
    const made: Info[] = []
    const turned = (x: Info, wanted: boolean): Info => {
      if (!wanted) return x
      const axes = x.shape.map((_, axis) => axis)
      const perm = [...axes.slice(0, -2), axes.length - 1, axes.length - 2]
      const found = transpose.kernelFunc({
        inputs: { x },
        backend,
        attrs: { perm },
      } as unknown as KernelArguments) as Info
      made.push(found)
      return found
    }
    const factors = inputs as unknown as Record<'a' | 'b', Info>
    const [a, b] = [turned(factors.a, transposeA), turned(factors.b, transposeB)]
    const plain = { inputs: { ...inputs, a, b }, backend, attrs: { ...others, transposeA: false, transposeB: false } }
    const product = own.kernelFunc(plain as unknown as KernelArguments)
    for (const { dataId } of made) (backend as tf.KernelBackend).disposeData(dataId)
    return product
  }
}
