import type { tf } from '@dc/core'
import type { OnnxBackend } from '../backend'
import type { Value } from '../graph/value'

/** Inputs of a kernel by tfjs's names. */
export type Inputs = Readonly<Record<string, Value>>

/** A kernel of the backend under tfjs's name. */
export interface Kernel {
  readonly name: string
  readonly run: (call: {
    /** Optional inputs that are absent are left out. */
    inputs: Readonly<Record<string, tf.TensorInfo>>
    attrs: unknown
    backend: OnnxBackend
  }) => tf.TensorInfo | tf.TensorInfo[]
}

/**
 * A kernel that only records operators.
 *
 * @param name tfjs's kernel name
 * @param record turns input values and attributes into result values
 */
export function kernel<Attributes = unknown>(
  name: string,
  record: (inputs: Inputs, attributes: Attributes) => Value | readonly Value[],
): Kernel {
  return {
    name,
    run({ inputs, attrs, backend }) {
      const values: Record<string, Value> = {}
      for (const key in inputs) values[key] = backend.value(inputs[key])
      const result = record(values, attrs as Attributes)
      return 'type' in result ? backend.tensor(result) : result.map((value) => backend.tensor(value))
    },
  }
}

/** A kernel over a list of tensors, which tfjs passes as inputs named 0, 1, 2, …. */
export function listKernel<Attributes = unknown>(
  name: string,
  record: (inputs: readonly Value[], attributes: Attributes) => Value,
): Kernel {
  return kernel<Attributes>(name, (inputs, attributes) => record(Object.values(inputs), attributes))
}
