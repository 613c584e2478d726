import type { NamedTensors } from './kinds'
import { tf } from './tf'

/** A function of tensors, as a backend has compiled it. */
export interface CompiledFunction {
  /** The caller disposes the results. */
  (...inputs: tf.Tensor[]): NamedTensors
  /** Lets go of the tensors that the function reads from around it. It cannot be called again. */
  dispose(): void
}

/** A TensorFlow.js backend that compiles. */
export interface CompilingBackend {
  /**
   * Makes a function of tensors one that runs without its JavaScript: it may read and assign variables; all else that it
   * uses stays as it was at first. The compiled one throws if the function reads a tensor, at its first call.
   */
  compile(run: (...inputs: tf.Tensor[]) => NamedTensors): CompiledFunction
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
