import type { tf } from '@dc/core'
import type { Trace } from '../graph/trace'
import type { Storage, Value } from '../graph/value'
import type { HostCall } from '../recording'
import type { ElementType } from '../runtime/element-type'
import type { ElementwiseProgram } from '../runtime/elementwise-module'
import type { Form } from './results'
import { stagesOf } from './stages'
import type { TracedStep } from './traced-step'
import { findUpdates, type Update } from './updates'

/** What a call of a compiled step does. */
export interface StepPlan {
  readonly inputs: readonly { readonly shape: readonly number[]; readonly dtype: tf.DataType }[]
  /** Graphs, in the order in which they run. */
  readonly stages: readonly PlannedStage[]
  /** What is computed after the last graph, by WebAssembly. */
  readonly updates: readonly PlannedUpdate[]
  readonly results: readonly PlannedResult[]
  readonly form: Form
  /** The variables that are assigned, and their new values. */
  readonly assignments: readonly (PlannedResult & { readonly variable: tf.Variable })[]
  /** What the step reads from around it, retained by the backend. */
  readonly captured: readonly Value[]
}

/** Where a call finds an array that is there before its last graph runs. */
export type Source =
  | { readonly argument: number }
  | { readonly variable: tf.Variable }
  /** What an earlier graph or the host has computed, by its number. */
  | { readonly slot: number }
  /** What the step reads from around it. */
  | { readonly captured: Storage }

/** A graph, and what becomes of its outputs. */
export interface PlannedStage {
  readonly graph: Trace
  /** Of the graph's inputs. */
  readonly sources: readonly Source[]
  /** The slots that the first outputs fill. Of the last graph none: its outputs are results, and what the updates read. */
  readonly fills: readonly number[]
  /** What the host then computes, from one slot into another. */
  readonly calls: readonly { readonly from: number; readonly to: number; readonly compute: HostCall['compute'] }[]
}

/** What an update reads: something stored, an output of the last graph by its position, or a number that is always the same. */
export type Read = Source | { readonly output: number } | { readonly fill: number }

/** An elementwise computation on arrays of one size, in one pass. */
export interface PlannedUpdate {
  readonly program: ElementwiseProgram
  readonly size: number
  readonly arrays: readonly Read[]
  readonly numbers: readonly Read[]
  /** Of each of the program's results, the array whose place it takes: the old value of its variable. */
  readonly replaces: readonly (number | null)[]
}

/** A result, or a new value of a variable, and where it is found: the last graph's outputs, or an update's results. */
export interface PlannedResult {
  readonly type: ElementType
  readonly shape: readonly number[]
  readonly origin: { readonly output: number } | { readonly update: number; readonly result: number }
}

/**
 * Plans the calls of a step: graphs, cut where the host computes in its middle, and the updates of variables that are made
 * outside them.
 *
 * @param updatesApart whether there are such updates; without them the last graph computes all
 */
export function planStep(traced: TracedStep, { updatesApart = true } = {}): StepPlan {
  const { inputs, variables, results, assignments, hostCalls } = traced
  const values = [...results, ...assignments.map(({ value }) => value)]
  const updates = updatesApart ? updatesOf(traced) : []
  const updated = updates.flatMap((update, at) =>
    update.results.map(({ value }, result) => ({ value, update: at, result })),
  )
  const isUpdated = (value: Value) => updated.some((each) => each.value === value)
  const read = new Set(updates.flatMap(({ arrays, numbers }) => [...arrays, ...numbers]))
  const computed = values.filter((value) => !isUpdated(value))
  const readOfGraph = [...read].filter(({ node }) => node !== null)
  const outputs = [...computed, ...readOfGraph]
  // A graph has to have an output.
  if (outputs.length === 0) return planStep(traced, { updatesApart: false })

  const stages = stagesOf(outputs, hostCalls)
  const slots = stages.flatMap(({ fills, calls }) => [...fills, ...calls.map(({ output }) => output)])
  const slotOf = ({ storage }: Value) => slots.findIndex((slot) => slot.storage === storage)
  const sourceOf = (value: Value): Source => {
    const argument = inputs.findIndex(({ storage }) => storage === value.storage)
    if (argument >= 0) return { argument }
    const variable = variables.get(value.storage!)
    if (variable) return { variable }
    const slot = slotOf(value)
    return slot >= 0 ? { slot } : { captured: value.storage! }
  }
  const readOf = (value: Value): Read => {
    if (value.node !== null) return { output: computed.length + readOfGraph.indexOf(value) }
    return value.fill !== null ? { fill: value.fill } : sourceOf(value)
  }
  // One value for two variables is two outputs, for each of them has an array of its own.
  let output = 0
  const placed = values.map((value): PlannedResult => {
    const { type, shape } = value
    const found = updated.find((each) => each.value === value)
    return { type, shape, origin: found ? { update: found.update, result: found.result } : { output: output++ } }
  })
  return {
    inputs: inputs.map(({ shape, dtype }) => ({ shape, dtype })),
    stages: stages.map(({ graph, fills, calls }) => ({
      graph,
      sources: graph.inputs.map(sourceOf),
      fills: fills.map(slotOf),
      calls: calls.map(({ input, output, compute }) => ({ from: slotOf(input), to: slotOf(output), compute })),
    })),
    updates: updates.map(({ program, size, arrays, numbers, results }) => ({
      program,
      size,
      arrays: arrays.map(readOf),
      numbers: numbers.map(readOf),
      replaces: results.map(({ replaces }) => replaces),
    })),
    results: placed.slice(0, results.length),
    form: traced.form,
    assignments: assignments.map(({ variable }, i) => ({ variable, ...placed[results.length + i] })),
    captured: traced.captured,
  }
}

function updatesOf({ inputs, variables, results, assignments, hostCalls }: TracedStep): Update[] {
  const old = new Map([...variables].map(([storage, variable]) => [variable, storage]))
  const isOld = (storage: Storage) => variables.has(storage) || inputs.some((input) => input.storage === storage)
  return findUpdates(
    assignments.map(({ variable, value }) => ({ value, old: old.get(variable)! })),
    results,
    hostCalls.map(({ input }) => input),
    isOld,
  )
}
