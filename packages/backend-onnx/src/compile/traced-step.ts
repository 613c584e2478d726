import { quoted, tf } from '@dc/core'
import { NotCompilableError } from '@dc/core/errors'
import type { OnnxBackend } from '../backend'
import { reachableNodes } from '../graph/trace'
import type { Storage, Value } from '../graph/value'
import type { HostCall } from '../recording'
import { keepingVariables, numericVariables } from './keeping-variables'
import { type Form, formOf, type Results, tensorsOf } from './results'

/** What a step was seen to do: its operators, behind the values of its results. */
export interface TracedStep {
  readonly inputs: readonly TracedInput[]
  /** What stood for each variable while the step was traced. */
  readonly variables: ReadonlyMap<Storage, tf.Variable>
  readonly results: readonly Value[]
  readonly form: Form
  /** The variables that it assigns, and their new values. */
  readonly assignments: readonly { readonly variable: tf.Variable; readonly value: Value }[]
  /** In the order in which it made them. */
  readonly hostCalls: readonly HostCall[]
  /** Tensors that it reads from around it, beside variables. The backend retains them. */
  readonly captured: readonly Value[]
}

/** An argument of a step. */
export interface TracedInput {
  readonly shape: readonly number[]
  readonly dtype: tf.DataType
  /** What stood for it while the step was traced. */
  readonly storage: Storage
}

/**
 * Traces a step: runs its JavaScript once, on a placeholder for each argument and each variable. So no two of them are the same
 * array, as they may be outside. The variables have their values back afterwards.
 *
 * @throws NotCompilableError if it does what no compiled step can; whatever else it throws
 */
export function traceStep(
  step: (...inputs: tf.Tensor[]) => Results,
  inputs: readonly tf.Tensor[],
  backend: OnnxBackend,
): TracedStep {
  backend.flush()
  inputs.forEach(({ dtype }, i) => {
    requireNumbers(dtype, `takes a ${dtype} tensor as input ${i}`)
  })
  const placeholder = ({ shape, dtype }: tf.Tensor) =>
    tf.engine().makeTensorFromTensorInfo(backend.placeholder(shape, dtype))
  const storageOf = (tensor: tf.Tensor) => backend.value(tensor).storage!
  return keepingVariables((variables) => {
    const standIns = { inputs: inputs.map(placeholder), variables: variables.map(placeholder) }
    variables.forEach((variable, i) => {
      variable.assign(standIns.variables[i])
    })
    try {
      const seen = {
        inputs: inputs.map(({ shape, dtype }, i) => ({
          shape: [...shape],
          dtype,
          storage: storageOf(standIns.inputs[i]),
        })),
        variables: new Map(variables.map((variable, i) => [storageOf(standIns.variables[i]), variable])),
      }
      return inTidy(() => {
        const hostCalls: HostCall[] = []
        const results = backend.recording.run(() => step(...standIns.inputs), hostCalls)
        const tensors = tensorsOf(results)
        tensors.forEach(({ dtype }, i) => {
          requireNumbers(dtype, `gives a ${dtype} tensor as result ${i}`)
        })
        requireNoneNew(variables)
        const assigned = variables.filter((variable, i) => variable.dataId !== standIns.variables[i].dataId)
        const traced = {
          ...seen,
          results: tensors.map((tensor) => backend.value(tensor)),
          form: formOf(results),
          assignments: assigned.map((variable) => ({ variable, value: backend.value(variable) })),
          hostCalls,
        }
        const captured = capturedBy(traced)
        // Now, for the tensors that the step made go when it ends.
        for (const value of captured) backend.retain(value)
        return { ...traced, captured }
      })
    } finally {
      tf.dispose([standIns.inputs, standIns.variables])
    }
  })
}

function capturedBy({ inputs, variables, results, assignments, hostCalls }: Omit<TracedStep, 'captured'>): Value[] {
  const wanted = [...results, ...assignments.map(({ value }) => value), ...hostCalls.map(({ input }) => input)]
  const known = new Set([
    ...inputs.map(({ storage }) => storage),
    ...variables.keys(),
    ...hostCalls.map(({ output }) => output.storage),
  ])
  const read = new Map<Storage, Value>()
  for (const value of [...wanted, ...reachableNodes(wanted).flatMap((node) => node.inputs)])
    if (value?.storage && value.bake !== 'always' && !known.has(value.storage)) read.set(value.storage, value)
  return [...read.values()]
}

/** A scope for tensors whose result is none. */
function inTidy<T>(run: () => T): T {
  tf.engine().startScope()
  try {
    return run()
  } finally {
    tf.engine().endScope()
  }
}

function requireNumbers(dtype: tf.DataType, what: string): void {
  if (dtype === 'string' || dtype === 'complex64') throw new NotCompilableError(what)
}

/** A variable made inside the graph has no value outside it. */
function requireNoneNew(known: readonly tf.Variable[]): void {
  const made = numericVariables().filter((variable) => !known.includes(variable))
  if (made.length === 0) return
  tf.dispose([...made])
  const names = made.map(({ name }) => quoted(name)).join(', ')
  throw new NotCompilableError(`makes variables (${names}) while it is traced`, { names })
}
