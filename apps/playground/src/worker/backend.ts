import { type BackendChoice, cpu, initBackend, wasm, webgpu } from '@dc/core'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'

let chosen: Promise<BackendChoice> | null = null

/** Chooses what trains here, once: a GPU where there is one, else WebAssembly. */
export function trainingBackend(): Promise<BackendChoice> {
  chosen ??= choose()
  return chosen
}

function choose(): Promise<BackendChoice> {
  const here = (path: string) => new URL(path, import.meta.url).href
  setWasmPaths({
    'tfjs-backend-wasm.wasm': here(plain),
    'tfjs-backend-wasm-simd.wasm': here(simd),
    'tfjs-backend-wasm-threaded-simd.wasm': here(threaded),
  })
  return initBackend([webgpu.create({ allowSoftware: false }, {}), wasm.create({}, {}), cpu.create({}, {})])
}
