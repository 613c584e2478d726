import { filled, model, normalizeRows } from '@dc/backbones'
import { DataError, definePlugin, OptionError, type Pipeline, pluginReference, tf } from '@dc/core'
import { type DsclInputs, dsclSubBatches, type SoftmaxRegressionInputs, sum } from '@dc/losses'
import { z } from 'zod'
import { assembler, part } from '../assemble'

/**
 * Deep Spectral Clustering Learning (Law, Urtasun, Zemel, ICML 2017): it learns, supervised, an
 * embedding whose column space contains the true partition, to cluster classes that were not seen (eqs. 9 and 10).
 * docs/systems/dscl.md has the formulas.
 */
export const dscl = definePlugin({
  kind: 'pipeline',
  name: 'dscl',
  apiVersion: 1,
  description: 'Supervised: an embedding whose column space holds the true partition',
  traits: { supervised: true },
  metadata: { paper: 'https://proceedings.mlr.press/v70/law17a.html' },
  options: z.strictObject({
    k: z.int().min(2).describe('classes seen in training'),
    views: part('augmentation', { name: 'feature-noise', options: { views: 1, deviation: 0, mask: 0 } }),
    backbone: part('backbone', 'mlp'),
    width: z.int().positive().optional().describe('of the embedding; k if left out, as published for small k'),
    loss: part('loss', 'dscl'),
    parts: z
      .int()
      .positive()
      .default(1)
      .describe(
        "parts that a batch goes through the network in, for less memory; only with the dscl loss. Several read in every step, which tfjs's webgpu cannot do in Node",
      ),
  }),
  create({ k, width = k, parts, ...options }, context): Pipeline {
    if (parts > 1 && pluginReference(options.loss).name !== 'dscl')
      throw new OptionError(
        'parts',
        parts,
        '1 with another loss than dscl, whose gradient is not that of a whole batch',
      )
    const { create, createLoss } = assembler(context)
    const views = create('augmentation', options.views)
    const encoder = create('backbone', options.backbone)
    const head = create('head', { name: 'linear', options: { width } }, encoder.outputShape)
    const loss = createLoss<DsclInputs & SoftmaxRegressionInputs>(options.loss)
    // The mean direction of each class, for labels of single rows. The paper's own method clusters all rows at once.
    const means = filled([k, width], 0, false)

    const embed = (x: tf.Tensor, training = false) =>
      head.apply(encoder.apply(x, { training }), { training }) as tf.Tensor2D
    const network = model({ encoder, head, classes: { variables: { means } } })
    // Takes the gradient of the whole batch in parts (Law, Urtasun, Zemel 2017, section 4).
    const gradients: Pipeline['gradients'] = ([x], { labels }) => {
      if (!labels) throw new DataError(supervised, { k })
      const { loss, embeddings, gradients } = dsclSubBatches({
        embed: (rows) => embed(rows, true),
        parts: tf.split(x, partSizes(x.shape[0], parts)),
        labels: labels.dataSync<'int32'>(),
        variables: network.variables,
      })
      const all = tf.tensor2d(embeddings.values as Float32Array, [embeddings.rows, embeddings.columns])
      remember(means, all, labels)
      return { loss: tf.scalar(loss), logs: {}, gradients }
    }
    const supervised = `dscl is supervised: every row needs a class from 0 to ${k - 1}.`
    return {
      model: network,
      compilable: parts === 1,
      ...(parts > 1 && { gradients }),
      async prepare(dataset, _, { signal } = {}) {
        const { labels } = dataset
        await views.prepare?.(dataset, { signal })
        if (!labels?.every((label) => label >= 0 && label < k)) throw new DataError(supervised, { k })
      },
      beside: (rows, random) => views.beside?.(rows, random) ?? null,
      views: (batch, random) => views.apply(batch, random),
      get resident() {
        return views.resident
      },
      step([x], { labels }) {
        if (!labels) throw new DataError(supervised, { k })
        const embeddings = embed(x, true)
        remember(means, embeddings, labels)
        return { loss: sum(loss.elements({ embeddings, scores: embeddings, labels, classes: k })), logs: {} }
      },
      infer: (x) =>
        tf.tidy(() => {
          const embedding = embed(x)
          return {
            embedding,
            labels: tf.matMul(normalizeRows(embedding), means as tf.Tensor2D, false, true).argMax<tf.Tensor1D>(1),
          }
        }),
      dispose: () => tf.dispose(network.variables),
    }
  },
})

/** Moves the mean direction of each class in the batch a tenth of the way to the class's mean direction in the batch. */
function remember(means: tf.Variable, embeddings: tf.Tensor2D, labels: tf.Tensor1D): void {
  tf.tidy(() => {
    const members = tf.oneHot(labels, means.shape[0]).toFloat() as tf.Tensor2D
    const counts = members.sum(0).reshape([-1, 1])
    const found = tf.matMul(members, normalizeRows(embeddings), true).div(counts.maximum(1))
    means.assign(means.add(found.sub(means).mul(counts.minimum(1).mul(0.1))))
  })
}

/**
 * Sizes of parts of a batch. They differ by at most one row. Each has at least two rows, for networks that normalise a part.
 */
function partSizes(rows: number, parts: number): number[] {
  const count = Math.max(1, Math.min(parts, Math.floor(rows / 2)))
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 1) * rows) / count) - Math.floor((i * rows) / count))
}
