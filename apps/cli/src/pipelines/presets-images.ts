import type { Recipe } from '../recipe'

const optimizer = { name: 'sgd', options: { momentum: 0.9, weightDecay: 5e-4 } }

/**
 * ALGORITHMS §1, "Images": ResNet-34 from scratch, cosine with restarts every 200 epochs from a peak that is halved.
 * CIFAR: `--data cifar-10:FOLDER --set data.options.split=all`. ImageNet-10 and -Dogs: `--data image-folder:FOLDER --set
 * data.options.only=imagenet-dogs`.
 */
export const bootscImages: Recipe = {
  name: 'images',
  pipeline: 'bootsc',
  description: 'BootSC on images as published: ResNet-34, BYOL views, 1000 epochs; for a GPU',
  training: {
    epochs: 1000,
    batchSize: 256,
    dropLast: true,
    optimizer,
    learningRate: { name: 'cosine', options: { from: 0.04, period: 200, restartFactor: 0.5 } },
  },
  options: { views: 'byol', backbone: { name: 'resnet-34', options: { stem: 'cifar' } } },
  labels: 'prototypes',
}

/** BootSC with a network that a CPU can train: for a folder of photos, or Fashion-MNIST. */
export const photos: Recipe = {
  name: 'photos',
  pipeline: 'bootsc',
  description: 'BootSC on small images with a network that a CPU can train: ConvNet, BYOL views, 50 epochs',
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

/** Recipes for images. */
export const imagePresets: readonly Recipe[] = [bootscImages, photos]
