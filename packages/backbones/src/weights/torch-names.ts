import { type NamedVariables, OptionError, quoted, type tf } from '@dc/core'

// PyTorch's names and layouts of weights. Ours are called scale, offset, mean and variance, and are laid out [in, out] or [h,
// w, in, out].

const lastNames: Record<string, string> = {
  scale: 'weight',
  offset: 'bias',
  mean: 'running_mean',
  variance: 'running_var',
}

/** The name that PyTorch, timm and torchvision's ResNets give a variable. */
export function torchName(name: string): string {
  return name.replace(/[^.]+$/, (last) => lastNames[last] ?? last)
}

/** Variables by PyTorch's names. @throws OptionError if two have the same */
export function torchNames(variables: NamedVariables): ReadonlyMap<string, tf.Variable> {
  const names = new Map<string, tf.Variable>()
  for (const [name, variable] of Object.entries(variables)) {
    const torch = torchName(name)
    if (names.has(torch)) throw new OptionError(`variable ${quoted(name)}`, torch, "a name of its own among PyTorch's")
    names.set(torch, variable)
  }
  return names
}

/** Torchvision's names of the parts of vision transformers, and timm's. */
const torchvisionVit: [RegExp, string][] = [
  [/^class_token$/, 'cls_token'],
  [/^conv_proj\./, 'patch_embed.proj.'],
  [/^encoder\.pos_embedding$/, 'pos_embed'],
  [/^encoder\.ln\./, 'norm.'],
  [/^encoder\.layers\.encoder_layer_(\d+)\./, 'blocks.$1.'],
  [/\.ln_1\./, '.norm1.'],
  [/\.ln_2\./, '.norm2.'],
  [/\.self_attention\.in_proj_(weight|bias)$/, '.attn.qkv.$1'],
  [/\.self_attention\.out_proj\./, '.attn.proj.'],
  [/\.mlp\.(?:linear_1|0)\./, '.mlp.fc1.'],
  [/\.mlp\.(?:linear_2|3)\./, '.mlp.fc2.'],
]

/** A name in a weight file as timm would write it. */
export function timmName(name: string): string {
  return torchvisionVit.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), name)
}

/** Axes of our layout in PyTorch's: convolutions `[out, in, h, w]`, linear layers `[out, in]`. */
export function torchAxes(rank: number): readonly number[] {
  if (rank === 4) return [3, 2, 0, 1]
  return rank === 2 ? [1, 0] : Array.from({ length: rank }, (_, i) => i)
}

/** Reorders the axes of an array: axis i of the result is axis `axes[i]` of the source. */
export function permute(values: Float32Array, shape: readonly number[], axes: readonly number[]): Float32Array {
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((product, side) => product * side, 1))
  const [sides, steps] = [axes.map((axis) => shape[axis]), axes.map((axis) => strides[axis])]
  const out = new Float32Array(values.length)
  const index = new Array(axes.length).fill(0)
  let from = 0
  for (let i = 0; i < out.length; i++) {
    out[i] = values[from]
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      from += steps[axis]
      if (++index[axis] < sides[axis]) break
      from -= steps[axis] * sides[axis]
      index[axis] = 0
    }
  }
  return out
}
