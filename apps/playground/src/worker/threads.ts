/** More threads than this wait for each other on networks of this size. */
const mostThreads = 4

/** Threads of ONNX Runtime here. They share memory, which only an isolated page may. */
export const threads: number = crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, mostThreads) : 1
