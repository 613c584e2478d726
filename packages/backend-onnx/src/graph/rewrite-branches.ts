import { sum } from '../ops/reduce'
import { concat, slice, transpose } from '../ops/structure'
import { countUses, order, type Plan, withInputs } from './rewrite'
import { weightOf } from './rewrite-gemm'
import { elementwiseOps, reductions } from './rewrite-layout'
import { integers, type Node, node, sameShape, type Value } from './value'

/** Products of more rows than these are about as fast by themselves. */
const enoughRows = 256
/** A product of fewer columns takes no longer than the copy that joins its left operand with another. */
const fewColumns = 512

/** Whether two values are the same: one value, or constants of equal contents. */
export type Sameness = (a: Value, b: Value) => boolean

/** Two values of one shape that become one with a leading axis of 2. */
interface Pair {
  readonly members: readonly [Value, Value]
  /** The operators that make them, which become one; null if the members are only joined. */
  readonly makers: readonly [Node, Node] | null
}

/**
 * Runs branches that do the same with the same weights as one.
 *
 * A network applied to two views is recorded as every product twice, and two products of n rows take longer than one of
 * 2n. Two products with the same right operand make a pair; what is then done alike to both members follows, each
 * member still by itself (the mean over a batch is one mean for each view). Products that are added up, as in the gradient
 * `A₀ᵀB₀ + A₁ᵀB₁` of shared weights, become one product of the stacks.
 *
 * @returns null if there is nothing to join, or branches depend on one another as the steps of a recurrence do
 */
export function joinBranches(plan: Plan, same: Sameness): Plan | null {
  const places = new Pairing(plan, same).places
  if (places.size === 0) return null
  const joined = new Joining(places, countUses(plan)).run(plan)
  return joined && { inputs: plan.inputs, nodes: order(joined.roots, joined.outputs), outputs: joined.outputs }
}

/** Where a value is to be found: in a pair, as its first or second member. */
interface Place {
  readonly pair: Pair
  readonly side: 0 | 1
}
type Places = ReadonlyMap<Value, Place>

/** The pair whose first member is `a` and whose second is `b`. */
function pairOf(places: Places, a: Value | null | undefined, b: Value | null | undefined): Pair | null {
  const [first, second] = [a && places.get(a), b && places.get(b)]
  return first && second && first.pair === second.pair && first.side === 0 && second.side === 1 ? first.pair : null
}

/** Finds the pairs. */
class Pairing {
  readonly places = new Map<Value, Place>()
  private readonly readers = new Map<Value, Node[]>()

  constructor(
    { nodes }: Plan,
    private readonly same: Sameness,
  ) {
    for (const reader of nodes)
      for (const input of new Set(reader.inputs)) {
        if (!input) continue
        const known = this.readers.get(input)
        if (known) known.push(reader)
        else this.readers.set(input, [reader])
      }
    const waiting = new Map<string, Node[]>()
    for (const product of nodes) {
      if (!isWorthJoining(product)) continue
      const key = `${product.signature}[${product.outputs[0].shape}]`
      const others = waiting.get(key) ?? []
      waiting.set(key, others)
      const at = others.findIndex((other) => this.sharesWeights(other, product))
      if (at < 0) others.push(product)
      else {
        const [other] = others.splice(at, 1)
        if (this.sideOf(product) === 0) this.start(product, other)
        else this.start(other, product)
      }
    }
  }

  private readersOf(value: Value): readonly Node[] {
    return this.readers.get(value) ?? []
  }

  /** The side of the pairs that a product's surroundings belong to. Gradients are recorded from the last view to the first. */
  private sideOf({ inputs, outputs }: Node): 0 | 1 | undefined {
    const around = [...this.readersOf(outputs[0]), ...this.readersOf(inputs[0]!), inputs[0]!.node]
    const values = around.flatMap((node) => node?.inputs ?? [])
    return values
      .map((value) => value && this.places.get(value)?.side)
      .find((side) => side !== undefined && side !== null)
  }

  private sharesWeights(a: Node, b: Node): boolean {
    const free = [a, b].every(({ inputs, outputs }) => !this.places.has(inputs[0]!) && !this.places.has(outputs[0]))
    return (
      free && a.inputs[0] !== b.inputs[0] && a.inputs.every((input, i) => i === 0 || this.equal(input, b.inputs[i]))
    )
  }

  private equal(a: Value | null, b: Value | null | undefined): boolean {
    return a === null || !b ? a === (b ?? null) : this.same(a, b)
  }

  /** Joins the operands of two products; the products follow, and whatever follows them. */
  private start(a: Node, b: Node): void {
    const queue: Pair[] = [{ members: [a.inputs[0]!, b.inputs[0]!], makers: null }]
    for (let pair = queue.pop(); pair; pair = queue.pop()) {
      const { members } = pair
      if (members.some((member) => this.places.has(member))) continue
      members.forEach((member, side) => {
        this.places.set(member, { pair: pair!, side: side as 0 | 1 })
      })
      const others = [...this.readersOf(members[1])]
      for (const reader of this.readersOf(members[0])) {
        const at = others.findIndex((other) => this.follow(reader, other))
        if (at < 0) continue
        const [other] = others.splice(at, 1)
        queue.push({ members: [reader.outputs[0], other.outputs[0]], makers: [reader, other] })
      }
    }
  }

  /** Whether two operators do the same to the two members of pairs. */
  private follow(a: Node, b: Node): boolean {
    if (a === b || a.signature !== b.signature || a.inputs.length !== b.inputs.length) return false
    if (!sameShape(a.outputs[0].shape, b.outputs[0].shape) || !(followers.has(a.op) || isRowwise(a))) return false
    return a.inputs.every((input, i) => {
      const pair = pairOf(this.places, input, b.inputs[i])
      // A product takes a stack on the left, and one to add to it.
      if (pair !== null) return a.op !== 'Gemm' || i !== 1
      return this.equal(input, b.inputs[i])
    })
  }
}

const followers = new Set([...elementwiseOps, ...reductions, 'Reshape', 'Transpose'])

/** `A B + c` or `A Bᵀ + c` whose rows may be any number: c is the same for all. */
function isRowwise({ op, inputs, attributes }: Node): boolean {
  const addend = inputs[2]
  return op === 'Gemm' && attributes.transA !== 1 && (!addend || addend.shape.length < 2 || addend.shape[0] === 1)
}

/** Whether twice as many rows are so much better that the operands may be copied for it. */
function isWorthJoining(product: Node): boolean {
  const [rows, columns] = product.outputs[0].shape
  return isRowwise(product) && rows <= enoughRows && columns >= fewColumns
}

/** What becomes one step of the new graph. */
type Unit = Pair | Node

const isPair = (unit: Unit): unit is Pair => 'members' in unit

/** Writes the graph anew with pairs as stacks. */
class Joining {
  private readonly stacks = new Map<Pair, Value>()
  private readonly written = new Map<Value, Value>()

  constructor(
    private readonly places: Places,
    private readonly uses: ReadonlyMap<Value, number>,
  ) {}

  /** The new outputs, and all new values in order; null if branches depend on one another. */
  run({ nodes, outputs }: Plan): { outputs: readonly Value[]; roots: readonly Value[] } | null {
    const units = this.order(nodes)
    if (units === null) return null
    const roots = units.flatMap((unit) => (isPair(unit) ? this.join(unit) : this.write(unit)))
    return { outputs: outputs.map((output) => this.current(output)), roots }
  }

  private *needs(unit: Unit): Generator<Unit> {
    if (isPair(unit) && unit.makers === null) {
      // Members that are only joined are made where they were.
      for (const { node } of unit.members) if (node) yield node
      return
    }
    const makers = isPair(unit) ? unit.makers! : [unit]
    for (const { op, inputs } of makers)
      for (const input of inputs) {
        const pair = input && this.places.get(input)?.pair
        // Only pairs and products read what is joined as a stack.
        const needed = pair && (pair.makers || isPair(unit) || op === 'Gemm') ? pair : input?.node
        if (needed) yield needed
      }
  }

  /** The units that the nodes become, each after those that it needs; null if they go in a circle. */
  private order(nodes: readonly Node[]): Unit[] | null {
    const done: Unit[] = []
    const state = new Map<Unit, 'open' | 'done'>()
    for (const node of nodes) {
      const root = this.places.get(node.outputs[0])?.pair
      const first = root?.makers ? root : node
      if (state.has(first)) continue
      state.set(first, 'open')
      const stack = [{ unit: first as Unit, needs: this.needs(first) }]
      for (let top = stack.at(-1); top; top = stack.at(-1)) {
        const next = top.needs.next()
        if (next.done) {
          state.set(top.unit, 'done')
          done.push(top.unit)
          stack.pop()
        } else if (state.get(next.value) === 'open') return null
        else if (!state.has(next.value)) {
          state.set(next.value, 'open')
          stack.push({ unit: next.value, needs: this.needs(next.value) })
        }
      }
    }
    return done
  }

  /** A value of the old graph in the new one: a member is cut out of its stack. */
  private current(value: Value): Value {
    let written = this.written.get(value)
    const place = this.places.get(value)
    if (!written && place?.pair.makers) {
      const part = [1, ...value.shape]
      const begin = part.map((_, axis) => (axis === 0 ? place.side : 0))
      written = reshaped(slice(this.stacks.get(place.pair)!, begin, part), value.shape)
      this.written.set(value, written)
    }
    return written ?? value
  }

  private join(pair: Pair): Value[] {
    const stack = this.stack(pair)
    this.stacks.set(pair, stack)
    return [stack]
  }

  private write(unit: Node): readonly Value[] {
    const better = this.sumOfProducts(unit) ?? this.sumOfPair(unit)
    const results = better
      ? [better]
      : unit.inputs.some((input) => input && this.current(input) !== input)
        ? withInputs(unit, (value) => this.current(value)).outputs
        : unit.outputs
    unit.outputs.forEach((output, i) => {
      this.written.set(output, results[i])
    })
    return results
  }

  private stack({ members, makers }: Pair): Value {
    const [{ shape, type }] = members
    const stacked = [2, ...shape]
    if (makers === null) {
      const parts = members.map((member) => reshaped(this.current(member), [1, ...shape]))
      return concat(parts, 0)
    }
    const [{ op, inputs, attributes, domain }, other] = makers
    const operands = inputs.map((input, i) => {
      const pair = pairOf(this.places, input, other.inputs[i])
      return pair ? this.stacks.get(pair)! : input && this.current(input)
    })
    const [first, second] = operands as [Value, Value]
    if (op === 'Reshape') return reshaped(first, stacked)
    if (op === 'Transpose') return transpose(first, [0, ...(attributes.perm as number[]).map((axis) => axis + 1)])
    if (op === 'Gemm') {
      const rows = operands.map((operand, i) => operand && (i === 1 ? operand : asRows(operand, inputs[i]!)))
      return reshaped(node('Gemm', rows, type, [2 * shape[0], shape[1]], attributes), stacked)
    }
    if (reductions.has(op)) {
      const axes = Array.from(second.data as BigInt64Array, (axis) => Number(axis) + 1)
      return node(op, [first, integers(axes)], type, stacked, attributes)
    }
    const aligned = operands.map((operand, i) => operand && besideStack(operand, inputs[i]!, shape.length))
    return node(op, aligned, type, stacked, attributes, domain)
  }

  /** `A₁ᵀB₁ + (A₀ᵀB₀ + C)` as one product of the stacks. */
  private sumOfProducts({ op, inputs, attributes, outputs: [output] }: Node): Value | null {
    const inner = inputs[2]?.node
    if (op !== 'Gemm' || inner?.op !== 'Gemm' || this.uses.get(inner.outputs[0]) !== 1) return null
    const isPlain = (value: Node['attributes']) => value.transA === 1 && value.transB !== 1
    if (!isPlain(attributes) || !isPlain(inner.attributes)) return null
    const [alpha, innerAlpha] = [attributes.alpha, inner.attributes.alpha].map(weightOf)
    if (weightOf(attributes.beta) !== 1 || alpha !== innerAlpha) return null
    const pairs = [0, 1].map((i) => this.pairOfBoth(inputs[i], inner.inputs[i]))
    if (pairs.includes(null)) return null
    // Pairs of opposite order would multiply A₀ with B₁.
    const [left, right] = [0, 1].map((i) => this.places.get(inputs[i]!)?.side)
    if (left !== right) return null
    const operands = pairs.map((pair, i) => asRows(this.stacks.get(pair!)!, inputs[i]!))
    const addend = inner.inputs[2]
    return node(
      'Gemm',
      addend ? [...operands, this.current(addend)] : operands,
      output.type,
      output.shape,
      inner.attributes,
    )
  }

  /** The two members added up. */
  private sumOfPair({ op, inputs: [a, b], outputs: [output] }: Node): Value | null {
    const pair = op === 'Add' ? this.pairOfBoth(a, b) : null
    return pair?.makers && sameShape(pair.members[0].shape, output.shape) ? sum(this.stacks.get(pair)!, [0]) : null
  }

  private pairOfBoth(a: Value | null, b: Value | null): Pair | null {
    return pairOf(this.places, a, b) ?? pairOf(this.places, b, a)
  }
}

/** A reshape, of what was there before another reshape. */
function reshaped(value: Value, shape: readonly number[]): Value {
  const origin = value.node?.op === 'Reshape' ? value.node.inputs[0]! : value
  return origin.withShape(shape)
}

/** A stack of matrices as one with all their rows; what is no stack stays. */
function asRows(operand: Value, { shape }: Value): Value {
  if (operand.shape.length === shape.length) return operand
  return reshaped(operand, [2 * shape[0], ...shape.slice(1)])
}

/** A stack, with axes put in so that its members broadcast as they did; what is no stack stays. */
function besideStack(operand: Value, { shape }: Value, rank: number): Value {
  if (operand.shape.length === shape.length) return operand
  return reshaped(operand, [2, ...Array(rank - shape.length).fill(1), ...shape])
}
