// ONNX models on typed arrays, without tfjs.
export { type ElementArray, type ElementArrays, type ElementType, elementTypes } from './runtime/element-type'
export {
  type Attribute,
  encodeModel,
  float,
  type GraphDefinition,
  type InitializerDefinition,
  type NodeDefinition,
  opset,
  type ValueDefinition,
} from './runtime/encode-model'
export type { ModelValue } from './runtime/model-value'
export { type NativeTensor, runtimeVersion } from './runtime/native'
export { type ArrayTensor, compileProgram, Program, type ProgramBuilder, type ProgramValue } from './runtime/program'
export { loadRuntime } from './runtime/runtime'
export { Session } from './runtime/session'
export type { SessionOptions } from './runtime/session-options'
