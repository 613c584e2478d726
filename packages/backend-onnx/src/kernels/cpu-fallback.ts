import { tf } from '@dc/core'
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import { nodeRequire } from '../runtime/native'
import type { Kernel } from './kernel'

type CpuModule = typeof import('@tensorflow/tfjs-backend-cpu')

let cpu: MathBackendCPU | null = null
let given: CpuModule | null = null

/** Tells where tfjs's plain JavaScript backend is, for a page: there is no `require`. */
export function provideCpuModule(module: CpuModule): void {
  given = module
}

/** tfjs's plain JavaScript backend, loaded when the first kernel needs it. */
function cpuBackend(): MathBackendCPU {
  if (cpu === null) {
    const module = given ?? (nodeRequire('A kernel on the CPU')('@tensorflow/tfjs-backend-cpu') as CpuModule)
    // At its first write this backend prints advice to install tfjs-node.
    return (cpu = Object.assign(new module.MathBackendCPU(), { firstUse: false }))
  }
  return cpu
}

/**
 * A kernel without an ONNX counterpart: the graph is flushed and tfjs's plain JavaScript computes.
 *
 * @param name tfjs's kernel name
 */
export function cpuKernel(name: string): Kernel {
  return {
    name,
    run({ inputs, attrs, backend }) {
      backend.recording.refuse(`uses ${name}, a kernel that runs on the CPU`)
      const cpuInstance = cpuBackend()
      const moved: tf.TensorInfo[] = []
      const handed: Record<string, tf.TensorInfo | tf.TensorInfo[]> = Array.isArray(inputs) ? Object([]) : {}
      const toCpu = (tensor: tf.TensorInfo): tf.TensorInfo => {
        const values = backend.readSync(tensor.dataId)
        const copy = cpuTensor(cpuInstance, values, tensor)
        moved.push(copy)
        return copy
      }
      // Ragged tensors come with a list of their row splits, whatever tfjs's types say.
      for (const [key, input] of Object.entries<tf.TensorInfo | tf.TensorInfo[]>(inputs))
        handed[key] = Array.isArray(input) ? input.map(toCpu) : toCpu(input)
      const results = tf.getKernel(name, 'cpu').kernelFunc({
        inputs: handed as tf.NamedTensorInfoMap,
        attrs: attrs as tf.NamedAttrMap,
        backend: cpuInstance,
      })
      const list = Array.isArray(results) ? results : [results]
      const out = list.map((result) => ({
        dataId: backend.write(copied(cpuInstance.readSync(result.dataId)), result.shape, result.dtype),
        shape: result.shape,
        dtype: result.dtype,
      }))
      for (const tensor of [...moved, ...list]) cpuInstance.disposeData(tensor.dataId, true)
      return Array.isArray(results) ? out : out[0]
    },
  }
}

function cpuTensor(
  cpu: MathBackendCPU,
  values: tf.backend_util.BackendValues,
  { shape, dtype }: tf.TensorInfo,
): tf.TensorInfo {
  // Some kernels read `rank`, which only whole tensors have.
  const info = { shape, dtype, rank: shape.length }
  if (dtype !== 'complex64') return { dataId: cpu.write(values, shape, dtype), ...info }
  const { real, imag } = tf.backend_util.splitRealAndImagArrays(values as Float32Array)
  const part = (data: Float32Array) => ({ dataId: cpu.write(data, shape, 'float32'), shape, dtype: 'float32' as const })
  return tf.getKernel('Complex', 'cpu').kernelFunc({
    inputs: { real: part(real), imag: part(imag) },
    attrs: {},
    backend: cpu,
  }) as tf.TensorInfo
}

/** Strings are kept by reference, and the cpu backend will soon forget them. */
function copied(values: tf.backend_util.BackendValues): tf.backend_util.BackendValues {
  return Array.isArray(values) ? [...values] : values
}
