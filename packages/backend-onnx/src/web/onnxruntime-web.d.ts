declare module 'onnxruntime-web/ort-wasm-simd-threaded.mjs' {
  import type { OrtModule, OrtModuleSettings } from './ort-module'
  export default function create(settings: OrtModuleSettings): Promise<OrtModule>
}
