import { imageNetStatistics } from '@dc/data/views'
import type { TrainedRecipe } from './recipe'
import { adam, progressive } from './trainings'

// Copies, because a configuration is cloned and written as JSON.
const normalize = { mean: [...imageNetStatistics.mean], std: [...imageNetStatistics.std] }

/**
 * SP²OT as published: DINO's ViT-B/16, of which the last block and the head are trained; images resized to 256, a random cut
 * of 224, flips. Images are normalised in the network, so that prediction sees the same values. Neighbours are the 20 rows
 * nearest in the initial features, weighted by the Gaussian `exp(−d²/(2 · 2² · 768))`.
 */
const dinoViT = {
  views: { name: 'sp2ot', options: { size: 224, resize: 256, normalize: null } },
  backbone: { name: 'vit-b', options: { trainableBlocks: 1, size: 224, normalize } },
  neighboursIn: 'backbone',
  neighbours: { name: 'gaussian', options: { neighbours: 20, gamma: 1 / (2 * 2 ** 2 * 768) } },
}
const weightsBy = '--set options.backbone.options.weights=FILE'

const dinoOn = (
  pipeline: string,
  name: string,
  what: string,
  data: NonNullable<TrainedRecipe['data']>,
): TrainedRecipe => ({
  name,
  pipeline,
  description: `${pipeline} on ${what} as published: DINO ViT-B/16 (${weightsBy}), its last block trains; for a GPU`,
  training: progressive,
  data,
  options: dinoViT,
  labels: 'prototypes',
})

const iNaturalist = (categories: number) => ({ name: 'inaturalist', options: { size: 256, categories } })
const longTailed = (pipeline: string): TrainedRecipe[] => [
  dinoOn(pipeline, 'cifar100-lt', 'CIFAR100-LT', { name: 'cifar-100', options: { longTail: { ratio: 0.01 } } }),
  dinoOn(pipeline, 'imagenet-r', 'ImageNet-R', { name: 'image-folder', options: { size: 256 } }),
  ...[100, 500, 1000].map((categories) =>
    dinoOn(pipeline, `inaturalist-${categories}`, `${categories} classes of iNaturalist 2018`, iNaturalist(categories)),
  ),
  {
    name: 'convnet',
    pipeline,
    description: `${pipeline} on small images from scratch: ConvNet, BYOL views; optimiser and schedule as published`,
    training: { ...progressive, batchSize: 256 },
    options: { views: 'byol', backbone: { name: 'convnet', options: { widths: [32, 64, 128] } }, initial: 'kmeans' },
    labels: 'prototypes',
  },
]

/**
 * DSCL on images (Law, Urtasun, Zemel 2017): 1260 images at a time, 227 pixels cut out of 256. The last layer trains for 200
 * iterations, or the whole network for 100; here these are epochs of the training half. The authors' Inception-BN is not among
 * the backbones. End to end, ResNet-50 takes its place. For the last layer any ONNX file does, Inception-BN's own too. The
 * learning rate is our choice: Adam 1e-4.
 */
const dsclOn = (
  name: string,
  what: string,
  data: NonNullable<TrainedRecipe['data']>,
  epochs: { last: number; all: number },
  width?: number,
): TrainedRecipe[] => {
  const train = (count: number) => adam(count, 1260, { name: 'constant', options: { value: 1e-4 } })
  const view = { size: 227, crop: { kind: 'shifted', resize: 256 }, flip: 0.5 }
  const still = { name: 'feature-noise', options: { views: 1, deviation: 0, mask: 0 } }
  const recipe = { pipeline: 'dscl', labels: 'prototypes' }
  const sized = width === undefined ? {} : { width }
  const images = (size: number) => ({ name: data.name, options: { ...data.options, size } })
  return [
    {
      ...recipe,
      name: `${name}-last-layer`,
      description: `DSCL's last layer on ${what}: features of an ONNX file (--set data.options.model=FILE), 200 iterations of 1260`,
      training: train(epochs.last),
      data: { name: 'onnx-features', options: { dataset: images(227), ...normalize } },
      options: { views: still, backbone: 'identity', ...sized },
    },
    {
      ...recipe,
      name,
      description: `DSCL end to end on ${what}: ResNet-50 (${weightsBy}) for Inception-BN, 100 iterations of 1260; for a GPU`,
      training: train(epochs.all),
      data: images(256),
      options: {
        views: { name: 'image-views', options: { views: [view] } },
        backbone: { name: 'resnet-50', options: { stem: 'imagenet', size: 227, normalize } },
        ...sized,
      },
    },
  ]
}
const firstHalf = (name: string) => ({ name, options: { split: 'first-half' } })
const products = { name: 'stanford-online-products', options: { split: 'train' } }

/** Recipes of the other systems for images. */
export const imageSystemPresets: readonly TrainedRecipe[] = [
  {
    name: 'images',
    pipeline: 'otdc',
    for: ['grey-images', 'photos'],
    description: 'OTDC on images of some 32 pixels (MNIST, Fashion-MNIST, CIFAR-10): convolutional autoencoder',
    training: adam(30, 256, { name: 'constant', options: { value: 1e-3 } }),
    options: { backbone: { name: 'convolutional-autoencoder', options: { widths: [32, 64, 128], code: 10 } } },
    labels: 'prototypes',
  },
  ...longTailed('sp2ot'),
  ...longTailed('p2ot'),
  // 5,864, 8,054 and 59,551 training images make 4, 6 and 47 batches.
  ...dsclOn('cub-200', "CUB-200's first 100 classes", firstHalf('cub-200'), { last: 50, all: 25 }),
  ...dsclOn('cars-196', "Cars196's first 98 classes", firstHalf('cars-196'), { last: 34, all: 17 }),
  ...dsclOn('products', 'Stanford Online Products', products, { last: 4, all: 2 }, 512),
]
