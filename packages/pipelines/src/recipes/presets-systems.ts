import { photos } from './presets-images'
import type { TrainedRecipe } from './recipe'
import { adam, progressive } from './trainings'

/** As in Zhang, Ren, He 2024 (P²OT, SP²OT): entropy, cluster sizes, buffer of 10 batches, growing mass. */
const transport = { epsilon: 0.1, gamma: 1, batches: 10, rho: { schedule: 'sigmoid', start: 0.1, end: 1 } }
const neighbours = { weight: 1000, rounds: 100, objectiveTolerance: 1e-6 }

/** As published, except that the network is an MLP on features and is not pretrained. The preset has its pipeline's name. */
const published = (pipeline: string, what: string, assigner: string, changed: object = {}): TrainedRecipe => ({
  name: pipeline,
  pipeline,
  description: `${what}; optimiser, schedule and transport as published, an MLP on features from random weights`,
  training: progressive,
  options: {
    views: 'feature-noise',
    backbone: 'mlp',
    heads: 1,
    scale: 10,
    assign: { name: assigner, options: { ...transport, ...changed } },
    neighbours: { name: 'gaussian', options: { neighbours: 20 } },
  },
  labels: 'prototypes',
})

/** The same with prototypes that start at k-means. Without a pretrained network, random prototypes end below k-means. */
const onFeatures = (recipe: TrainedRecipe): TrainedRecipe => ({
  ...recipe,
  name: 'features',
  description: `${recipe.pipeline} on features: as published, but prototypes start at k-means`,
  options: { ...recipe.options, initial: 'kmeans' },
})

/** On embeddings, of which no transformation is known: near rows are the views, and labels are what several sources agree on. */
const onEmbeddings = (recipe: TrainedRecipe): TrainedRecipe => ({
  ...onFeatures(recipe),
  name: 'neighbours',
  for: ['features'],
  description: `${recipe.pipeline} on embeddings: a row and one of its 20 nearest neighbours as views, prototypes start at k-means`,
  options: { ...recipe.options, initial: 'kmeans', views: { name: 'neighbours', options: { neighbours: 20 } } },
  labels: 'consensus',
})

/** The first training of methods that were made for a pretrained network, on small images. */
const learnedFirst: TrainedRecipe['start'] = { pipeline: 'bootsc', preset: 'digits', steps: 400 }

/** For a few hundred or thousand small grey images: their own views, small batches, a network that BootSC has trained. */
const smallImages = (pipeline: string, assign: { name: string; options: Record<string, unknown> }): TrainedRecipe => ({
  name: 'digits',
  pipeline,
  description: `bootsc, then ${pipeline} from its network and k-means' prototypes: small grey images, image-aware views`,
  training: { ...progressive, batchSize: 128 },
  start: learnedFirst,
  options: {
    views: 'image-affine',
    initial: 'kmeans',
    assign: { name: assign.name, options: { batches: 5, tolerance: 1e-6, ...assign.options } },
  },
  labels: 'prototypes',
})

/** The same for photos, with BootSC's network, image size and views for them. */
const onPhotos = (recipe: TrainedRecipe): TrainedRecipe => ({
  ...recipe,
  name: 'photos',
  for: ['photos'],
  description: `bootsc, then ${recipe.pipeline} from its network and k-means' prototypes: photos at 32 pixels, ConvNet, BYOL views`,
  data: photos.data,
  start: { ...learnedFirst, preset: photos.name },
  options: { ...recipe.options, views: photos.options.views, backbone: photos.options.backbone },
})

/** λ₁ = 1000 is for a buffer of 5120 rows. The reward grows with 1/rows, so 640 rows get an eighth of λ₁. */
const semantic = { name: 'sp2ot', options: { weight: 125, objectiveTolerance: 1e-4 } }

/** @param changed options of the published transport beside those of `assign` */
function pseudoLabelling(
  pipeline: string,
  what: string,
  assign: { name: string; options: Record<string, unknown> },
  changed: object = assign.options,
): TrainedRecipe[] {
  const asPublished = published(pipeline, what, assign.name, changed)
  const small = smallImages(pipeline, assign)
  return [small, asPublished, onFeatures(asPublished), onEmbeddings(asPublished), onPhotos(small)]
}

const otdcTraining = adam(100, 256, { name: 'constant', options: { value: 1e-3 } })

const otdcOptions = {
  backbone: { name: 'autoencoder', options: { widths: [256, 128], code: 10 } },
  epsilon: 0.1,
  sizes: 'uniform',
  transport: 0.1,
  reconstruction: 1,
  pretrain: 1000,
}

/** Recipes of the other three systems; the first of each pipeline is its default where none is for the rows. */
export const systemPresets: readonly TrainedRecipe[] = [
  {
    name: 'digits',
    pipeline: 'otdc',
    description: "bootsc, then otdc from its network with the sizes of k-means' clusters: small grey images",
    training: adam(30, 256, { name: 'constant', options: { value: 1e-4 } }),
    start: learnedFirst,
    options: {
      views: { name: 'image-affine', options: { views: 1 } },
      backbone: 'mlp',
      normalize: true,
      sizes: 'estimated',
      transport: 1,
      reconstruction: 0,
    },
    labels: 'prototypes',
  },
  {
    name: 'otdc',
    pipeline: 'otdc',
    description: 'OTDC with equal cluster sizes: autoencoder 256-128-10, 1000 steps of reconstruction first',
    training: otdcTraining,
    options: otdcOptions,
    labels: 'prototypes',
  },
  {
    name: 'consensus',
    pipeline: 'otdc',
    for: ['features'],
    description: 'OTDC as published on features; the labels are what it and the neighbourhoods of the rows agree on',
    training: otdcTraining,
    options: otdcOptions,
    labels: 'consensus',
  },
  {
    name: 'soft',
    pipeline: 'otdc',
    description: 'The ablation without sizes: soft k-means in the same autoencoder',
    training: otdcTraining,
    options: { ...otdcOptions, sizes: 'none' },
    labels: 'prototypes',
  },
  ...pseudoLabelling('sp2ot', 'SP²OT', semantic, neighbours),
  ...pseudoLabelling('p2ot', 'P²OT', { name: 'p2ot', options: {} }),
  ...pseudoLabelling('uot', 'All mass from the start, soft sizes', {
    name: 'p2ot',
    options: { rho: { schedule: 'fixed', value: 1 } },
  }),
  ...pseudoLabelling('pot', 'Growing mass, equal sizes', { name: 'p2ot', options: { gamma: 1e6 } }),
  {
    name: 'dscl',
    pipeline: 'dscl',
    description: 'DSCL on features: MLP 1024-512, Adam 1e-4; half of the classes train, the others are clustered',
    training: { ...adam(100, 256, { name: 'constant', options: { value: 1e-4 } }), patience: 20 },
    options: { backbone: { name: 'mlp', options: { widths: [1024, 512] } }, loss: 'dscl' },
    labels: 'column-space',
    unseen: 0.5,
    beside: { 'softmax regression': { loss: 'softmax-regression' } },
  },
  {
    name: 'toy',
    pipeline: 'dscl',
    description: "DSCL on its authors' toy set: MLP 3-30-30-3 tanh, Adam 1e-4, batches of 1000",
    training: adam(100, 1000, { name: 'constant', options: { value: 1e-4 } }),
    options: { backbone: { name: 'mlp', options: { widths: [30, 30], activation: 'tanh', normalize: false } } },
    labels: 'prototypes',
  },
]
