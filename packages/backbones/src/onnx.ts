// What needs ONNX Runtime: networks as ONNX files, features from any ONNX file.
import { onnxEncoderPlugin, onnxFeaturesPlugin } from './onnx/plugin'

export { exportOnnx } from './onnx/export-onnx'
export { type OnnxEncoderOptions, onnxEncoder } from './onnx/onnx-encoder'
export { type OnnxFeatureOptions, onnxFeatures } from './onnx/onnx-features'

/** Everything this entry registers. */
export const plugins = [onnxFeaturesPlugin, onnxEncoderPlugin] as const
