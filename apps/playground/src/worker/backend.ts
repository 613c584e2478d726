import { onnxWeb } from '@dc/backend-onnx/web'
import { type BackendChoice, cpu, initBackend, tf, wasm, webgpu } from '@dc/core'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import { threads } from './threads'

const chosen = new Map<string, Promise<BackendChoice>>()

/**
 * Chooses what trains here, once: a GPU where there is one, else WebAssembly.
 *
 * @param wanted only this one; a software adapter will do for WebGPU then
 * @throws UnknownPluginError, BackendError as `initBackend`
 */
export function trainingBackend(wanted?: string): Promise<BackendChoice> {
  const key = wanted ?? ''
  const choice = chosen.get(key) ?? choose(wanted)
  chosen.set(key, choice)
  return choice
}

function choose(wanted?: string): Promise<BackendChoice> {
  // Its threads run scripts of `blob:` addresses, which the page's policy forbids: they would wait for ever.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  const here = (path: string) => new URL(path, import.meta.url).href
  setWasmPaths({
    'tfjs-backend-wasm.wasm': here(plain),
    'tfjs-backend-wasm-simd.wasm': here(simd),
    // Never asked for, but it must have an address.
    'tfjs-backend-wasm-threaded-simd.wasm': here(simd),
  })
  const candidates = [
    webgpu.create({ allowSoftware: wanted !== undefined }, {}),
    onnxWeb.create({ threads }, {}),
    wasm.create({}, {}),
    cpu.create({}, {}),
  ]
  return initBackend(candidates, wanted === undefined ? {} : { prefer: [wanted] })
}
