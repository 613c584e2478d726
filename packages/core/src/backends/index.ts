export * from './cpu'
export * from './tensorflow'
export * from './wasm'
export * from './webgpu'
