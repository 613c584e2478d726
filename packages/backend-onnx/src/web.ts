// What a page takes: nothing of Node, and ONNX Runtime as WebAssembly.
export { loadWebRuntime, type WebRuntimeOptions } from './web/load-runtime'
export { onnxWeb } from './web/plugin'
