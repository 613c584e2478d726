/** Tests of tfjs-core's suite that a backend cannot pass: name without the backend's, to the reason. */
export const knownFailures: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  onnx: {},
}
