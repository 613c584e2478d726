import { DataError, type Layer, ShapeError, tf } from '@dc/core'
import { readSafetensors, type WeightArray, writeSafetensors } from './safetensors'
import { permute, timmName, torchAxes, torchName } from './torch-names'

/** What {@link loadWeights} found. */
export interface LoadedWeights {
  /** Variables that got their values. */
  readonly loaded: readonly string[]
  /** Arrays of the file that no variable wanted, such as a classifier's. */
  readonly unused: readonly string[]
}

/**
 * Gives a network the weights of a `.safetensors` file written by PyTorch, timm, torchvision, or {@link saveWeights}.
 *
 * Names are mapped (`bn1.scale` is `bn1.weight`, torchvision's `encoder.layers.encoder_layer_0.ln_1` is `blocks.0.norm1`),
 * axes reordered, and a prefix that all names share (`module.`, `backbone.`) is found by itself.
 *
 * @throws DataError if the file is not readable, or variables are missing in it (they are named); ShapeError if an array
 * has another shape. Nothing is changed then.
 * @example
 * const network = resnet({ inputShape: [224, 224, 3], depth: 18, random })
 * loadWeights(network, 'resnet18.safetensors').unused   // ['fc.weight', 'fc.bias']
 */
export function loadWeights(layer: Layer, path: string): LoadedWeights {
  const { arrays } = readSafetensors(path)
  const wanted = Object.keys(layer.variables).map((name) => [name, torchName(name)] as const)
  const known = new Map(Object.keys(arrays).map((name) => [timmName(name), name]))
  const prefix = findPrefix([...known.keys()], wanted[0]?.[1] ?? '')
  const lookup = new Map(
    [...known].map(([name, original]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, original]),
  )
  const missing = wanted.filter(([, name]) => !lookup.has(name)).map(([, name]) => name)
  if (missing.length > 0)
    throw new DataError(
      `'${path}' lacks ${missing.length} of ${wanted.length} weights: ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''}. It has ${Object.keys(arrays).slice(0, 5).join(', ')}, ….`,
      { path, missing },
    )
  const values = wanted.map(([name, torch]) =>
    fromTorch(layer.variables[name].shape, arrays[lookup.get(torch)!], torch),
  )
  wanted.forEach(([name], i) => {
    const variable = layer.variables[name]
    tf.tidy(() => variable.assign(tf.tensor(values[i], variable.shape)))
  })
  const used = new Set(wanted.map(([, name]) => lookup.get(name)!))
  return { loaded: wanted.map(([name]) => name), unused: Object.keys(arrays).filter((name) => !used.has(name)) }
}

/**
 * Writes a network's weights as a `.safetensors` file with PyTorch's names and layouts.
 *
 * @param metadata texts kept in the file: source, licence, mean, std
 * @example
 * await saveWeights(network, 'trained.safetensors', { licence: 'MIT' })
 */
export async function saveWeights(
  layer: Pick<Layer, 'variables'>,
  path: string,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const arrays: Record<string, WeightArray> = {}
  for (const [name, variable] of Object.entries(layer.variables)) {
    const axes = torchAxes(variable.rank)
    const values = permute((await variable.data()) as Float32Array, variable.shape, axes)
    arrays[torchName(name)] = { shape: axes.map((axis) => variable.shape[axis]), values }
  }
  writeSafetensors(path, arrays, metadata)
}

/** What stands before a name in the file. */
function findPrefix(names: readonly string[], name: string): string {
  if (names.includes(name)) return ''
  const found = names.find((candidate) => candidate.endsWith(`.${name}`))
  return found ? found.slice(0, -name.length) : ''
}

function fromTorch(shape: readonly number[], { shape: found, values }: WeightArray, name: string): Float32Array {
  const axes = torchAxes(shape.length)
  const expected = axes.map((axis) => shape[axis])
  if (found.length !== expected.length || found.some((side, i) => side !== expected[i]))
    throw new ShapeError(`weight '${name}'`, found, `[${expected.join(', ')}]`)
  const back = axes.map((_, axis) => axes.indexOf(axis))
  return permute(values, found, back)
}
