import { model, normalizeRows } from '@dc/backbones'
import { definePlugin, type Pipeline, tf } from '@dc/core'
import { mean, type SwappedInputs } from '@dc/losses'
import { assembler, part } from '@dc/pipelines'
import { z } from 'zod'

/** Two views of each row agree on its cluster: each is trained on the other's targets, which optimal transport balances. */
export const agreement = definePlugin({
  kind: 'pipeline',
  name: 'agreement',
  apiVersion: 1,
  description: 'Two views of a row agree on its cluster',
  options: z.strictObject({
    k: z.int().min(2).describe('clusters'),
    views: part('augmentation', 'feature-noise'),
    backbone: part('backbone', { name: 'mlp', options: { widths: [64, 16] } }),
    assign: part('assigner', 'sinkhorn-knopp'),
    loss: part('loss', 'brier'),
    temperature: z.number().positive().default(0.1).describe('of the scores, which are cosines'),
  }),
  create({ k, temperature, ...options }, context): Pipeline {
    const { create, createLoss } = assembler(context)
    const views = create('augmentation', options.views)
    const encoder = create('backbone', options.backbone)
    const prototypes = create('head', { name: 'prototypes', options: { k } }, encoder.outputShape)
    const assigner = create('assigner', options.assign)
    const loss = createLoss<SwappedInputs>(options.loss)
    const network = model({ encoder, prototypes })

    const embed = (x: tf.Tensor, training: boolean) => normalizeRows(encoder.apply(x, { training }) as tf.Tensor2D)
    const score = (z: tf.Tensor2D, training: boolean) => prototypes.apply(z, { training }) as tf.Tensor2D
    return {
      model: network,
      views: (batch, random) => views.apply(batch, random),
      step(inputs, at) {
        const scores = inputs.map((x) => score(embed(x, true), true))
        const targets = scores.map((s, view) => assigner.assign(s, { ...at, view }))
        return { loss: mean(loss.elements({ scores, targets, temperature })), logs: {} }
      },
      infer: (x) =>
        tf.tidy(() => {
          const embedding = embed(x, false)
          return { embedding, labels: score(embedding, false).argMax<tf.Tensor1D>(1) }
        }),
      state: () => assigner.state?.() ?? {},
      restore: (state) => assigner.restore?.(state),
      dispose() {
        assigner.dispose?.()
        tf.dispose(network.variables)
      },
    }
  },
})
