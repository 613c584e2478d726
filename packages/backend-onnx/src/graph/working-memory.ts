import { bytesPerElement } from '../runtime/element-type'
import type { Plan } from './rewrite'
import type { Value } from './value'

/** Operators whose result is their input, under another shape. */
const aliases = new Set(['Reshape', 'Identity'])

/**
 * The most memory, in bytes, that a graph's results take at once if each lives from its operator to its last reader.
 * Inputs and outputs do not count: they are arrays outside.
 */
export function workingMemory({ nodes, outputs }: Plan): number {
  const origins = new Map<Value, Value>()
  const originOf = (value: Value): Value => origins.get(value) ?? value
  const lastReader = new Map<Value, number>()
  nodes.forEach((node, i) => {
    if (aliases.has(node.op)) origins.set(node.outputs[0], originOf(node.inputs[0]!))
    for (const input of node.inputs) if (input?.node) lastReader.set(originOf(input), i)
  })
  for (const output of outputs) lastReader.delete(originOf(output))
  const freed: Value[][] = nodes.map(() => [])
  for (const [value, reader] of lastReader) if (value.node?.op !== 'Input') freed[reader].push(value)
  let [bytes, most] = [0, 0]
  nodes.forEach((node, i) => {
    for (const output of node.outputs) if (lastReader.has(output)) bytes += sizeInBytes(output)
    most = Math.max(most, bytes)
    for (const value of freed[i]) bytes -= sizeInBytes(value)
  })
  return most
}

const sizeInBytes = ({ type, size }: Value): number => size * bytesPerElement(type)
