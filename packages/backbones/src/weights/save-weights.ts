import type { Layer } from '@dc/core'
import { writeWhole } from '@dc/core/cache'
import { encodeSafetensors, type SafetensorsTensor } from '@dc/core/safetensors'
import { permute, torchAxes, torchNames } from './torch-names'

/**
 * Writes a network's weights as a `.safetensors` file with PyTorch's names and layouts.
 *
 * @param metadata texts kept in the file: source, licence, mean, std
 * @throws DataError if the file cannot be written; OptionError if two variables have the same name in PyTorch
 * @example
 * await saveWeights(network, 'trained.safetensors', { licence: 'MIT' })
 */
export async function saveWeights(
  layer: Pick<Layer, 'variables'>,
  path: string,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const tensors = new Map<string, SafetensorsTensor>()
  for (const [name, variable] of torchNames(layer.variables)) {
    const axes = torchAxes(variable.rank)
    const values = permute((await variable.data()) as Float32Array, variable.shape, axes)
    tensors.set(name, { type: 'F32', shape: axes.map((axis) => variable.shape[axis]), values })
  }
  const bytes = encodeSafetensors(tensors, { format: 'pt', ...metadata })
  await writeWhole(path, (file) => file.writeFile(bytes))
}
