import { createRandom, type Random, tf } from '@dc/core'

/** A random input: numbers of a dtype from a range, or numbers given. */
export interface Input {
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32' | 'bool'
  /** Range of the numbers; integers are drawn from low … high − 1. */
  readonly low: number
  readonly high: number
  readonly values?: readonly number[]
}

/** An input of random numbers, by default floats in [−3, 3). */
export function input(shape: readonly number[], dtype: Input['dtype'] = 'float32', low = -3, high = 3): Input {
  return { shape, dtype, low: dtype === 'bool' ? 0 : low, high: dtype === 'bool' ? 2 : high }
}

/** An input of given numbers. */
export function numbers(values: readonly number[], dtype: Input['dtype'] = 'float32', shape = [values.length]): Input {
  return { shape, dtype, low: 0, high: 0, values }
}

/** One comparison of this backend with tfjs's cpu backend. */
export interface Case {
  /** tfjs's kernel name, and what is special about the case. */
  readonly kernel: string
  readonly note?: string
  readonly inputs: readonly Input[]
  /** A method, so that a function of tensors of particular ranks fits. */
  run(...tensors: tf.Tensor[]): tf.TensorContainer
  /** Largest difference allowed, relative to max(1, |expected|); default 1e-5. */
  readonly tolerance?: number
}

function arrayOf({ shape, dtype, low, high, values }: Input, random: Random): Float32Array | Int32Array | Uint8Array {
  const draw = () => (dtype === 'float32' ? low + (high - low) * random.uniform() : low + random.integer(high - low))
  const list = values ?? Array.from({ length: tf.util.sizeFromShape([...shape]) }, draw)
  if (dtype === 'float32') return Float32Array.from(list)
  return dtype === 'int32' ? Int32Array.from(list) : Uint8Array.from(list)
}

/** Results of a case on a backend. */
export interface Outcome {
  readonly shape: readonly number[]
  readonly dtype: string
  readonly values: readonly (number | string)[]
}

/** Runs a case on a backend with the same numbers every time. */
export async function outcome(test: Case, backend: string): Promise<Outcome[]> {
  await tf.setBackend(backend)
  const random = createRandom(11)
  const before = tf.memory().numTensors
  const results = tf.tidy(() => {
    const tensors = test.inputs.map((spec) => tf.tensor(arrayOf(spec, random), [...spec.shape], spec.dtype))
    return [test.run(...tensors)].flat() as tf.Tensor[]
  })
  const outcomes = await Promise.all(
    results.map(async (tensor) => ({
      shape: tensor.shape,
      dtype: tensor.dtype,
      values: Array.from(await tensor.data<'float32'>()),
    })),
  )
  tf.dispose(results)
  if (tf.memory().numTensors !== before) throw new Error(`${test.kernel} leaks on ${backend}`)
  return outcomes
}

/** The largest difference between two lists of numbers, relative to max(1, |expected|); NaN equals NaN. */
export function difference(found: Outcome['values'], expected: Outcome['values']): number {
  let largest = found.length === expected.length ? 0 : Number.POSITIVE_INFINITY
  expected.forEach((want, i) => {
    const have = found[i]
    if (Object.is(have, want) || have === want) return
    if (typeof want === 'string' || typeof have === 'string') largest = Number.POSITIVE_INFINITY
    else {
      const distance = Math.abs(have - want) / Math.max(1, Math.abs(want))
      largest = Math.max(largest, Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance)
    }
  })
  return largest
}
