import { reachableNodes } from '../graph/trace'
import { type Node, type Storage, sameShape, type Value } from '../graph/value'
import { type ElementwiseProgram, elementwiseOp, type Term } from '../runtime/elementwise-module'

/** Part of a step that goes element by element from old values to new ones, such as an optimiser's update of a weight. */
export interface Update {
  readonly program: ElementwiseProgram
  /** Elements of each array. */
  readonly size: number
  /** What the program reads: stored values, and values that the rest of the step computes. */
  readonly arrays: readonly Value[]
  readonly numbers: readonly Value[]
  /** The program's results. `replaces` is the array that holds the old value of the same variable. */
  readonly results: readonly { readonly value: Value; readonly replaces: number | null }[]
}

/** A new value of a variable, and where its old one comes into the step. */
export interface Assignment {
  readonly value: Value
  readonly old: Storage
}

/**
 * Finds the updates of a step: what it computes last and element by element, such as a weight and its momenta from their old
 * values. What an update reads and does not compute itself, gradients and the learning rate, the rest of the step gives it.
 *
 * An operator belongs to an update if it is elementwise on arrays of one shape and single numbers, and if only the update
 * reads its result.
 *
 * @param results what else is wanted of the step; they may be made in an update too
 * @param asked what the host reads
 * @param isOld whether a stored value is a tensor that comes into the step, rather than one around it
 */
export function findUpdates(
  assigned: readonly Assignment[],
  results: readonly Value[],
  asked: readonly Value[],
  isOld: (storage: Storage) => boolean,
): Update[] {
  const wanted = [...results, ...assigned.map(({ value }) => value)]
  const nodes = reachableNodes([...wanted, ...asked])
  const once = new Set(wanted.filter((value, i) => wanted.indexOf(value) === i && wanted.lastIndexOf(value) === i))
  const readers = new Map<Value, Node[]>()
  for (const node of nodes)
    for (const input of node.inputs) if (input) readers.set(input, [...(readers.get(input) ?? []), node])

  const fromOld = new Set<Value>()
  const able = new Set<Node>()
  for (const node of nodes) {
    const arrays = elementwiseArrays(node)
    if (arrays === null) continue
    const follows = arrays.some((array) => fromOld.has(array) || (array.storage !== null && isOld(array.storage)))
    if (follows) fromOld.add(node.outputs[0])
    // Of what does not follow from old values, an update takes operators on one array, such as a scaled gradient. The sum of two
    // gradients stays in the graph, where it becomes part of a product.
    if (follows || new Set(arrays).size === 1) able.add(node)
  }
  const kept = new Set<Node>()
  const hidden = new Set([...asked, ...wanted.filter((value) => !once.has(value))])
  for (const node of [...nodes].reverse()) {
    const [output] = node.outputs
    const read = readers.get(output) ?? []
    const inUpdate = (reader: Node) => kept.has(reader) && sameShape(reader.outputs[0].shape, output.shape)
    if (able.has(node) && !hidden.has(output) && (once.has(output) || read.length > 0) && read.every(inUpdate))
      kept.add(node)
  }
  const oldOf = new Map(assigned.map(({ value, old }) => [value, old]))
  return connected([...kept].reverse())
    .filter((part) => part.length > 1 && part.some(({ outputs }) => oldOf.has(outputs[0])))
    .map((part) => updateOf(part, once, oldOf))
}

/** The inputs of an elementwise operator that have its result's shape, if the others are numbers; else null. */
function elementwiseArrays({ op, domain, inputs, outputs }: Node): readonly Value[] | null {
  const [result] = outputs
  if (elementwiseOp(op) === null || domain !== '' || result.type !== 'float32' || result.size === 1) return null
  const given = inputs as readonly Value[]
  const isArray = ({ shape, fill }: Value) => fill === null && sameShape(shape, result.shape)
  return given.every((value) => value.type === 'float32' && (isArray(value) || value.size === 1))
    ? given.filter(isArray)
    : null
}

/** Arrays are told apart by what they share, for a stored one may stand in several values. */
const identityOf = (array: Value): object => array.storage ?? array

/** Groups of operators that read or make the same arrays. */
function connected(nodes: readonly Node[]): Node[][] {
  const groupOf = new Map<object, Set<Node>>()
  for (const node of nodes) {
    const touched = [...elementwiseArrays(node)!, node.outputs[0]].map(identityOf)
    const group = new Set([node])
    for (const other of new Set(touched.map((array) => groupOf.get(array))))
      for (const member of other ?? []) group.add(member)
    for (const member of group)
      for (const array of [...elementwiseArrays(member)!, member.outputs[0]]) groupOf.set(identityOf(array), group)
  }
  return [...new Set(groupOf.values())].map((group) => [...group].sort((a, b) => a.id - b.id))
}

/** @param wanted the values that must be written */
function updateOf(nodes: readonly Node[], wanted: ReadonlySet<Value>, oldOf: ReadonlyMap<Value, Storage>): Update {
  const made = new Map<Value, number>()
  const arrays = new Map<object, Value>()
  const numbers: Value[] = []
  const indexIn = (map: Map<object, Value>, key: object) => [...map.keys()].indexOf(key)
  const steps: ElementwiseProgram['steps'][number][] = []
  for (const node of nodes) {
    const own = new Set(elementwiseArrays(node))
    const terms = (node.inputs as Value[]).map((value): Term => {
      const step = made.get(value)
      if (step !== undefined) return { step }
      if (!own.has(value)) return { number: numbers.includes(value) ? numbers.indexOf(value) : numbers.push(value) - 1 }
      const key = identityOf(value)
      if (!arrays.has(key)) arrays.set(key, value)
      return { array: indexIn(arrays, key) }
    })
    made.set(node.outputs[0], steps.push({ op: elementwiseOp(node.op)!, terms }) - 1)
  }
  const results = [...made.keys()].filter((value) => wanted.has(value))
  return {
    program: { arrays: arrays.size, numbers: numbers.length, steps, results: results.map((value) => made.get(value)!) },
    size: results[0].size,
    arrays: [...arrays.values()],
    numbers,
    results: results.map((value) => {
      const old = oldOf.get(value)
      const replaces = old ? indexIn(arrays, old) : -1
      return { value, replaces: replaces < 0 ? null : replaces }
    }),
  }
}
