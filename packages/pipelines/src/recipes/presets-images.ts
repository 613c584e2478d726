import type { TrainedRecipe } from './recipe'

const optimizer = { name: 'sgd', options: { momentum: 0.9, weightDecay: 5e-4 } }

/** BootSC on images (Guo et al. 2025): 1000 epochs at 0.04 · B/256, cosine with restarts every 200, each from half the peak. */
const published = (batchSize = 256): TrainedRecipe['training'] => ({
  epochs: 1000,
  batchSize,
  dropLast: true,
  optimizer,
  learningRate: { name: 'cosine', options: { from: (0.04 * batchSize) / 256, period: 200, restartFactor: 0.5 } },
})

/** ResNet-34 from scratch on images of 32 or 64 pixels, BYOL's views. */
const resnet34 = { views: 'byol', backbone: { name: 'resnet-34', options: { stem: 'cifar' } } }

const bootscOn = (name: string, what: string, data: TrainedRecipe['data'], training = published()): TrainedRecipe => ({
  name,
  pipeline: 'bootsc',
  description: `BootSC on ${what} as published: ResNet-34, BYOL views; for a GPU`,
  training,
  ...(data && { data }),
  options: resnet34,
  labels: 'prototypes',
})
const imageNet = (only: string) => ({ name: 'image-folder', options: { size: 64, only } })

/** BootSC with a network that a CPU can train: for a folder of photos. */
export const photos: TrainedRecipe = {
  name: 'photos',
  pipeline: 'bootsc',
  for: ['photos'],
  description: 'BootSC on photos at 32 pixels with a network that a CPU can train: ConvNet, BYOL views',
  data: { name: 'image-folder', options: { size: 32 } },
  training: {
    epochs: 50,
    batchSize: 256,
    dropLast: true,
    optimizer,
    learningRate: { name: 'cosine', options: { from: 0.04 } },
  },
  options: {
    views: 'byol',
    backbone: { name: 'convnet', options: { widths: [32, 64, 128] } },
    projection: { name: 'projection', options: { hidden: 1024, width: 128 } },
  },
  labels: 'kmeans',
}

/** With so few pixels every pixel counts: the ConvNet keeps all places, and the learning rate is twice the published one. */
const tiny = (name: string, description: string, epochs: number, network: object): TrainedRecipe => ({
  name,
  pipeline: 'bootsc',
  description,
  training: {
    epochs,
    batchSize: 256,
    dropLast: true,
    optimizer,
    learningRate: { name: 'linear', options: { from: 0.08 } },
  },
  options: {
    views: 'image-affine',
    backbone: { name: 'convnet', options: { ...network, average: false } },
    projection: { name: 'projection', options: { hidden: 1024, width: 128 } },
  },
  labels: 'stable-kmeans',
})

/** Recipes of BootSC for images. */
export const imagePresets: readonly TrainedRecipe[] = [
  bootscOn('images', 'images of 32 or 64 pixels', undefined),
  photos,
  tiny('digits-convnet', 'BootSC on grey images of some 8 pixels: ConvNet, image-aware views', 100, {
    widths: [32, 64, 128],
  }),
  {
    // Half the resolution takes a quarter of the time, and still shows the outline of clothes.
    ...tiny('fashion-convnet', 'BootSC on grey images of 28 pixels: ConvNet at 14 pixels, image-aware views', 30, {
      widths: [16, 32, 64],
      size: 14,
    }),
    for: ['grey-images'],
  },
  bootscOn('cifar-10', 'CIFAR-10, train and test', { name: 'cifar-10', options: { split: 'all' } }),
  bootscOn('cifar-100-20', 'the 20 superclasses of CIFAR-100, train and test', {
    name: 'cifar-100',
    options: { split: 'all', labels: 'coarse' },
  }),
  bootscOn('imagenet-10', 'ImageNet-10', imageNet('imagenet-10')),
  bootscOn('imagenet-dogs', 'ImageNet-Dogs', imageNet('imagenet-dogs')),
  bootscOn(
    'tiny-imagenet',
    'Tiny-ImageNet at 32 pixels',
    { name: 'tiny-imagenet', options: { size: 32 } },
    published(1024),
  ),
]
