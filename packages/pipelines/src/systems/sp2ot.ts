import { filled, model, normalizeRows } from '@dc/backbones'
import {
  type AssignContext,
  type Dataset,
  definePlugin,
  keepingValues,
  type NamedTensors,
  namedParts,
  type Pipeline,
  type PluginReference,
  partOf,
  type Random,
  type StepContext,
  tf,
} from '@dc/core'
import { mean, type SwappedInputs } from '@dc/losses'
import { wantsNeighbours } from '@dc/ot-sinkhorn/tensor'
import { matrix } from '@dc/spectral'
import { z } from 'zod'
import { assembler, part } from '../assemble'
import { datasetNeighbours } from '../dataset-neighbours'
import { allRows, readOnHost } from '../host-rows'
import { interruptibleKMeans } from '../interruptible-kmeans'
import { featuresOf, finiteCodes } from './dataset-passes'
import { certain, meanWithGiven, targetsWithGiven } from './given-rows'

/**
 * A pipeline that learns from pseudo-labels of progressive transport; what differs is the transport. docs/systems/sp2ot.md has the
 * formulas.
 */
function pseudoLabelling<Name extends string>(name: Name, description: string, paper: string, assign: PluginReference) {
  return definePlugin({
    kind: 'pipeline',
    name,
    apiVersion: 1,
    description,
    traits: { takesCorrections: true },
    metadata: { paper },
    options: z.strictObject({
      k: z.int().min(2).describe('clusters'),
      views: part('augmentation', 'feature-noise'),
      backbone: part('backbone', 'mlp'),
      heads: z.int().positive().default(1).describe('heads; the one of the lowest loss per mass answers'),
      scale: z.number().positive().default(10).describe('of the cosines, an inverse temperature'),
      assign: part('assigner', assign),
      loss: part('loss', 'swapped-cross-entropy'),
      initial: z.enum(['random', 'kmeans']).default('random').describe('prototypes: random, or k-means of first codes'),
      neighbours: part('affinity', { name: 'gaussian', options: { neighbours: 20 } }),
      neighboursIn: z
        .enum(['input', 'backbone'])
        .default('input')
        .describe('where rows are near: as given, or in the first features of a pretrained backbone, as published'),
    }),
    create({ k, scale, ...options }, context): Pipeline {
      const { create, createLoss } = assembler(context)
      const views = create('augmentation', options.views)
      const encoder = create('backbone', options.backbone)
      const loss = createLoss<SwappedInputs>(options.loss)
      const heads = Array.from({ length: options.heads }, () => ({
        scores: create('head', { name: 'cosine', options: { k, scale } }, encoder.outputShape),
        targets: create('assigner', options.assign),
      }))
      // Running mean of each head's loss per transported mass.
      const headLosses = filled([heads.length], 0, false)

      const embed = (x: tf.Tensor, training = false) => encoder.apply(x, { training }) as tf.Tensor2D
      /** Prototypes at the centroids of k-means, one start per head, in the first codes as training sees them; no statistics move. */
      const startAtKMeans = async (dataset: Dataset, random: Random, signal?: AbortSignal) => {
        const rows = random.permutation(dataset.size).subarray(0, Math.max(4096, k))
        const read = await dataset.read(rows)
        const running = Object.values(encoder.variables).filter(({ trainable }) => !trainable)
        const codes = keepingValues(running, () =>
          tf.tidy(() => normalizeRows(embed(tf.tensor(read, [rows.length, ...dataset.sampleShape]), true))),
        )
        const [, width] = codes.shape
        const values = (await codes.data()) as Float32Array
        codes.dispose()
        const points = matrix(finiteCodes(values, width), rows.length, width)
        for (const [h, { scores }] of heads.entries()) {
          const { centroids } = await interruptibleKMeans(points, { k, random: random.split(h) }, signal)
          tf.tidy(() =>
            scores.variables.weight.assign(tf.tensor2d(Float32Array.from(centroids.values), [k, points.columns])),
          )
        }
      }
      const network = model({
        encoder,
        ...Object.fromEntries(heads.map(({ scores }, h) => [`head ${h}`, scores])),
        heads: { variables: { losses: headLosses } },
      })
      return {
        model: network,
        compilable: true,
        async prepare(dataset, random, { signal, resumed, onPhase } = {}) {
          await views.prepare?.(dataset, { signal })
          for (const { targets } of heads) targets.prepare?.({ rows: dataset.size, columns: k })
          if (options.initial === 'kmeans' && !resumed) {
            onPhase?.({ phase: 'k-means of the first codes' })
            await startAtKMeans(dataset, random, signal)
          }
          if (!heads.some(({ targets }) => wantsNeighbours(targets))) return
          onPhase?.({ phase: 'neighbours' })
          const inBackbone = options.neighboursIn === 'backbone'
          const values = inBackbone
            ? await featuresOf(dataset, (x) => embed(x), { signal })
            : await readOnHost(dataset, allRows(dataset))
          const width = values.length / dataset.size
          const points = () => matrix(values, dataset.size, width)
          const nearest = (k: number) => datasetNeighbours(dataset, { k, by: 'distance', points })
          const affinity = create('affinity', options.neighbours)
          const similarity = await affinity.graph(values, dataset.size, width, inBackbone ? undefined : { nearest })
          for (const { targets } of heads) if (wantsNeighbours(targets)) targets.useNeighbours(similarity)
        },
        beside: (rows, random) => views.beside?.(rows, random) ?? null,
        views: (batch, random) => views.apply(batch, random),
        get resident() {
          return views.resident
        },
        inputs: (context) =>
          namedParts(
            'head',
            heads.map(({ targets }) => targets.inputs?.(context) ?? {}),
          ),
        step(inputs, context) {
          const codes = inputs.map((x) => embed(x, true))
          const parts = heads.map((head, h) => {
            const scores = codes.map((code) => head.scores.apply(code, { training: true }) as tf.Tensor2D)
            const given = partOf('head', context.inputs ?? {}, h)
            const targets = scores.map((s, view) =>
              targetsWithGiven(s, certain, context.given, (steered) =>
                head.targets.assign(steered, seenBy(context, view, given)),
              ),
            )
            return {
              loss: meanWithGiven(loss.elements({ scores, targets }), context.given),
              mass: mean({ mass: tf.stack(targets).sum(2) }),
            }
          })
          const [losses, masses] = [tf.stack(parts.map((p) => p.loss)), tf.stack(parts.map((p) => p.mass))]
          headLosses.assign(headLosses.mul(0.99).add(losses.div(masses.maximum(1e-6)).mul(0.01)))
          return { loss: losses.sum(), logs: { mass: masses.mean() } }
        },
        infer: (x) =>
          tf.tidy(() => {
            const code = embed(x)
            const scores = tf.stack(heads.map((head) => head.scores.apply(code, { training: false })))
            return { embedding: normalizeRows(code), labels: scores.gather(headLosses.argMin()).argMax<tf.Tensor1D>(1) }
          }),
        async pseudoLabels() {
          const losses = [...(await headLosses.data())]
          const best = losses.reduce((least, loss, h) => (loss < losses[least] ? h : least), 0)
          return heads[best].targets.pseudoLabels?.() ?? noLabels
        },
        epochLogs: async () => together(await Promise.all(heads.map(({ targets }) => targets.epochLogs?.() ?? {}))),
        state: () =>
          namedParts(
            'head',
            heads.map(({ targets }) => targets.state?.() ?? {}),
          ),
        restore(state) {
          for (const [h, { targets }] of heads.entries()) targets.restore?.(partOf('head', state, h))
        },
        dispose() {
          for (const { targets } of heads) targets.dispose?.()
          tf.dispose(network.variables)
        },
      }
    },
  })
}

const sp2otPaper = 'https://arxiv.org/abs/2404.03446'
const p2otPaper = 'https://openreview.net/forum?id=hD3sGVqPsr'
/** KL weight so large that cluster sizes are all but prescribed. */
const equalSizes = 1e6

/** Semantic-regularised progressive partial transport (Zhang, Ren, He 2024, arXiv 2404.03446). */
export const sp2ot = pseudoLabelling(
  'sp2ot',
  'Pseudo-labels for imbalanced data: growing mass, soft sizes, neighbours agree',
  sp2otPaper,
  'sp2ot',
)
/** Its λ₁ = 0 case: progressive partial transport (Zhang, Ren, He, ICLR 2024). */
export const p2ot = pseudoLabelling(
  'p2ot',
  'Pseudo-labels for imbalanced data: growing mass, soft cluster sizes',
  p2otPaper,
  'p2ot',
)
/** Ablation: all mass from the start, soft cluster sizes. */
export const uot = pseudoLabelling('uot', 'Ablation of p2ot: all mass from the start, soft cluster sizes', p2otPaper, {
  name: 'p2ot',
  options: { rho: { schedule: 'fixed', value: 1 } },
})
/** Ablation: growing mass, equal cluster sizes. */
export const pot = pseudoLabelling('pot', 'Ablation of p2ot: growing mass, equal cluster sizes', p2otPaper, {
  name: 'p2ot',
  options: { gamma: equalSizes },
})

/**
 * The context of a head's assigner, behind which rows and progress are looked up when asked for: of a compiled step at every
 * call.
 */
const seenBy = (context: StepContext, view: number, inputs: NamedTensors): AssignContext =>
  Object.create(context, {
    view: { value: view, enumerable: true },
    inputs: { value: inputs, enumerable: true },
  })

const noLabels = { rows: new Int32Array(0), labels: new Int32Array(0), weights: new Float32Array(0) }

/** Logs of all heads together: counts add up; of an error the largest counts. */
function together(logs: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const all: Record<string, number> = {}
  for (const each of logs)
    for (const [name, count] of Object.entries(each))
      all[name] = name === 'transportError' ? Math.max(all[name] ?? 0, count) : (all[name] ?? 0) + count
  return all
}
