import { writeFile } from 'node:fs/promises'
import { type ExportOptions, exportModel } from '@dc/backend-onnx'
import type { Layer } from '@dc/core'
import { torchName } from '../weights/torch-names'

/**
 * Writes a trained network as an ONNX file: inference mode, any batch size, `images` in, `features` out.
 *
 * Images are NHWC float32, as everywhere here. The network must be on backend `onnx`, which records it.
 *
 * @throws BackendError, OptionError as `exportModel` of `@dc/backend-onnx`
 * @example
 * await exportOnnx(network, 'network.onnx')
 */
export async function exportOnnx(
  layer: Layer,
  path: string,
  options: Pick<ExportOptions, 'batch'> = {},
): Promise<void> {
  const { inputShape, variables } = layer
  const weights = Object.fromEntries(Object.entries(variables).map(([name, variable]) => [torchName(name), variable]))
  const compute = (x: Parameters<Layer['apply']>[0]) => layer.apply(x, { training: false })
  await writeFile(path, exportModel(compute, { inputShape, weights, input: 'images', output: 'features', ...options }))
}
