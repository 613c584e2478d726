import { encodeModel } from './encode-model'
import { Session } from './session'

/** ONNX Runtime's operators on images whose channels lie in blocks. */
export const blockedDomain = 'com.microsoft.nchwc'

let found: number | null | undefined

/**
 * How many channels lie side by side in the images of ONNX Runtime's blocked kernels: as many numbers as a vector register
 * of this processor holds. Null if there are no such kernels for it, or this version of ONNX Runtime has not their operators.
 *
 * Asked of ONNX Runtime once, by an image of four channels: it comes back with a whole block.
 */
export function channelBlock(): number | null {
  if (found !== undefined) return found
  const channels = 4
  try {
    const image = { type: 'float32' as const, shape: [1, channels, 1, 1] }
    const session = new Session(
      encodeModel({
        inputs: [{ name: 'x', ...image }],
        outputs: [{ name: 'y' }],
        nodes: [{ op: 'ReorderInput', domain: blockedDomain, inputs: ['x'], outputs: ['y'] }],
      }),
      { threads: 1 },
    )
    const x = { type: image.type, data: new Float32Array(channels), dims: image.shape, location: 'cpu' as const }
    const block = session.run({ x }, { y: null }).y.dims[1]
    session.dispose()
    found = block > channels ? block : null
  } catch {
    found = null
  }
  return found
}
