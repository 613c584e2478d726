import type { ElementArray } from '../runtime/element-type'
import { joinBranches } from './rewrite-branches'
import { lowerConvolutions } from './rewrite-convolutions'
import { fuseGemm } from './rewrite-gemm'
import { sinkTransposes } from './rewrite-layout'
import { sumRowsByProduct } from './rewrite-sums'
import type { Trace } from './trace'
import { type Node, nodes as record, sameShape, type Value } from './value'

/** What a compiled model executes. */
export interface Plan {
  /** What stands for the trace's inputs, one for one. */
  readonly inputs: readonly Value[]
  readonly nodes: readonly Node[]
  readonly outputs: readonly Value[]
}

/** What a rule may ask about the graph. */
export interface Surroundings {
  /** Whether the value is read exactly once and is no output, so that whoever reads it may absorb it. */
  isPrivate(value: Value): boolean
  /** The number that the value is known to be, wherever it is a constant of the model; else null. */
  numberOf(value: Value): number | null
  /** Channels that lie together in the images of the provider's blocked kernels; null if it has none. */
  channelBlock(): number | null
}

/** Gives an equal value that is cheaper, or null. It is shown each node after its inputs have been rewritten. */
export type Rule = (node: Node, graph: Surroundings) => Value | null

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
  const constant = (value: Value) => contents.get(value) ?? (value.bake === 'always' ? value.data : null)
  const same = (a: Value, b: Value) => a === b || (sameShape(a.shape, b.shape) && sameNumbers(a, b, constant))
  const roots = trace.nodes.flatMap((node) => node.outputs.map(current))
  const plan = { inputs, nodes: order(roots, outputs), outputs }
  const { nodes, ...joined } = joinBranches(plan, same) ?? plan
  const kept = nodes.filter((node) => node.op !== 'Input')
  return { ...joined, nodes: cpu ? kept.map(sumRowsByProduct) : kept }
}

/** Whether two constants of one shape hold the same small number of elements. */
function sameNumbers(a: Value, b: Value, contents: (value: Value) => ElementArray | null): boolean {
  if (a.type !== b.type || a.fill !== null || b.fill !== null) return a.type === b.type && Object.is(a.fill, b.fill)
  const [left, right] = [contents(a), contents(b)]
  return left !== null && right !== null && left.length <= 16 && left.every((value, i) => Object.is(value, right[i]))
}

/** How often each value is read. */
export function countUses({ nodes, outputs }: Pick<Plan, 'nodes' | 'outputs'>): Map<Value, number> {
  const uses = new Map<Value, number>()
  const use = (value: Value, times: number) => uses.set(value, (uses.get(value) ?? 0) + times)
  for (const node of nodes) for (const input of node.inputs) if (input) use(input, 1)
  // An output must exist as itself, so it counts as read by more than one.
  for (const output of outputs) use(output, 2)
  return uses
}

/** The same operator on other values. */
export function withInputs(node: Node, current: (value: Value) => Value): Node {
  const inputs = node.inputs.map((input) => input && current(input))
  const outputs = record(node.op, inputs, node.outputs, node.attributes, node.domain)
  return outputs[0].node!
}

/**
 * The nodes behind the outputs: each after those it reads, and these not before they are needed.
 *
 * Results live until their last reader, so the order decides how much memory a graph takes. Recorded is a good one: a
 * layer's gradient for its weights beside that for its input. A walk from the outputs would put the first layer's update
 * first, with all that it needs, and keep every other layer's gradients waiting.
 *
 * @param roots values in the order in which they should be computed, as far as they are needed
 */
export function order(roots: readonly Value[], outputs: readonly Value[]): Node[] {
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
