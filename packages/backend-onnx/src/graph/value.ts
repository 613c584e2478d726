import type { ElementArray, ElementType } from '../runtime/element-type'
import type { Attribute } from '../runtime/encode-model'

/** One recorded operator. It does no work: it only says how its results would be computed. */
export interface Node {
  /** Creation order; inputs are always older, so this is also an execution order. */
  readonly id: number
  readonly op: string
  readonly domain: string
  readonly inputs: readonly (Value | null)[]
  readonly attributes: Readonly<Record<string, Attribute>>
  /** Operator and attributes as text: equal for nodes that differ only in their inputs. */
  readonly signature: string
  readonly outputs: Value[]
}

/** An array that values share, and who still needs it. */
export interface Storage {
  /** To be looked up each time: where the storage has a {@link home}, it may move. */
  data: ElementArray
  /** Tensors that hold it. */
  holders: number
  /** Handed to a reader, so its memory must not be reused. */
  escaped: boolean
  /** Whose memory the array lies in, if it may be asked to move; readers get copies. */
  home?: { release(storage: Storage): void }
}

/**
 * A tensor of the graph. It is one of
 * - pending: `node` says how to compute it,
 * - stored: `storage` holds it,
 * - a fill: every element is `fill`; it becomes an array only if someone reads it.
 */
export class Value {
  readonly size: number
  node: Node | null = null
  storage: Storage | null = null
  fill: number | null = null
  /**
   * Whether stored data becomes part of the compiled model: `always` (shapes, axes: another value is another model),
   * `until-changed` (numbers such as a learning rate or where a slice starts: compiled in while they stay the same,
   * an input from then on), or `never` (an input).
   */
  bake: 'always' | 'until-changed' | 'never' = 'never'
  /** The same value in other shapes, while it is pending. */
  private views: Map<string, Value> | null = null

  constructor(
    readonly type: ElementType,
    readonly shape: readonly number[],
  ) {
    this.size = sizeOf(shape)
  }

  get data(): ElementArray | null {
    return this.storage === null ? null : this.storage.data
  }

  /** Turns a pending value into a stored one; the graph behind it can be collected. */
  settle(data: ElementArray): void {
    this.storage = { data, holders: 0, escaped: false }
    this.node = null
    this.views = null
  }

  /** The same elements in another shape of the same size. */
  withShape(shape: readonly number[]): Value {
    if (sameShape(shape, this.shape)) return this
    if (this.node === null) {
      const alias = new Value(this.type, shape)
      alias.storage = this.storage
      alias.fill = this.fill
      alias.bake = this.bake
      return alias
    }
    this.views ??= new Map()
    const key = shape.join()
    let view = this.views.get(key)
    if (!view) {
      view = reshapeNode(this, shape)
      this.views.set(key, view)
    }
    return view
  }
}

export function sizeOf(shape: readonly number[]): number {
  let size = 1
  for (const d of shape) size *= d
  return size
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Stored data as a value. */
export function stored(type: ElementType, shape: readonly number[], data: ElementArray): Value {
  const value = new Value(type, shape)
  value.storage = { data, holders: 0, escaped: false }
  return value
}

/** A value whose elements are all the same number. */
export function filled(type: ElementType, shape: readonly number[], fill: number): Value {
  const value = new Value(type, shape)
  value.fill = fill
  return value
}

const integerConstants = new Map<string, Value>()

/** A constant int64 vector, such as a shape, axes or pads. Equal vectors are one value. */
export function integers(values: readonly number[]): Value {
  const key = values.join()
  let value = integerConstants.get(key)
  if (!value) {
    if (integerConstants.size >= 4096) integerConstants.clear()
    value = constant('int64', [values.length], BigInt64Array.from(values, BigInt))
    integerConstants.set(key, value)
  }
  return value
}

/** A constant int64 scalar. */
export function integer(number: number): Value {
  return integers([number]).withShape([])
}

/** An int64 vector that may differ from run to run, such as where a slice starts. It must not cost a new model each time. */
export function changingIntegers(values: readonly number[]): Value {
  const value = stored('int64', [values.length], BigInt64Array.from(values, BigInt))
  value.bake = 'until-changed'
  return value
}

/** A small typed array as a constant of the compiled model. */
export function constant(type: ElementType, shape: readonly number[], data: ElementArray): Value {
  const value = stored(type, shape, data)
  value.bake = 'always'
  return value
}

let nodeCount = 0

/** Nodes recorded so far in this process. */
export const recordedNodes = (): number => nodeCount

/** Records an operator with several outputs. */
export function nodes(
  op: string,
  inputs: readonly (Value | null)[],
  outputs: readonly { type: ElementType; shape: readonly number[] }[],
  attributes: Readonly<Record<string, Attribute>> = {},
  domain = '',
): Value[] {
  const node: Node = {
    id: nodeCount++,
    op,
    domain,
    inputs,
    attributes,
    signature: signatureOf(op, attributes),
    outputs: [],
  }
  for (const { type, shape } of outputs) {
    const value = new Value(type, shape)
    value.node = node
    node.outputs.push(value)
  }
  return node.outputs
}

/** Records an operator with one output. An output without elements needs no operator. */
export function node(
  op: string,
  inputs: readonly (Value | null)[],
  type: ElementType,
  shape: readonly number[],
  attributes?: Readonly<Record<string, Attribute>>,
  domain?: string,
): Value {
  if (sizeOf(shape) === 0) return filled(type, shape, 0)
  return nodes(op, inputs, [{ type, shape }], attributes, domain)[0]
}

function signatureOf(op: string, attributes: Readonly<Record<string, Attribute>>): string {
  let signature = op
  for (const name in attributes) {
    const value = attributes[name]
    signature += `|${name}=${typeof value === 'object' && 'value' in value ? `f${value.value}` : value}`
  }
  return signature
}

function reshapeNode(value: Value, shape: readonly number[]): Value {
  return node('Reshape', [value, integers(shape)], value.type, shape)
}
