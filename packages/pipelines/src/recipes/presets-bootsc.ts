import { imagePresets } from './presets-images'
import type { TrainedRecipe } from './recipe'

/** BootSC on features (Guo et al. 2025, released code): SGD with momentum, learning rate 0.04 · B/256 falling linearly to 0 by epoch. */
const bootscTraining: TrainedRecipe['training'] = {
  epochs: 100,
  batchSize: 256,
  dropLast: true,
  optimizer: { name: 'sgd', options: { momentum: 0.9, weightDecay: 5e-4 } },
  learningRate: { name: 'linear', options: { from: 0.04 } },
}

/**
 * BootSC on features as its authors' code trains and labels it. k-means on the same embedding
 * (`--set labels=stable-kmeans`) often finds better labels: the table is bench/results/quality.md.
 */
export const bootscPublished: TrainedRecipe = {
  name: 'bootsc',
  pipeline: 'bootsc',
  description: 'BootSC on features, trained as published: MLP 1024-512, noise and mask views',
  training: bootscTraining,
  options: {},
  labels: 'prototypes',
}

/**
 * BootSC on embeddings: a row and one of its neighbours are the two views, and only a projection is learned. On the three sets
 * of embeddings in bench/results/embeddings.md its ARI is above that of k-means and spectral clustering; that of the published
 * views is below.
 */
export const neighbourhood: TrainedRecipe = {
  name: 'neighbours',
  pipeline: 'bootsc',
  for: ['features'],
  description:
    'BootSC on embeddings: a row and one of its 20 nearest neighbours as views, a projection 512-64 on the rows as they are',
  training: bootscTraining,
  steps: { least: 300, most: 2400 },
  options: {
    views: { name: 'neighbours', options: { neighbours: 20 } },
    backbone: 'identity',
    projection: { name: 'projection', options: { hidden: 512, width: 64 } },
  },
  labels: 'consensus',
}

/** BootSC with views that know that rows are small images. */
export const digits: TrainedRecipe = {
  name: 'digits',
  pipeline: 'bootsc',
  for: ['tiny-images'],
  description: 'BootSC with image-aware views (rotation, scale, shear, shift, contrast, noise) for small grey images',
  training: bootscTraining,
  options: {
    views: 'image-affine',
    projection: { name: 'projection', options: { hidden: 1024, width: 128 } },
  },
  labels: 'stable-kmeans',
}

/** Recipes with a name. */
export const presets: readonly TrainedRecipe[] = [bootscPublished, neighbourhood, digits, ...imagePresets]
