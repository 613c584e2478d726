import { tf } from '@dc/core'
import { BackendError, OptionError } from '@dc/core/errors'
import { OnnxBackend } from '../backend'
import type { HostCall } from '../recording'
import { describePlan } from './describe-plan'
import { keepingVariables } from './keeping-variables'
import type { Results } from './results'
import { StepRunner } from './step-runner'
import { traceStep } from './traced-step'
import { unrolled } from './unrolled'

/** A function that {@link compile} made. */
export interface Compiled<Inputs extends readonly tf.Tensor[], Output extends Results> {
  (...inputs: Inputs): Output
  /** What a call runs, as text for people: graphs, what the host is asked, updates. Empty before the step is traced. */
  describe(): string
  /** Lets go of the tensors that the function reads from around it. It cannot be called again. Safe to call twice. */
  dispose(): void
}

/** Results of `n` rounds: every tensor has one more axis, of `n`. */
export type Stacked<Output extends Results> = Output extends tf.Tensor
  ? tf.Tensor
  : { readonly [Key in keyof Output]: tf.Tensor }

/**
 * Makes a function of tensors one that runs as a compiled graph, without running its JavaScript again.
 *
 * The first call runs the step as it is, so that what it makes on its first run (an optimiser's momenta) is there; the second
 * traces it, and fixes shapes and dtypes. Variables are read and assigned at every call. All else that the step uses is
 * fixed as it was when it was traced: numbers, other tensors, branches taken, random numbers drawn. What changes from call to
 * call, such as a learning rate, goes in as a tensor. What the host must compute in its middle, from numbers that the step
 * has computed, goes through `onHost` of @dc/core: the step becomes a graph before it and one after it.
 *
 * New values of variables that follow from the old ones element by element, such as an optimiser's, are computed in one pass by
 * WebAssembly, in place where nothing else reads the old ones; results below the smallest normal number become 0.
 *
 * `unroll: n` runs the step n times in one call, the variables handed from one round to the next inside the graph. Every
 * input has a leading axis of n, one slice for each round, and so has every result.
 *
 * @param step a function of tensors to a tensor, a list or a record of tensors; must read none; may assign variables, as a
 * training step does, gradients and optimiser included
 * @param options.unroll rounds in one call; default 1
 * @param options.atOnce traces at the first call, for a step that makes nothing on its first run: then all calls round alike
 * @returns the compiled function; the caller disposes its results. No gradient flows through it: compile the whole step.
 * @throws OptionError if `unroll` is not a positive integer. The compiled function throws NotCompilableError if the step reads a
 * tensor, or makes a variable while it is traced; BackendError if the active backend is not the one of its first call or not of
 * this package, or after `dispose`; ShapeError for inputs of other shapes or dtypes than at first; OptionError for results
 * that are no tensors
 * @example
 * const step = compile((x: tf.Tensor2D, y: tf.Tensor2D, rate: tf.Scalar) => {
 *   const { value, grads } = tf.variableGrads(() => x.matMul(w).sub(y).square().mean())
 *   w.assign(w.sub(grads[w.name].mul(rate)))
 *   return value
 * })
 * const loss = step(x, y, tf.scalar(0.1))
 */
export function compile<Inputs extends readonly tf.Tensor[], Output extends Results>(
  step: (...inputs: Inputs) => Output,
  options?: { readonly unroll?: undefined; readonly atOnce?: boolean },
): Compiled<Inputs, Output>
export function compile<Inputs extends readonly tf.Tensor[], Output extends Results>(
  step: (...inputs: Inputs) => Output,
  options: { readonly unroll: number; readonly atOnce?: boolean },
): Compiled<tf.Tensor[], Stacked<Output>>
export function compile<Inputs extends readonly tf.Tensor[], Output extends Results>(
  step: (...inputs: Inputs) => Output,
  { unroll, atOnce = false }: { readonly unroll?: number; readonly atOnce?: boolean } = {},
): Compiled<tf.Tensor[], Results> {
  if (unroll !== undefined && (!Number.isInteger(unroll) || unroll < 1))
    throw new OptionError('unroll', unroll, 'a positive integer')
  const plain = (...inputs: tf.Tensor[]) => step(...(inputs as readonly tf.Tensor[] as Inputs))
  const run = unroll === undefined ? plain : unrolled(plain, unroll)
  let home: OnnxBackend | null = null
  let runner: StepRunner | null = null
  let disposed = false
  const compiled = (...inputs: tf.Tensor[]): Results => {
    if (disposed) throw new BackendError('compile: this function was disposed and cannot run again.')
    const backend = activeBackend()
    if (home === null && !atOnce) {
      const results = tf.tidy(() => backend.recording.run(() => run(...inputs)) as tf.TensorContainer)
      home = backend
      return results as Results
    }
    home ??= backend
    if (backend !== home)
      throw new BackendError('compile: this function was compiled for another backend than the active one.')
    runner ??= StepRunner.of(traceStep(run, inputs, backend), backend)
    return runner.run(inputs)
  }
  const dispose = () => {
    if (!disposed) runner?.dispose()
    disposed = true
  }
  const describe = () => (runner === null ? '' : describePlan(runner.plan))
  return Object.assign(compiled, { describe, dispose })
}

/**
 * Tries whether {@link compile} takes a step, by running it. Nothing of it is computed, neither by the backend nor, through
 * `onHost`, by the host; its tensors are disposed, and variables have their values back. A variable that it makes stays.
 *
 * @returns how often it asks the host
 * @throws NotCompilableError if it reads a tensor or calls a compiled function; BackendError if the active backend is not
 * of this package; whatever else the step throws
 */
export function rehearse(step: () => void): { readonly hostCalls: number } {
  const backend = activeBackend()
  const asked: HostCall[] = []
  keepingVariables(() => tf.tidy(() => backend.recording.run(step, asked)))
  return { hostCalls: asked.length }
}

/** @throws BackendError if the active backend is another's; NotCompilableError while a function is recorded */
function activeBackend(): OnnxBackend {
  const backend = tf.backend()
  if (!(backend instanceof OnnxBackend))
    throw new BackendError(`The active backend is '${tf.getBackend()}'; compile needs one of @dc/backend-onnx.`)
  backend.recording.refuse('calls another compiled function, in place of the plain one')
  return backend
}
