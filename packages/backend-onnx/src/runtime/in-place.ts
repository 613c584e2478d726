import type { GraphDefinition } from './encode-model'
import type { Feeds, NativeSession, NativeTensor } from './native'

/** An output name that no model of this package uses. */
const name = 'all outputs written'

/**
 * A graph whose session can write every output into a given array and be done, as {@link runInPlace} asks it to.
 *
 * onnxruntime-node lets ONNX Runtime write into the given arrays, and then copies each of them into a new array for the
 * object that it returns. In a training step that copies all weights once more. So the graph gets one more output, ahead of
 * all others, of a type that JavaScript has no array for. When that output is asked for, the binding computes all outputs and
 * stops before the first copy, with an error that says so.
 */
export function stoppingBeforeCopies(graph: GraphDefinition): GraphDefinition {
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

/** @throws any error except the one that says that the binding has stopped */
export function runInPlace(session: NativeSession, feeds: Feeds, outputs: Record<string, NativeTensor>): void {
  try {
    session.run(feeds, { [name]: null, ...outputs }, {})
  } catch (error) {
    if (error instanceof Error && error.message === `Tensor type (${bfloat16}) is not supported.`) return
    throw error
  }
  throw new Error('a type that JavaScript has no array for was no obstacle')
}
