import { type Backend, cpu, hasNodeModule, initBackend, tf, wasm, webgpu } from '@dc/core'
import { inNode } from '../in-node'

/**
 * Makes sure that TensorFlow.js computes on something. A backend that was chosen before stays; else the first of these that
 * works is taken: `onnx` in Node, if `@dc/backend-onnx` is installed, `webgpu` in a page, then `wasm` and `cpu`. For a GPU in
 * Node choose one with `initBackend` before.
 *
 * @throws BackendError if none works, with the reason of each
 */
export async function requireBackend(): Promise<void> {
  if (tf.engine().backendName) return
  await initBackend([
    ...(hasNodeModule('node:fs') ? await onnxIfInstalled() : [webgpu.create({ allowSoftware: false }, {})]),
    wasm.create({}, {}),
    cpu.create({}, {}),
  ])
}

async function onnxIfInstalled(): Promise<Backend[]> {
  try {
    const { onnx } = await inNode<typeof import('@dc/backend-onnx')>('@dc/backend-onnx', 'Backend onnx')
    return [onnx.create({}, {})]
  } catch {
    return []
  }
}
