import { DcError, type NamedTensors, tf } from '@dc/core'
import type { SafetensorsTensor, SafetensorsType } from '@dc/core/safetensors'

/** A tensor on the host, as a checkpoint holds it. */
export interface HostTensor {
  readonly dtype: 'float32' | 'int32' | 'bool'
  readonly shape: readonly number[]
  readonly values: Float32Array | Int32Array | Uint8Array
}

const types = { float32: 'F32', int32: 'I32', bool: 'BOOL' } as const satisfies Record<string, SafetensorsType>
const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const
const dtypes = Object.keys(types) as HostTensor['dtype'][]

/** Copies named tensors to the host. */
export async function toHost(tensors: NamedTensors): Promise<Record<string, HostTensor>> {
  const host: [string, HostTensor][] = []
  for (const [name, tensor] of Object.entries(tensors)) {
    const dtype = dtypes.find((known) => known === tensor.dtype)
    if (!dtype) throw new DcError(`Tensor '${name}' of dtype ${tensor.dtype} cannot be kept.`, { name })
    host.push([name, { dtype, shape: tensor.shape, values: new arrays[dtype](await tensor.data()) }])
  }
  return Object.fromEntries(host)
}

/** Makes tensors from host tensors. The caller disposes them. */
export function fromHost(host: Readonly<Record<string, HostTensor>>): NamedTensors {
  return Object.fromEntries(
    Object.entries(host).map(([name, { values, shape, dtype }]) => [name, tf.tensor(values, [...shape], dtype)]),
  )
}

/** Converts to the form of a safetensors file. */
export function toFile({ dtype, shape, values }: HostTensor): SafetensorsTensor {
  return { type: types[dtype], shape, values }
}

/** Converts from the form of a safetensors file; null for a type that checkpoints do not have. */
export function fromFile({ type, shape, values }: SafetensorsTensor): HostTensor | null {
  const dtype = dtypes.find((known) => types[known] === type)
  return dtype ? { dtype, shape, values: values as HostTensor['values'] } : null
}
