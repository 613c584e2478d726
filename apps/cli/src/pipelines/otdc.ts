import { autoencoder, isAutoencoder, model } from '@dc/backbones'
import { type Assigner, DcError, definePlugin, OptionError, type Pipeline, type Random, tf } from '@dc/core'
import { mean, squaredDistances } from '@dc/losses'
import { infer } from '@dc/trainer'
import { kmeans, matrix } from '@dc/spectral'
import { z } from 'zod'
import { assembler, part } from './assemble'

/**
 * Differentiable Deep Clustering with Cluster Size Constraints (Genevay, Dulac-Arnold, Vert 2019, arXiv 1910.09036):
 * centroids and network minimise the cost of entropic transport to clusters of given sizes. ALGORITHMS §3.
 */
export const otdc = definePlugin({
  kind: 'pipeline',
  name: 'otdc',
  apiVersion: 1,
  description: 'Deep k-means as optimal transport to clusters of given sizes',
  metadata: { paper: 'https://arxiv.org/abs/1910.09036' },
  options: z.strictObject({
    k: z.int().min(2).describe('clusters'),
    views: part({ name: 'feature-noise', options: { views: 1, deviation: 0, mask: 0 } }),
    backbone: part('autoencoder'),
    epsilon: z.number().positive().default(0.1).describe('entropy of the plan, in mean squared distances'),
    sizes: z
      .union([z.enum(['uniform', 'estimated', 'none']), z.array(z.number().positive())])
      .default('uniform')
      .describe('cluster sizes: equal, of a k-means partition, none (soft k-means), or relative sizes'),
    reconstruction: z.number().nonnegative().default(1).describe('weight of the reconstruction'),
  }),
  create({ k, epsilon, sizes, ...options }, context): Pipeline {
    if (Array.isArray(sizes) && sizes.length !== k) throw new OptionError('otdc.sizes', sizes, `${k} sizes, one per cluster`)
    const { create, inputShape } = assembler(context)
'''
