import type { Recipe } from '../recipe'
import { adam, progressive } from './trainings'

/** ALGORITHMS §2: entropy, cluster sizes, buffer of 10 batches, growing mass. */
const transport = { epsilon: 0.1, gamma: 1, batches: 10, rho: { schedule: 'sigmoid', start: 0.1, end: 1 } }
const neighbours = { weight: 1000, rounds: 100, objectiveTolerance: 1e-6 }

const pseudoLabels = (pipeline: string, what: string, assigner: string, changed: object = {}): Recipe => ({
  name: pipeline,
  pipeline,
  description: `${what}; optimiser, schedule and transport as published, an MLP on features`,
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

/** For a few hundred or thousand small grey images: their own views, small batches, prototypes from k-means. */
const smallImages = (pipeline: string, assign: { name: string; options: Record<string, unknown> }): Recipe => ({
  name: 'digits',
  pipeline,
  description: `${pipeline} with image-aware views and prototypes that start at k-means, for small grey images`,
  training: { ...progressive, batchSize: 128 },
  options: {
    views: 'image-affine',
    initial: 'kmeans',
    assign: { name: assign.name, options: { batches: 5, tolerance: 1e-6, ...assign.options } },
  },
  labels: 'prototypes',
})

/** λ₁ = 1000 is for a buffer of 5120 rows; the reward grows with 1/rows, so 640 rows have an eighth. */
const semantic = { name: 'sp2ot', options: { weight: 125, objectiveTolerance: 1e-4 } }

const otdcTraining = adam(100, 256, { name: 'constant', options: { value: 1e-3 } })

const otdcOptions = {
  backbone: { name: 'autoencoder', options: { widths: [256, 128], code: 10 } },
  epsilon: 0.1,
  sizes: 'uniform',
  transport: 0.1,
  reconstruction: 1,
  pretrain: 1000,
}

/** Recipes of the other three systems; the first of each pipeline is its default. */
export const systemPresets: readonly Recipe[] = [
  {
    name: 'otdc',
    pipeline: 'otdc',
    description: 'OTDC with equal cluster sizes: autoencoder 256-128-10, 1000 steps of reconstruction first',
    training: otdcTraining,
    options: otdcOptions,
    labels: 'prototypes',
  },
  {
    name: 'soft',
    pipeline: 'otdc',
    description: 'The ablation without sizes: soft k-means in the same autoencoder',
    training: otdcTraining,
    options: { ...otdcOptions, sizes: 'none' },
    labels: 'prototypes',
  },
  pseudoLabels('sp2ot', 'SP²OT', 'sp2ot', neighbours),
  smallImages('sp2ot', semantic),
  pseudoLabels('p2ot', 'P²OT', 'p2ot'),
  smallImages('p2ot', { name: 'p2ot', options: {} }),
  pseudoLabels('uot', 'All mass from the start, soft sizes', 'p2ot', { rho: { schedule: 'fixed', value: 1 } }),
  smallImages('uot', { name: 'p2ot', options: { rho: { schedule: 'fixed', value: 1 } } }),
  pseudoLabels('pot', 'Growing mass, equal sizes', 'p2ot', { gamma: 1e6 }),
  smallImages('pot', { name: 'p2ot', options: { gamma: 1e6 } }),
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
    description: "DSCL on its authors' toy set: MLP 3-30-30-3 tanh, Adam 1e-4, batches of 1000, 100 epochs",
    training: adam(100, 1000, { name: 'constant', options: { value: 1e-4 } }),
    options: { backbone: { name: 'mlp', options: { widths: [30, 30], activation: 'tanh', normalize: false } } },
    labels: 'prototypes',
  },
]
