import { type Backbone, definePlugin, type Layer, type Random, tf } from '@dc/core'
import { z } from 'zod'
import { chain } from '../layers/chain'
import { layerContext } from '../layers/check-input'
import { activation } from '../layers/sequential'
import { pretrainedNetwork, pretrainedOptions } from '../weights/pretrained-options'
import { convolution } from './convolution'
import { imageContext } from './image-context'
import { globalAverage, imageNorm, maxPool } from './image-layers'
import { type BlockOptions, basicBlock, bottleneckBlock } from './residual-block'

/** Blocks in each of the four stages, and their kind. */
const depths = {
  18: { blocks: [2, 2, 2, 2], block: basicBlock },
  34: { blocks: [3, 4, 6, 3], block: basicBlock },
  50: { blocks: [3, 4, 6, 3], block: bottleneckBlock },
} as const

/** Settings of {@link resnet}. */
export interface ResnetOptions {
  /** Height, width, channels. */
  readonly inputShape: readonly number[]
  readonly depth: keyof typeof depths
  /** `cifar`: a 3×3 convolution of stride 1; `imagenet`: a 7×7 one of stride 2 and a 3×3 max pool of stride 2. */
  readonly stem?: 'cifar' | 'imagenet'
  /** Channels of the first stage, doubled at each next one; 64 as published. */
  readonly width?: number
  readonly random: Random
}

/**
 * A residual network without its classifier. Variables are named as torchvision's and timm's are: `conv1.weight`,
 * `layer1.0.bn1.scale`, `layer2.0.downsample.0.weight`; {@link loadWeights} maps them.
 *
 * @returns `[height, width, channels] → [8·width]`, or `[32·width]` at depth 50
 * @throws OptionError if the image is too small; ShapeError for input of another shape
 * @see He et al. 2016, "Deep residual learning for image recognition"; at depth 50 the stride is in the 3×3 convolution, as
 * in torchvision
 * @example
 * const network = resnet({ inputShape: [32, 32, 3], depth: 34, stem: 'cifar', random: createRandom(0) })   // BootSC
 */
export function resnet({ inputShape, depth, stem = 'imagenet', width = 64, random }: ResnetOptions): Backbone {
  const parts: Record<string, Layer> = {}
  let shape = inputShape
  const add = (name: string, layer: Layer) => {
    parts[name] = layer
    shape = layer.outputShape
  }
  const window = stem === 'cifar' ? { kernel: 3, stride: 1 } : { kernel: 7, stride: 2 }
  add('conv1', convolution({ inputShape: shape, filters: width, ...window, random: random.split('conv1') }))
  add('bn1', imageNorm(shape))
  add('relu', activation(shape, tf.relu))
  if (stem === 'imagenet') add('maxpool', maxPool(shape, { window: 3, stride: 2, padding: 1 }))
  const { blocks, block } = depths[depth]
  blocks.forEach((count, stage) => {
    for (let i = 0; i < count; i++) {
      const name = `layer${stage + 1}.${i}`
      const options: BlockOptions = {
        inputShape: shape,
        width: width * 2 ** stage,
        stride: stage > 0 && i === 0 ? 2 : 1,
        random: random.split(name),
      }
      add(name, block(options))
    }
  })
  return chain({ ...parts, avgpool: globalAverage(shape) })
}

const options = z.strictObject({
  stem: z.enum(['cifar', 'imagenet']).default('cifar'),
  width: z.int().positive().default(64),
  ...pretrainedOptions,
})

function plugin<const Name extends string>(name: Name, depth: keyof typeof depths) {
  return definePlugin({
    kind: 'backbone',
    name,
    apiVersion: 1,
    description: `ResNet-${depth}, with a stem for small images or ImageNet's`,
    options,
    create: ({ stem, width, ...given }, context) =>
      pretrainedNetwork(given, imageContext(layerContext(context, name), name), (made) =>
        resnet({ stem, width, depth, ...made }),
      ),
  })
}

export const resnet18 = plugin('resnet-18', 18)
export const resnet34 = plugin('resnet-34', 34)
export const resnet50 = plugin('resnet-50', 50)
