import { model, normalizeRows } from '@dc/backbones'
import { definePlugin, type Pipeline, tf } from '@dc/core'
import { mean, type SwappedInputs } from '@dc/losses'
import { assembler, part } from '@dc/pipelines'
import { z } from 'zod'

/**
 * Swapped prediction: two views of each row, soft targets of each view by balanced optimal transport, and the scores of
 * each view trained on the targets of the other. Every part can be replaced by name.
 */
export const plugin = definePlugin({
  kind: 'pipeline',
  name: 'my-pipeline',
  apiVersion: 1,
  description: 'Swapped prediction of transport targets',
  options: z.strictObject({
    k: z.int().min(2).describe('clusters'),
    views: part('augmentation', 'feature-noise'),
    backbone: part('backbone', { name: 'mlp', options: { widths: [64, 16] } }),
    assign: part('assigner', 'sinkhorn-knopp'),
    loss: part('loss', 'swapped-cross-entropy'),
    temperature: z.number().positive().default(0.1).describe('of the scores, which are cosines'),
  }),
  create({ k, temperature, ...options }, context): Pipeline {
    // Each part gets a random stream of its own, named after its place.
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
      // What a checkpoint must keep beside the weights, so that a resumed run is the unbroken one.
      state: () => assigner.state?.() ?? {},
      restore: (state) => assigner.restore?.(state),
      dispose() {
        assigner.dispose?.()
        tf.dispose(network.variables)
      },
    }
  },
})

/** What `dclust --plugin` looks for. */
export const plugins = [plugin]
