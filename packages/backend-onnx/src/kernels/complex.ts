import type { Kernel } from './kernel'

/** Complex tensors are pairs of real ones; arithmetic on them is left to the CPU. */
export const complexKernels: readonly Kernel[] = [
  {
    name: 'Complex',
    run({ inputs: { real, imag }, backend }) {
      // The complex tensor shares its parts with the caller's tensors.
      backend.incRef(real.dataId)
      backend.incRef(imag.dataId)
      return backend.complexTensor(real, imag)
    },
  },
  {
    name: 'Real',
    run({ inputs: { input }, backend }) {
      const { real } = backend.complexParts(input)
      backend.incRef(real.dataId)
      return { ...real, shape: input.shape }
    },
  },
  {
    name: 'Imag',
    run({ inputs: { input }, backend }) {
      const { imag } = backend.complexParts(input)
      backend.incRef(imag.dataId)
      return { ...imag, shape: input.shape }
    },
  },
]
