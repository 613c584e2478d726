import { encodeModel, type GraphDefinition } from './encode-model'
import { Session } from './session'

/** ONNX Runtime's operators on images whose channels lie in blocks. */
export const blockedDomain = 'com.microsoft.nchwc'

let found: number | null | undefined

/**
 * How many channels lie side by side in the images of ONNX Runtime's blocked kernels: as many numbers as a vector register
 * of this processor holds. Null if there are no such kernels for it, or this version of ONNX Runtime has not their operators
 * or computes something else by them.
 *
 * Asked of ONNX Runtime once: an image of four channels comes back with a whole block, and a small convolution must be right.
 */
export function channelBlock(): number | null {
  if (found === undefined) {
    try {
      const block = blockOfImage()
      found = block > few && isConvolutionRight(block) ? block : null
    } catch {
      found = null
    }
  }
  return found
}

const few = 4
const side = 4

function blockOfImage(): number {
  const shape = [1, few, 1, 1]
  const nodes = [{ op: 'ReorderInput', domain: blockedDomain, inputs: ['x'], outputs: ['y'] }]
  return run({ nodes }, shape, new Float32Array(few)).dims[1]
}

/** With a filter of equal weights, so that their order in memory is no matter: sums of 3×3 windows over all channels. */
function isConvolutionRight(block: number): boolean {
  const weight = 0.5
  const filter = { name: 'w', type: 'float32' as const, shape: [block, block, 3, 3] }
  const windows = { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [1, 1], dilations: [1, 1], group: 1 }
  const nodes = [
    { op: 'ReorderInput', domain: blockedDomain, inputs: ['x'], outputs: ['image'] },
    { op: 'Conv', domain: blockedDomain, inputs: ['image', 'w'], outputs: ['result'], attributes: windows },
    { op: 'ReorderOutput', domain: blockedDomain, inputs: ['result'], outputs: ['y'], attributes: { channels: block } },
  ]
  const initializers = [{ ...filter, data: new Float32Array(block * block * 9).fill(weight) }]
  // Small integers: no order of adding them matters.
  const x = Float32Array.from({ length: block * side * side }, (_, i) => (i * 7) % 11)
  const y = run({ nodes, initializers }, [1, block, side, side], x)
  if (String(y.dims) !== String([1, block, side, side])) return false
  const near = [-1, 0, 1]
  const at = (channel: number, row: number, column: number) =>
    row >= 0 && row < side && column >= 0 && column < side ? x[(channel * side + row) * side + column] : 0
  return (y.data as Float32Array).every((value, i) => {
    const [row, column] = [Math.floor(i / side) % side, i % side]
    let sum = 0
    for (let channel = 0; channel < block; channel++)
      for (const down of near) for (const right of near) sum += at(channel, row + down, column + right)
    return value === weight * sum
  })
}

function run(graph: Pick<GraphDefinition, 'nodes' | 'initializers'>, shape: readonly number[], data: Float32Array) {
  const inputs = [{ name: 'x', type: 'float32' as const, shape }]
  const session = new Session(encodeModel({ ...graph, inputs, outputs: [{ name: 'y' }] }), {
    threads: 1,
    spinning: false,
  })
  try {
    return session.run({ x: { type: 'float32', data, dims: shape, location: 'cpu' } }, { y: null }).y
  } finally {
    session.dispose()
  }
}
