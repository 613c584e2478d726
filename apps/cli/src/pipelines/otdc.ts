import { filled, isAutoencoder, model } from '@dc/backbones'
import { type Dataset, definePlugin, OptionError, type Pipeline, type PluginReference, tf } from '@dc/core'
import { mean, reconstruction, squaredDistances } from '@dc/losses'
import { kmeans, matrix } from '@dc/spectral'
import { adam, infer, train } from '@dc/trainer'
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
    epsilon: z.number().positive().default(0.1).describe('entropy of the plan, in squared distances of k-means'),
    sizes: z
      .union([z.enum(['uniform', 'estimated', 'none']), z.array(z.number().positive())])
      .default('uniform')
      .describe('cluster sizes: equal, those of k-means, none (soft k-means), or given in any order'),
    transport: z.number().nonnegative().default(0.1).describe('weight of the transport cost'),
    reconstruction: z.number().nonnegative().default(1).describe('weight of the reconstruction'),
    pretrain: z.int().nonnegative().default(20).describe('epochs of reconstruction alone before the centroids start'),
  }),
  create({ k, epsilon, sizes, pretrain, ...options }, context): Pipeline {
    if (Array.isArray(sizes) && sizes.length !== k) throw new OptionError('sizes', sizes, `${k} sizes, one per cluster`)
    const { create } = assembler(context)
    const views = create('augmentation', options.views)
    const encoder = create('backbone', options.backbone)
    const decoder = isAutoencoder(encoder) ? encoder.decoder : undefined
    const clustering = create('loss', { name: 'transport-clustering', options: { epsilon } })
    let assign = create('assigner', plan(epsilon, sizes, []))

    const centroids = filled([k, ...encoder.outputShape], 0)
    // Mean squared distance to the first centroids: ε and the transport cost are told in it, so that they fit any data.
    const unit = filled([], 1, false)
    // Mean squared deviation of the data from their mean: the unit of the reconstruction, for the same reason.
    const spread = filled([], 1, false)

    const embed = (x: tf.Tensor, training = false) => encoder.apply(x, { training }) as tf.Tensor2D
    const distances = (code: tf.Tensor2D) => squaredDistances(code, centroids as tf.Tensor2D).div<tf.Tensor2D>(unit)
    const restore = (x: tf.Tensor, code: tf.Tensor2D) =>
      decoder
        ? mean({
            error: reconstruction({ x, decoded: decoder.apply(code, { training: true }) as tf.Tensor2D }),
          }).div<tf.Scalar>(spread)
        : tf.scalar(0)

    const network = model({
      encoder,
      ...(decoder && { decoder }),
      clusters: { variables: { centroids, unit, spread } },
    })
    const pipeline: Pipeline = {
      model: network,
      async prepare(dataset, random) {
        const deviation = await meanSquaredDeviation(dataset)
        tf.tidy(() => void spread.assign(tf.scalar(deviation)))
        if (decoder && pretrain > 0) {
          const reconstruct: Pipeline['step'] = ([x]) => ({ loss: restore(x, embed(x, true)), logs: {} })
          const batchSize = Math.min(256, dataset.size)
          const settings = { epochs: pretrain, batchSize, optimizer: adam(), learningRate: { value: () => 1e-3 } }
          await train({ ...pipeline, prepare: undefined, step: reconstruct }, dataset, { ...settings, random })
        }
        const { embedding, width } = await infer(pipeline, dataset)
        const fit = kmeans(matrix(embedding, dataset.size, width), { k, random })
        tf.tidy(() => {
          centroids.assign(tf.tensor2d(Float32Array.from(fit.centroids.values), [k, width]))
          unit.assign(tf.scalar(Math.max(fit.inertia / dataset.size, 1e-12)))
        })
        assign.dispose?.()
        assign = create('assigner', plan(epsilon, sizes, clusterSizes(fit.labels, k)))
      },
      views: (batch, random) => views.apply(batch, random),
      step([x]) {
        const code = embed(x, true)
        const costs = distances(code)
        const { transport, entropy } = clustering.elements({ costs, plan: assign.assign(costs.neg()) })
        const logs = { transport: mean({ transport }), entropy: mean({ entropy }), reconstruction: restore(x, code) }
        const weighted = logs.transport.mul<tf.Scalar>(options.transport)
        return { loss: weighted.add(logs.reconstruction.mul(options.reconstruction)), logs }
      },
      embed: (x) => tf.tidy(() => embed(x)),
      predict: (x) => tf.tidy(() => distances(embed(x)).argMin(1)),
      state: () => assign.state?.() ?? {},
      restore: (state) => assign.restore?.(state),
      dispose() {
        assign.dispose?.()
        tf.dispose(network.variables)
      },
    }
    return pipeline
  },
})

/** The assigner for these sizes; given ones go to the clusters of k-means by rank, which is how the two are matched. */
function plan(epsilon: number, sizes: string | number[], found: readonly number[]): PluginReference {
  if (sizes === 'none') return { name: 'soft', options: { temperature: epsilon } }
  const tolerance = 1e-5
  if (sizes === 'uniform' || found.length === 0) return { name: 'balanced', options: { epsilon, tolerance } }
  if (sizes === 'estimated') return { name: 'balanced', options: { epsilon, tolerance, sizes: [...found] } }
  const bySize = found.map((_, cluster) => cluster).sort((a, b) => found[b] - found[a])
  const given = [...(sizes as number[])].sort((a, b) => b - a)
  const matched = found.map((_, cluster) => given[bySize.indexOf(cluster)])
  return { name: 'balanced', options: { epsilon, tolerance, sizes: matched } }
}

function clusterSizes(labels: Int32Array, k: number): number[] {
  const sizes = new Array<number>(k).fill(0)
  for (const label of labels) sizes[label]++
  return sizes
}

/** Mean over all entries of their squared distance to the mean of their column. */
async function meanSquaredDeviation(dataset: Dataset): Promise<number> {
  const values = await dataset.read(Int32Array.from({ length: dataset.size }, (_, row) => row))
  const width = values.length / dataset.size
  const means = new Float64Array(width)
  values.forEach((value, at) => {
    means[at % width] += value / dataset.size
  })
  const total = values.reduce((sum, value, at) => sum + (value - means[at % width]) ** 2, 0)
  return Math.max(total / values.length, 1e-12)
}
