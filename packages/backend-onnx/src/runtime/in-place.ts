import type { GraphDefinition } from './encode-model'

/** An output that no model of this package calls its own. */
const name = 'all outputs written'

/**
 * A graph whose session can write every output into a given array and be done.
 *
 * onnxruntime-node lets ONNX Runtime write into the arrays that it is given, and then copies each of them into a new array
 * for the object that it returns: for a training step the weights once more, in fresh memory. The graph gets one more
 * output, ahead of all others, of a type that JavaScript has no array for. Asked for it, the binding computes all outputs
 * and stops before the first copy, with an error that says so.
 */
export function withoutCopies(graph: GraphDefinition): GraphDefinition {
  const zero = `${name}: 0`
  return {
    ...graph,
    outputs: [{ name }, ...graph.outputs],
    nodes: [...graph.nodes, { op: 'Cast', inputs: [zero], outputs: [name], attributes: { to: bfloat16 } }],
    initializers: [...(graph.initializers ?? []), { name: zero, type: 'float32', shape: [], data: Float32Array.of(0) }],
  }
}

/** `TensorProto.DataType.BFLOAT16`. */
const bfloat16 = 16

/** What to fetch besides the outputs. */
export const withoutCopiesFetch = { [name]: null }

/** Whether an error means that the outputs are written. */
export function saysWritten(error: unknown): boolean {
  return error instanceof Error && error.message === `Tensor type (${bfloat16}) is not supported.`
}
