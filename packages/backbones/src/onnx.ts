// What needs ONNX Runtime: networks as ONNX files, features from any ONNX file.
import { onnxFeaturesPlugin } from './weights/onnx-features'

export { exportOnnx } from './weights/export-onnx'
export { type OnnxFeatureOptions, onnxFeatures } from './weights/onnx-features'

/** Everything this entry registers. */
export const plugins = [onnxFeaturesPlugin] as const
