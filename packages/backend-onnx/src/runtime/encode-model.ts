import { OptionError } from '@dc/core/errors'
import { bytesOf, type ElementArray, type ElementType, elementTypes } from './element-type'
import { ProtobufWriter } from './protobuf'

/** A float attribute: JavaScript does not tell `1` from `1.0`, ONNX does. Plain numbers are integers. */
export class FloatAttribute {
  constructor(readonly value: number | readonly number[]) {}
}
/** Marks a number, or a list of them, as a float attribute. */
export const float = (value: number | readonly number[]): FloatAttribute => new FloatAttribute(value)

/** Value of a node's attribute: integer(s), text, or `float(…)`. */
export type Attribute = number | readonly number[] | string | FloatAttribute

/** One operator of a graph. Optional inputs that are absent are empty names. */
export interface NodeDefinition {
  readonly op: string
  /** Empty for ONNX's own operators, `com.microsoft` for those of ONNX Runtime. */
  readonly domain?: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, Attribute>>
}

/** A named input or output; a dimension given by name may take any size. Outputs may leave out what can be inferred. */
export interface ValueDefinition {
  readonly name: string
  readonly type?: ElementType
  readonly shape?: readonly (number | string)[]
}

/** A constant inside the model. */
export interface InitializerDefinition {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly number[]
  readonly data: ElementArray
}

export interface GraphDefinition {
  readonly inputs: readonly ValueDefinition[]
  readonly outputs: readonly ValueDefinition[]
  readonly nodes: readonly NodeDefinition[]
  readonly initializers?: readonly InitializerDefinition[]
}

/** Operator set of the models written here, and the model format version it belongs to. */
export const opset = 21
const irVersion = 10

/**
 * Writes a graph as an ONNX model, by the field numbers of the official `onnx.proto`.
 *
 * @param graph inputs, outputs, nodes in execution order, constants
 * @returns the bytes of a `ModelProto`, operator set 21
 * @throws OptionError for an integer attribute with a fraction
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 * @example
 * const bytes = encodeModel({
 *   inputs: [{ name: 'x', type: 'float32', shape: ['n'] }],
 *   outputs: [{ name: 'y' }],
 *   nodes: [{ op: 'Exp', inputs: ['x'], outputs: ['y'] }],
 * })
 */
export function encodeModel(graph: GraphDefinition): Uint8Array {
  const model = new ProtobufWriter()
  model.int(1, irVersion)
  model.string(2, '@dc/backend-onnx')
  model.message(7, (writer) => writeGraph(writer, graph))
  const domains = new Set(['', ...graph.nodes.map((node) => node.domain ?? '')])
  for (const domain of domains)
    model.message(8, (writer) => {
      writer.string(1, domain)
      writer.int(2, domain === '' ? opset : 1)
    })
  return model.finish()
}

function writeGraph(writer: ProtobufWriter, graph: GraphDefinition): void {
  for (const node of graph.nodes) writer.message(1, (inner) => writeNode(inner, node))
  writer.string(2, 'graph')
  for (const constant of graph.initializers ?? []) writer.message(5, (inner) => writeInitializer(inner, constant))
  for (const input of graph.inputs) writer.message(11, (inner) => writeValue(inner, input))
  for (const output of graph.outputs) writer.message(12, (inner) => writeValue(inner, output))
}

function writeNode(writer: ProtobufWriter, node: NodeDefinition): void {
  for (const input of node.inputs) writer.string(1, input)
  for (const output of node.outputs) writer.string(2, output)
  writer.string(4, node.op)
  for (const [name, value] of Object.entries(node.attributes ?? {}))
    writer.message(5, (inner) => writeAttribute(inner, name, value, node.op))
  if (node.domain) writer.string(7, node.domain)
}

/** `AttributeProto.AttributeType`. */
const attributeTypes = { float: 1, int: 2, string: 3, floats: 6, ints: 7 }

function writeAttribute(writer: ProtobufWriter, name: string, value: Attribute, op: string): void {
  writer.string(1, name)
  let type: number
  if (value instanceof FloatAttribute) {
    if (typeof value.value === 'number') {
      writer.float(2, value.value)
      type = attributeTypes.float
    } else {
      writer.packedFloats(7, value.value)
      type = attributeTypes.floats
    }
  } else if (typeof value === 'string') {
    writer.string(4, value)
    type = attributeTypes.string
  } else if (typeof value === 'number') {
    writer.int(3, requireInteger(value, `${op}.${name}`))
    type = attributeTypes.int
  } else {
    for (const item of value) requireInteger(item, `${op}.${name}`)
    writer.packedInts(8, value)
    type = attributeTypes.ints
  }
  writer.int(20, type)
}

function requireInteger(value: number, path: string): number {
  if (!Number.isSafeInteger(value)) throw new OptionError(path, value, 'an integer, or float(…) for a float attribute')
  return value
}

function writeInitializer(writer: ProtobufWriter, { name, type, shape, data }: InitializerDefinition): void {
  if (shape.length > 0) writer.packedInts(1, shape)
  writer.int(2, elementTypes[type])
  writer.string(8, name)
  writer.raw(9, bytesOf(data))
}

function writeValue(writer: ProtobufWriter, { name, type, shape }: ValueDefinition): void {
  writer.string(1, name)
  if (type === undefined) return
  writer.message(2, (typeProto) =>
    typeProto.message(1, (tensor) => {
      tensor.int(1, elementTypes[type])
      if (shape === undefined) return
      tensor.message(2, (shapeProto) => {
        for (const dimension of shape)
          shapeProto.message(1, (inner) => {
            if (typeof dimension === 'number') inner.int(1, dimension)
            else inner.string(2, dimension)
          })
      })
    }),
  )
}
