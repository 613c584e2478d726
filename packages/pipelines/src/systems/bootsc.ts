import { model, normalizeRows, temperature } from '@dc/backbones'
import { definePlugin, type Pipeline, tf } from '@dc/core'
import { mean, type SwappedInputs } from '@dc/losses'
import { polarFactor } from '@dc/spectral/tensor'
import { z } from 'zod'
import { assembler, part } from '../assemble'
import { certain, meanWithGiven, targetsWithGiven } from './given-rows'

/**
 * Bootstrap Deep Spectral Clustering with Optimal Transport (Guo et al. 2025, arXiv 2508.04200): one network learns
 * affinity, spectral embedding and assignment; optimal transport makes the targets of both. docs/systems/bootsc.md has the formulas.
 */
export const bootsc = definePlugin({
  kind: 'pipeline',
  name: 'bootsc',
  apiVersion: 1,
  description: 'Bootstrap deep spectral clustering: affinity, embedding and assignment learned end to end',
  traits: { takesCorrections: true },
  metadata: { paper: 'https://arxiv.org/abs/2508.04200' },
  options: z.strictObject({
    k: z.int().min(2).describe('clusters'),
    views: part('augmentation', 'feature-noise'),
    backbone: part('backbone', 'mlp'),
    projection: part('head', 'projection'),
    loss: part('loss', 'swapped-cross-entropy'),
    affinityLoss: part('loss', { name: 'swapped-cross-entropy', options: { mask: 'diagonal' } }),
    epsilon: z.number().positive().default(0.05).describe('entropy of the targets'),
    rounds: z.int().positive().default(3).describe('Sinkhorn rounds'),
    affinityMarginals: z.enum(['clean', 'reference']).default('clean'),
    lambda: z.number().nonnegative().default(1).describe('weight of the assignment loss'),
    temperature: z.number().positive().max(1).default(0.05).describe('initial value of both temperatures'),
  }),
  create({ k, epsilon, rounds, affinityMarginals, lambda, ...options }, context): Pipeline {
    const { create, createLoss, inputShape } = assembler(context)
    const views = create('augmentation', options.views)
    const encoder = create('backbone', options.backbone, inputShape)
    const projection = create('head', options.projection, encoder.outputShape)
    const prototypes = create('head', { name: 'prototypes', options: { k } }, projection.outputShape)
    const transport = (more = {}) =>
      create('assigner', { name: 'sinkhorn-knopp', options: { epsilon, rounds, ...more } })
    const clusters = transport()
    const neighbours = transport({ mask: 'diagonal', affinityMarginals })
    const clusterLoss = createLoss<SwappedInputs>(options.loss)
    const affinityLoss = createLoss<SwappedInputs>(options.affinityLoss)
    const [tau, tauAffinity] = [temperature(options.temperature), temperature(options.temperature)]

    const project = (x: tf.Tensor, training: boolean) =>
      projection.apply(encoder.apply(x, { training }), { training }) as tf.Tensor2D
    // Orthogonal re-parameterisation, for training only: the spectral embedding of each view.
    const spectral = (x: tf.Tensor): tf.Tensor2D => normalizeRows(polarFactor(project(x, true)))
    const score = (z: tf.Tensor2D, training: boolean) => prototypes.apply(z, { training }) as tf.Tensor2D
    const affinity = (z: tf.Tensor2D) => tf.matMul<tf.Tensor2D>(z, z, false, true)

    const network = model({ encoder, projection, prototypes, tau, tauAffinity })
    return {
      model: network,
      compilable: true,
      prepare: async (dataset, _, { signal } = {}) => views.prepare?.(dataset, { signal }),
      beside: (rows, random) => views.beside?.(rows, random) ?? null,
      views: (batch, random) => views.apply(batch, random),
      get resident() {
        return views.resident
      },
      step(inputs, { given }) {
        const embeddings = inputs.map(spectral)
        const scores = embeddings.map((z) => score(z, true))
        const affinities = embeddings.map(affinity)
        const targets = scores.map((p) => targetsWithGiven(p, certain * epsilon, given, (s) => clusters.assign(s)))
        const cluster = meanWithGiven(clusterLoss.elements({ scores, targets, temperature: tau.value() }), given)
        const graph = mean(
          affinityLoss.elements({
            scores: affinities,
            targets: affinities.map((a) => neighbours.assign(a)),
            temperature: tauAffinity.value(),
          }),
        )
        return { loss: cluster.mul(lambda).add(graph), logs: { cluster, graph } }
      },
      infer: (x) =>
        tf.tidy(() => {
          const embedding = normalizeRows(project(x, false))
          return { embedding, labels: score(embedding, false).argMax<tf.Tensor1D>(1) }
        }),
      dispose: () => tf.dispose(network.variables),
    }
  },
})
