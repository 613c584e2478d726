import { type Layer, type Random, tf } from '@dc/core'
import { chain } from '../layers/chain'
import { activation } from '../layers/sequential'
import { model } from '../model'
import { convolution } from './convolution'
import { imageNorm } from './image-layers'

/** Settings of a residual block. */
export interface BlockOptions {
  readonly inputShape: readonly number[]
  readonly width: number
  readonly stride: number
  readonly random: Random
}

/** Two 3×3 convolutions: `relu(x' + bn2(conv2(relu(bn1(conv1(x))))))`. */
export function basicBlock({ inputShape, width, stride, random }: BlockOptions): Layer {
  return residual(
    inputShape,
    [
      { filters: width, kernel: 3, stride },
      { filters: width, kernel: 3, stride: 1 },
    ],
    stride,
    random,
  )
}

/** Three convolutions, 1×1, 3×3, 1×1, the last four times as wide. */
export function bottleneckBlock({ inputShape, width, stride, random }: BlockOptions): Layer {
  return residual(
    inputShape,
    [
      { filters: width, kernel: 1, stride: 1 },
      { filters: width, kernel: 3, stride },
      { filters: 4 * width, kernel: 1, stride: 1 },
    ],
    stride,
    random,
  )
}

interface Step {
  readonly filters: number
  readonly kernel: number
  readonly stride: number
}

/** `relu(shortcut(x) + branch(x))`; the shortcut is the identity, or a 1×1 convolution where the shapes differ. */
function residual(inputShape: readonly number[], steps: readonly Step[], stride: number, random: Random): Layer {
  const parts: Record<string, Layer> = {}
  let shape = inputShape
  steps.forEach((step, i) => {
    if (i > 0) parts[`relu${i}`] = activation(shape, tf.relu)
    const layer = convolution({ inputShape: shape, ...step, random: random.split(i) })
    shape = layer.outputShape
    parts[`conv${i + 1}`] = layer
    parts[`bn${i + 1}`] = imageNorm(shape)
  })
  const branch = chain(parts)
  const filters = shape[2]
  const same = stride === 1 && inputShape[2] === filters
  const shortcut = same ? null : projection(inputShape, filters, stride, random.split('downsample'))
  const side = model(shortcut ? { downsample: shortcut } : {})
  return {
    inputShape,
    outputShape: shape,
    variables: { ...branch.variables, ...side.variables },
    constrain() {
      branch.constrain?.()
      side.constrain()
    },
    apply: (x, mode) => tf.tidy(() => tf.relu(tf.add(branch.apply(x, mode), shortcut ? shortcut.apply(x, mode) : x))),
  }
}

function projection(inputShape: readonly number[], filters: number, stride: number, random: Random): Layer {
  const layer = convolution({ inputShape, filters, kernel: 1, stride, random })
  return chain({ 0: layer, 1: imageNorm(layer.outputShape) })
}
