import type { ElementArray } from '../runtime/element-type'
import { type Node, node, nodes as record, Value } from './value'

/**
 * A pending graph in canonical form: the nodes behind the wanted outputs in execution order, the stored values they
 * read, and a text that is equal for graphs that one compiled model can serve.
 */
export interface Trace {
  readonly key: string
  readonly nodes: readonly Node[]
  /** Stored values fed at each run, by first use. */
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
}

/**
 * The nodes that the outputs depend on, oldest first. Nodes that nothing wanted depends on are left out.
 *
 * @param isGiven whether a value is there already; nodes behind it are left out
 */
export function reachableNodes(outputs: readonly Value[], isGiven: (value: Value) => boolean = () => false): Node[] {
  const seen = new Set<Node>()
  const stack: Node[] = []
  const visit = (value: Value | null) => {
    if (!value?.node || seen.has(value.node) || isGiven(value)) return
    seen.add(value.node)
    stack.push(value.node)
  }
  for (const output of outputs) visit(output)
  for (let node = stack.pop(); node; node = stack.pop()) for (const input of node.inputs) visit(input)
  return [...seen].sort((a, b) => a.id - b.id)
}

/** Brings the graph behind the outputs into canonical form. */
export function trace(outputs: readonly Value[], nodes: readonly Node[] = reachableNodes(outputs)): Trace {
  const names = new Map<Value, string>()
  const inputs: Value[] = []
  let key = ''
  const nameOf = (value: Value): string => {
    const known = names.get(value)
    if (known !== undefined) return known
    let name: string
    let text: string
    if (value.fill !== null) {
      name = `f${value.type}[${value.shape}]${Object.is(value.fill, -0) ? '-0' : value.fill}`
      text = name
    } else if (value.bake === 'always') {
      name = `c${value.type}[${value.shape}]${contents(value.data)}`
      text = name
    } else {
      name = `i${inputs.length}`
      text = `${name}${value.type}[${value.shape}]${value.bake}`
      inputs.push(value)
    }
    names.set(value, name)
    return text
  }
  nodes.forEach((node, index) => {
    key += `;${node.signature}`
    for (const input of node.inputs) key += `,${input === null ? '' : nameOf(input)}`
    // Inputs' shapes do not decide the result's here, for where a slice starts and ends is an input.
    if (node.inputs.some((input) => input?.bake === 'until-changed'))
      for (const output of node.outputs) key += `:${output.shape}`
    node.outputs.forEach((output, k) => {
      names.set(output, `n${index}.${k}`)
    })
  })
  key += '>'
  for (const output of outputs) key += `,${names.get(output)}`
  return { key, nodes, inputs, outputs }
}

function contents(data: ElementArray | null): string {
  return data === null ? '' : data.join()
}

/**
 * The graph behind values as it is now, in values of its own: computing the originals does not change it. Every output is made by
 * an operator.
 *
 * @param given values that the graph does not compute, to stored ones that it reads instead
 */
export function copyOfGraph(outputs: readonly Value[], given: ReadonlyMap<Value, Value> = new Map()): Trace {
  const copies = new Map<Value, Value>()
  const copyOf = (original: Value): Value => {
    let copy = copies.get(original)
    if (!copy) {
      const value = given.get(original) ?? original
      copy = new Value(value.type, value.shape)
      copy.storage = value.storage
      copy.fill = value.fill
      copy.bake = value.bake
      copies.set(original, copy)
    }
    return copy
  }
  for (const original of reachableNodes(outputs, (value) => given.has(value))) {
    const inputs = original.inputs.map((input) => input && copyOf(input))
    const made = record(original.op, inputs, original.outputs, original.attributes, original.domain)
    original.outputs.forEach((output, i) => {
      copies.set(output, made[i])
    })
  }
  return trace(
    outputs.map((output) =>
      output.node && !given.has(output)
        ? copyOf(output)
        : node('Identity', [copyOf(output)], output.type, output.shape),
    ),
  )
}
