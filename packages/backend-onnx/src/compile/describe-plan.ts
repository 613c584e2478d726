import { quoted } from '@dc/core'
import type { Node } from '../graph/value'
import type { PlannedResult, PlannedStage, PlannedUpdate, Read, StepPlan } from './step-plan'

/**
 * A plan as text for people: its graphs with what they read and give, what the host is asked between them, the updates behind
 * them, and where results and new values of variables are found. Operators are those that were recorded; a graph is rewritten
 * when it is compiled.
 */
export function describePlan({ inputs, stages, updates, results, form, assignments }: StepPlan): string {
  const names = results.map((_, i) =>
    form === 'tensor' ? 'result' : form === 'list' ? `result ${i}` : `result ${form[i]}`,
  )
  return [
    ...inputs.map(({ dtype, shape }, i) => `input ${i}: ${dtype}[${shape.join(', ')}]`),
    ...stages.flatMap((stage, i) => describeStage(stage, i, stages.length)),
    ...updates.flatMap(describeUpdate),
    ...results.map((result, i) => `${names[i]}: ${whereIs(result)}`),
    ...assignments.map((assigned) => `variable ${quoted(assigned.variable.name)}: ${whereIs(assigned)}`),
  ].join('\n')
}

function describeStage({ graph, sources, fills, calls }: PlannedStage, at: number, count: number): string[] {
  const form = (of: 'inputs' | 'outputs', i: number) => `${graph[of][i].type}[${graph[of][i].shape.join(', ')}]`
  const given = graph.outputs.map(
    (_, i) => `${i < fills.length ? `slot ${fills[i]}` : `output ${i}`} ${form('outputs', i)}`,
  )
  return [
    `graph ${at + 1} of ${count}: ${operators(graph.nodes)}`,
    `  reads ${sources.map((source, i) => `${nameOf(source)} ${form('inputs', i)}`).join(', ') || 'nothing'}`,
    `  gives ${given.join(', ')}`,
    ...calls.map(({ from, to }) => `host: slot ${from} → slot ${to}`),
  ]
}

function describeUpdate({ program, size, arrays, numbers, replaces }: PlannedUpdate, at: number): string[] {
  const written = replaces.map(
    (array, i) => `result ${i} ${array === null ? 'beside' : `over ${nameOf(arrays[array])}`}`,
  )
  return [
    `update ${at + 1}: ${program.steps.map(({ op }) => op).join(' ')} on ${size} elements`,
    `  reads ${[...arrays, ...numbers].map(nameOf).join(', ')}`,
    `  writes ${written.join(', ')}`,
  ]
}

function nameOf(read: Read): string {
  if ('argument' in read) return `input ${read.argument}`
  if ('variable' in read) return `variable ${quoted(read.variable.name)}`
  if ('slot' in read) return `slot ${read.slot}`
  if ('output' in read) return `output ${read.output}`
  if ('fill' in read) return numberOf(read.fill)
  const { data } = read.captured
  return data.length === 1 ? numberOf(data[0]) : 'a tensor around it'
}

/** In the digits that float32 has. */
const numberOf = (value: number | bigint): string => `the number ${Number(Number(value).toPrecision(7))}`

const whereIs = ({ origin }: PlannedResult): string =>
  'output' in origin ? `output ${origin.output}` : `update ${origin.update + 1}, result ${origin.result}`

/** `3 operators (2 Gemm, Relu)`, the most frequent first. */
function operators(nodes: readonly Node[]): string {
  const counts = new Map<string, number>()
  for (const { op } of nodes) counts.set(op, (counts.get(op) ?? 0) + 1)
  const list = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const text = list.map(([op, count]) => (count > 1 ? `${count} ${op}` : op)).join(', ')
  return `${nodes.length} operators (${text})`
}
