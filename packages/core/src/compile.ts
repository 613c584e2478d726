import { OptionError, ShapeError } from './errors'
import type { NamedTensors } from './kinds'
import { tf } from './tf'

/** A function of tensors, as a backend has compiled it. */
export interface CompiledFunction {
  /** The caller disposes the results. */
  (...inputs: tf.Tensor[]): NamedTensors
  /** Lets go of the tensors that the function reads from around it. It cannot be called again. */
  dispose(): void
}

/** Computes numbers from numbers, outside TensorFlow.js; both row-major. */
export type HostFunction = (values: Float32Array) => Float32Array

/** A TensorFlow.js backend that compiles. */
export interface CompilingBackend {
  /**
   * Makes a function of tensors one that runs without its JavaScript, from its first call on: it may read and assign
   * variables; all else that it uses stays as it was at first. The compiled one throws NotCompilableError at its first call
   * if the function cannot be one: it reads a tensor, or makes a variable. Variables are then as they were.
   */
  compile(run: (...inputs: tf.Tensor[]) => NamedTensors): CompiledFunction
  /**
   * Tries whether a function can be compiled, by running it. Nothing that it records is computed, {@link onHost} asks
   * nobody, and variables have their values back; one that it makes stays.
   *
   * @throws NotCompilableError if it cannot; whatever else the function throws
   */
  rehearse(run: () => void): void
  /** What {@link onHost} gives while a function is compiled; null at other times. */
  hostTensor(x: tf.Tensor, shape: readonly number[], compute: HostFunction): tf.Tensor | null
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
 * A tensor whose numbers are computed in JavaScript from those of another: a solver in the middle of a training step. No
 * gradient flows through it.
 *
 * Beside `tf.tensor(compute(x.dataSync()), shape)`, which it is elsewhere, it can stand in a step that a backend compiles:
 * the step then becomes a graph before and a graph after it, and `compute` is called between them at every call.
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
 * Whether a function given to {@link onHost} is running: where a compiled step may look at what differs from call to call.
 *
 * @example
 * onHost(scores, scores.shape, (values) => values.map(() => Number(isOnHost()))) // ones
 */
export const isOnHost = (): boolean => hosts > 0
