import { bfloat16ToNumber, DataError, float16ToNumber, type Layer, OptionError, quoted, ShapeError, tf } from '@dc/core'
import type { SafetensorsTensor } from '@dc/core/safetensors'
import { type ChosenNames, chooseNames } from './choose-names'
import { nameList } from './name-list'
import { permute, torchAxes, torchNames } from './torch-names'
import { withWeightFile } from './weight-file'

export interface LoadWeightsOptions {
  /**
   * The prefix of this network's weights in the file, `encoder_q.` or `teacher.backbone.`; empty for none. Needed only if the
   * file has the network more than once.
   */
  readonly prefix?: string
  /** Names in the file, or their beginnings up to a dot, that may stay unused although they belong to the network. */
  readonly ignore?: readonly string[]
}

/** What {@link loadWeights} found. */
export interface LoadedWeights {
  /** Variables that got their values. */
  readonly loaded: readonly string[]
  /** The prefix of their names in the file; often empty. */
  readonly prefix: string
  /** Arrays of the file that no variable wanted: a classifier's, or those of networks under other prefixes. */
  readonly unused: readonly string[]
}

/** First parts of the names of layers that follow an encoder, and of tokens that only pre-training uses. */
const behind = new Set(
  ['fc', 'head', 'heads', 'head_dist', 'classifier', 'last_linear', 'pre_logits', 'mask_token'].concat([
    'projector',
    'projection',
    'projection_head',
    'proj_head',
    'predictor',
    'prototypes',
  ]),
)

/**
 * Gives a network the weights of a `.safetensors` file written by PyTorch, timm, torchvision, or {@link saveWeights}.
 *
 * Names are mapped: `bn1.scale` is `bn1.weight`, torchvision's `encoder.layers.encoder_layer_0.ln_1` is `blocks.0.norm1`.
 * Axes are reordered. The prefix that all weights share (`module.`, `backbone.`) is found. Of the other arrays under that
 * prefix only heads (`fc`, `head`, `projector`, …) and counters may stay unused: any other array is a sign of another
 * network.
 *
 * @throws DataError if the file is not readable, variables are missing in it, the network is in it under several prefixes,
 * arrays of the same network stay unused, or weights are no finite floating-point numbers (all named); ShapeError if an array has
 * another shape. Nothing is changed then.
 * @example
 * const network = resnet({ inputShape: [224, 224, 3], depth: 18, random })
 * loadWeights(network, 'resnet18.safetensors').unused   // ['fc.weight', 'fc.bias']
 */
export function loadWeights(layer: Layer, path: string, options: LoadWeightsOptions = {}): LoadedWeights {
  const wanted = torchNames(layer.variables)
  if (wanted.size === 0) throw new OptionError('layer', 'a network without variables', 'one that has weights to load')
  return withWeightFile(path, ({ places, tensor }) => {
    const inFile = [...places.keys()]
    const chosen = chooseNames(inFile, [...wanted.keys()], path, options.prefix)
    const { prefix, names } = chosen
    const used = new Set(names.values())
    const unused = inFile.filter((name) => !used.has(name))
    refuseLeft(unused, chosen, options.ignore ?? [], path)
    const pairs = [...wanted].map(([torch, variable]) => ({ variable, name: names.get(torch)! }))
    for (const { variable, name } of pairs) checkShape(name, places.get(name)!.shape, variable.shape)
    const values = pairs.map(({ variable, name }) => fromTorch(variable.rank, tensor(name), name, path))
    pairs.forEach(({ variable }, i) => {
      tf.tidy(() => variable.assign(tf.tensor(values[i], variable.shape)))
    })
    return { loaded: Object.keys(layer.variables), prefix, unused }
  })
}

/** Refuses arrays that the file's network has and this one has not: with them the network would compute something else. */
function refuseLeft(
  unused: readonly string[],
  { prefix, others }: ChosenNames,
  ignore: readonly string[],
  path: string,
): void {
  const beside = others.filter((other) => other.startsWith(prefix))
  const ignored = (name: string) =>
    ignore.some((start) => name === start || name.startsWith(start.endsWith('.') ? start : `${start}.`))
  const left = unused.filter((name) => {
    const own = name.slice(prefix.length)
    return (
      name.startsWith(prefix) &&
      !beside.some((other) => name.startsWith(other)) &&
      !behind.has(own.split('.', 1)[0]) &&
      !/(^|\.)num_batches_tracked$/.test(own) &&
      !ignored(name)
    )
  })
  if (left.length === 0) return
  const what = `${left.length} arrays that this network has no place for: ${nameList(left)}`
  throw new DataError(`${quoted(path)} has ${what}. It is of another network; or name them in ignore.`, { path, left })
}

function checkShape(name: string, found: readonly number[], shape: readonly number[]): void {
  const expected = torchAxes(shape.length).map((axis) => shape[axis])
  if (found.length === expected.length && found.every((side, i) => side === expected[i])) return
  const why = /pos_embed(ding)?$/.test(name) ? ', the positions of images of this size' : ''
  throw new ShapeError(`weight ${quoted(name)}`, found, `[${expected.join(', ')}]${why}`)
}

const floats = {
  F64: (values: ArrayLike<number>) => Float32Array.from(values),
  F32: (values: ArrayLike<number>) => values as Float32Array,
  F16: (values: ArrayLike<number>) => Float32Array.from(values, float16ToNumber),
  BF16: (values: ArrayLike<number>) => Float32Array.from(values, bfloat16ToNumber),
}

function fromTorch(rank: number, tensor: SafetensorsTensor, name: string, path: string): Float32Array {
  const { type } = tensor
  if (!Object.hasOwn(floats, type))
    throw new DataError(
      `${quoted(path)}: weight ${quoted(name)} is of type ${type}; expected one of ${Object.keys(floats).join(', ')}.`,
      { path, name },
    )
  const values = floats[type as keyof typeof floats](
    tensor.values as Exclude<typeof tensor.values, BigInt64Array | BigUint64Array>,
  )
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) {
    const found = type === 'F64' ? tensor.values[bad] : values[bad]
    const what = Number.isFinite(found) ? 'is beyond float32' : 'is no finite number'
    throw new DataError(`${quoted(path)}: weight ${quoted(name)} holds ${found}, which ${what}.`, { path, name })
  }
  const axes = torchAxes(rank)
  return permute(
    values,
    tensor.shape,
    axes.map((_, axis) => axes.indexOf(axis)),
  )
}
