import { copyOfGraph, reachableNodes, type Trace } from '../graph/trace'
import { type Node, stored, type Value } from '../graph/value'
import type { HostCall } from '../recording'
import { allocate } from '../runtime/element-type'

/** A part of a step that runs as one graph, and what the host then computes from it. */
export interface Stage {
  /** Its outputs give {@link fills} their arrays. Those of the last stage are the step's results. */
  readonly graph: Trace
  /** Stored values, one for each output, that the host and later stages read. Of the last stage none. */
  readonly fills: readonly Value[]
  /** The input is one of `fills`. The output is another stored value, which later stages read. */
  readonly calls: readonly HostCall[]
}

/**
 * Cuts a step where the host computes in its middle. A later stage reads what an earlier one has computed, and does not compute it
 * again.
 *
 * @param results what the step gives in the end
 * @param calls in the order in which the step made them
 */
export function stagesOf(results: readonly Value[], calls: readonly HostCall[]): Stage[] {
  const parts: Part[] = [...inGroups(calls), { calls: [], wanted: results }].map(({ calls, wanted }) => ({
    ...{ calls, wanted, nodes: [], fills: new Map<Value, Value>() },
  }))
  const madeIn = new Map<Node, Part>()
  const given = new Map<Value, Value>()
  for (const part of parts) {
    const isMade = ({ node }: Value) => node !== null && madeIn.has(node)
    part.nodes = reachableNodes(part.wanted, isMade)
    for (const value of [...part.wanted, ...part.nodes.flatMap(({ inputs }) => inputs)]) {
      const maker = value?.node && madeIn.get(value.node)
      if (value && maker && !maker.fills.has(value)) maker.fills.set(value, standIn(value))
    }
    for (const { input } of part.calls) if (!part.fills.has(input)) part.fills.set(input, standIn(input))
    for (const node of part.nodes) madeIn.set(node, part)
  }
  return parts.map(({ calls, wanted, fills }, i) => {
    const last = i === parts.length - 1
    const graph = copyOfGraph(last ? wanted : [...fills.keys()], given)
    for (const [value, stand] of fills) given.set(value, stand)
    return {
      graph,
      fills: [...fills.values()],
      calls: calls.map((call) => ({ ...call, input: fills.get(call.input)! })),
    }
  })
}

interface Part {
  readonly calls: readonly HostCall[]
  /** What the part is for: what the host reads, or the results. */
  readonly wanted: readonly Value[]
  nodes: readonly Node[]
  /** Values that others read, to what stands for them there. */
  readonly fills: Map<Value, Value>
}

/** Calls that can be asked one after another, since none reads what follows from another's answer. */
function inGroups(calls: readonly HostCall[]): { calls: HostCall[]; wanted: Value[] }[] {
  const groups: { calls: HostCall[]; wanted: Value[] }[] = []
  for (const call of calls) {
    const group = groups.at(-1)
    const answers = new Set(group?.calls.map(({ output }) => output.storage))
    const read = [call.input, ...reachableNodes([call.input]).flatMap(({ inputs }) => inputs)]
    if (!group || read.some((value) => value?.storage && answers.has(value.storage)))
      groups.push({ calls: [call], wanted: [call.input] })
    else {
      group.calls.push(call)
      group.wanted.push(call.input)
    }
  }
  return groups
}

/** A stored value whose array comes at each run; its storage tells it from others. */
function standIn({ type, shape }: Value): Value {
  return stored(type, shape, allocate(type, 0))
}
