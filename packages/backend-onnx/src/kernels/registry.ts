import { tf } from '@dc/core'
import type { OnnxBackend } from '../backend'
import { arrayKernels } from './arrays'
import { binaryKernels } from './binary'
import { complexKernels } from './complex'
import { convolutionKernels } from './convolutions'
import { cpuKernel } from './cpu-fallback'
import { creationKernels } from './creation'
import { imageKernels } from './images'
import { indexingKernels } from './indexing'
import type { Kernel } from './kernel'
import { matmulKernels } from './matmul'
import { reductionKernels } from './reductions'
import { storageKernels } from './storage'
import { unaryKernels } from './unary'

/** Kernels that become part of the compiled graph. */
export const graphKernels: readonly Kernel[] = [
  ...arrayKernels,
  ...binaryKernels,
  ...convolutionKernels,
  ...creationKernels,
  ...imageKernels,
  ...indexingKernels,
  ...matmulKernels,
  ...reductionKernels,
  ...storageKernels,
  ...unaryKernels,
]

/** Kernels that flush the graph and compute in plain JavaScript: no ONNX operator gives the same answer. */
export const cpuKernelNames: readonly string[] = [
  'AvgPool3D',
  'AvgPool3DGrad',
  'BroadcastArgs',
  'ComplexAbs',
  'Conv3D',
  'Conv3DBackpropFilterV2',
  'Conv3DBackpropInputV2',
  'CropAndResize',
  'Cumprod',
  'DenseBincount',
  'Dilation2D',
  'Dilation2DBackpropFilter',
  'Dilation2DBackpropInput',
  'Draw',
  'FFT',
  'IFFT',
  'LRN',
  'LRNGrad',
  'MaxPool3D',
  'MaxPool3DGrad',
  'MaxPoolWithArgmax',
  'Multinomial',
  'NonMaxSuppressionV3',
  'NonMaxSuppressionV4',
  'NonMaxSuppressionV5',
  'RaggedGather',
  'RaggedRange',
  'RaggedTensorToTensor',
  'RotateWithOffset',
  'SearchSorted',
  'SparseFillEmptyRows',
  'SparseReshape',
  'SparseSegmentMean',
  'SparseSegmentSum',
  'SparseToDense',
  'StaticRegexReplace',
  'StringNGrams',
  'StringSplit',
  'StringToHashBucketFast',
  'Transform',
  'Unique',
]

/** Kernels that only pass storage on, whatever the dtype. */
const anyDtype = new Set(['Identity', 'Reshape', 'ExpandDims', 'Fill'])

const hasNumbers = (tensor: tf.TensorInfo) => tensor.dtype !== 'string' && tensor.dtype !== 'complex64'

/** The inputs that are there; kernels over lists get an array for a record, and so do their cpu versions. */
function present(inputs: tf.NamedTensorInfoMap): Record<string, tf.TensorInfo> {
  const given: Record<string, tf.TensorInfo> = Array.isArray(inputs) ? Object([]) : {}
  for (const name in inputs) {
    const input = inputs[name]
    if (input) given[name] = input
  }
  return given
}

/** Registers every kernel for a backend of this class under its name in tfjs. */
export function registerKernels(backendName: string): void {
  const register = (kernel: Kernel) =>
    tf.registerKernel({
      kernelName: kernel.name,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) =>
        kernel.run({ inputs: present(inputs), attrs, backend: backend as OnnxBackend }),
    })
  for (const kernel of graphKernels) {
    if (anyDtype.has(kernel.name)) {
      register(kernel)
      continue
    }
    const other = cpuKernel(kernel.name)
    register({
      name: kernel.name,
      run: (call) => (Object.values(call.inputs).every(hasNumbers) ? kernel : other).run(call),
    })
  }
  for (const kernel of complexKernels) register(kernel)
  for (const name of cpuKernelNames) register(cpuKernel(name))
}
