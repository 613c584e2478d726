// Safetensors files as bytes: no tensors of a framework, nothing of Node.
export type { SafetensorsTensor, SafetensorsType, SafetensorsValues } from './safetensors/element-types'
export type { SafetensorsHeader, TensorPlace } from './safetensors/header'
export { decodeSafetensors, openSafetensors, type Safetensors, type SafetensorsSource } from './safetensors/read'
export { encodeSafetensors } from './safetensors/write'
