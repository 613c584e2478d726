import type { ElementArray } from '../runtime/element-type'
import { lowerConvolutions } from './rewrite-convolutions'
import { fuseGemm } from './rewrite-gemm'
import { sinkTransposes } from './rewrite-layout'
import { sumRowsByProduct } from './rewrite-sums'
import type { Rule, Surroundings } from './rule'
import type { Trace } from './trace'
import { type Node, nodes as record, type Value } from './value'

/** What a compiled model executes. */
export interface Plan {
  /** What stands for the trace's inputs, one for one. */
  readonly inputs: readonly Value[]
  readonly nodes: readonly Node[]
  readonly outputs: readonly Value[]
}

const rules: readonly Rule[] = [sinkTransposes, fuseGemm, lowerConvolutions]

/**
 * Rewrites a trace into an equal one that runs faster.
 *
 * @param bakedData contents of an input that are compiled in, or null
 * @param provider whether it runs on the CPU, and what {@link Surroundings} says of its kernels
 */
export function rewrite(
  trace: Trace,
  bakedData: (value: Value) => ElementArray | null,
  { cpu = false, channelBlock = () => null }: { cpu?: boolean; channelBlock?: () => number | null } = {},
): Plan {
  const replaced = new Map<Value, Value>()
  const current = (value: Value): Value => replaced.get(value) ?? value
  const uses = countUses(trace)
  // Rules treat inputs as results of an operator that makes them: whatever they do to one is done inside the model.
  const inputs = trace.inputs.map(({ type, shape }) => record('Input', [], [{ type, shape }])[0])
  const contents = new Map(inputs.map((input, i) => [input, bakedData(trace.inputs[i])]))
  inputs.forEach((input, i) => {
    replaced.set(trace.inputs[i], input)
  })
  const graph: Surroundings = {
    isPrivate: (value) => uses.get(value) === 1,
    numberOf(value) {
      if (value.fill !== null) return value.fill
      const data = value.size === 1 ? contents.get(value) : null
      return data ? Number(data[0]) : null
    },
    channelBlock,
  }
  for (const node of trace.nodes) {
    const moved = node.inputs.some((input) => input && replaced.has(input)) ? withInputs(node, current) : node
    if (moved !== node)
      node.outputs.forEach((output, i) => {
        replaced.set(output, moved.outputs[i])
        uses.set(moved.outputs[i], uses.get(output) ?? 0)
      })
    for (const rule of rules) {
      const better = rule(moved, graph)
      if (better === null) continue
      uses.set(better, uses.get(node.outputs[0]) ?? 0)
      replaced.set(node.outputs[0], better)
      break
    }
  }
  const outputs = trace.outputs.map(current)
  const roots = trace.nodes.flatMap((node) => node.outputs.map(current))
  const nodes = order(roots, outputs).filter((node) => node.op !== 'Input')
  return { inputs, nodes: cpu ? nodes.map(sumRowsByProduct) : nodes, outputs }
}

/** How often each value is read. */
function countUses({ nodes, outputs }: Trace): Map<Value, number> {
  const uses = new Map<Value, number>()
  const use = (value: Value, times: number) => uses.set(value, (uses.get(value) ?? 0) + times)
  for (const node of nodes) for (const input of node.inputs) if (input) use(input, 1)
  // An output must exist as itself, so it counts as read by more than one.
  for (const output of outputs) use(output, 2)
  return uses
}

/** The same operator on other values. */
function withInputs(node: Node, current: (value: Value) => Value): Node {
  const inputs = node.inputs.map((input) => input && current(input))
  const outputs = record(node.op, inputs, node.outputs, node.attributes, node.domain)
  return outputs[0].node!
}

/**
 * The nodes behind the outputs, each after those that it reads.
 *
 * Results live until their last reader, so the order decides how much memory a graph takes. The recorded order is a good one: a
 * layer's gradient for its weights stands beside that for its input. A walk from the outputs would put the first layer's update
 * first, behind all that it needs, while every other layer's gradients wait.
 *
 * @param roots values in the order in which they should be computed, as far as they are needed
 */
function order(roots: readonly Value[], outputs: readonly Value[]): Node[] {
  const needed = new Set(walk(outputs))
  return walk([...roots, ...outputs]).filter((node) => needed.has(node))
}

/** The nodes behind values, each after those it reads. */
function walk(values: readonly Value[]): Node[] {
  const sorted: Node[] = []
  const seen = new Set<Node>()
  const stack: { node: Node; next: number }[] = []
  const push = (value: Value | null) => {
    if (!value?.node || seen.has(value.node)) return
    seen.add(value.node)
    stack.push({ node: value.node, next: 0 })
  }
  for (const value of values) {
    push(value)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      if (top.next < top.node.inputs.length) push(top.node.inputs[top.next++])
      else {
        sorted.push(top.node)
        stack.pop()
      }
    }
  }
  return sorted
}
