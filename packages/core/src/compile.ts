import { OptionError, ShapeError } from './errors'
import type { NamedTensors } from './kinds'
import { tf } from './tf'

/** A function of tensors, as a backend has compiled it. */
export interface CompiledFunction {
  /** The caller disposes the results. */
  (...inputs: tf.Tensor[]): NamedTensors
  /** Frees the tensors that the function has captured. It cannot be called afterwards. */
  dispose(): void
}

/** Computes numbers from numbers, outside TensorFlow.js; both row-major. */
export type HostFunction = (values: Float32Array) => Float32Array

/** A TensorFlow.js backend that compiles. */
export interface CompilingBackend {
  /**
   * Compiles a function of tensors. Its JavaScript runs at the first call; later calls run without it. The function may read
   * and assign variables. Everything else that it uses keeps its value from the first call.
   *
   * The first call throws NotCompilableError if the function cannot be compiled: it reads a tensor, or makes a variable.
   * Variables then have the values that they had before.
   */
  compile(run: (...inputs: tf.Tensor[]) => NamedTensors): CompiledFunction
  /**
   * Runs a function to learn whether it can be compiled. Nothing that it records is computed, {@link onHost} does not call
   * its function, and variables get their values back. A variable that the function makes stays.
   *
   * @returns how often it asks {@link onHost}
   * @throws NotCompilableError if it cannot be compiled; any other error that the function throws
   */
  rehearse(run: () => void): { readonly hostCalls: number }
  /** The result of {@link onHost} while a function is being compiled; null at other times. */
  hostTensor(x: tf.Tensor, shape: readonly number[], compute: HostFunction): tf.Tensor | null
  /** Whether every call of a compiled function brings the variables to a device and back. */
  readonly movesVariables: boolean
}

/**
 * The active TensorFlow.js backend if it compiles, else null.
 *
 * @example
 * const double = (x: tf.Tensor) => ({ y: x.mul(2) })
 * const run = compilingBackend()?.compile(double) ?? double
 */
export function compilingBackend(): CompilingBackend | null {
  const backend: object = tf.backend()
  return 'compile' in backend ? (backend as CompilingBackend) : null
}

/**
 * A tensor that JavaScript computes from the numbers of another tensor: a solver in the middle of a training step. No
 * gradient flows through it.
 *
 * Its value is that of `tf.tensor(compute(x.dataSync()), shape)`. Unlike that expression, it can stand in a step that a
 * backend compiles. The step then becomes one graph before it and one graph after it, and every call runs `compute` between
 * the two.
 *
 * @param x float32, of any shape
 * @param shape of the result, the same at every call
 * @param compute is given a copy of x's numbers; may keep state of its own
 * @throws OptionError if x is not float32; ShapeError if `compute` gives another number of elements than the shape has; whatever `compute` throws
 * @example
 * const plan = onHost(costs, costs.shape, (values) => values.map((cost) => Math.exp(-cost)))
 */
export function onHost<T extends tf.Tensor>(x: tf.Tensor, shape: T['shape'], compute: HostFunction): T {
  if (x.dtype !== 'float32') throw new OptionError('onHost.x', x.dtype, 'a float32 tensor')
  const size = shape.reduce((product, side) => product * side, 1)
  const checked: HostFunction = (values) => {
    const found = asHost(() => compute(values))
    if (found.length !== size) throw new ShapeError("the host's result", [found.length], `${size} numbers`)
    return found
  }
  const tensor =
    compilingBackend()?.hostTensor(x, shape, checked) ?? tf.tensor(checked(x.dataSync<'float32'>().slice()), shape)
  return tensor as T
}

let hosts = 0

function asHost<T>(run: () => T): T {
  hosts++
  try {
    return run()
  } finally {
    hosts--
  }
}

/**
 * Whether a function given to {@link onHost} is running. Only there may a compiled step look at what differs from call to
 * call.
 *
 * @example
 * onHost(scores, scores.shape, (values) => values.map(() => Number(isOnHost()))) // ones
 */
export const isOnHost = (): boolean => hosts > 0
