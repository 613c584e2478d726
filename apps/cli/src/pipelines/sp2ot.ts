import { filled, model, normalizeRows } from '@dc/backbones'
import {
  type AssignContext,
  type Dataset,
  definePlugin,
  keepingValues,
  type NamedTensors,
  onHost,
  type Pipeline,
  type PluginReference,
  type Random,
  type StepContext,
  tf,
} from '@dc/core'
import { mean } from '@dc/losses'
import { kmeans, matrix } from '@dc/spectral'
import { z } from 'zod'
import { allRows, readOnHost } from '../run/host-rows'
import { assembler, part } from './assemble'
import { featuresOf, finiteCodes } from './dataset-passes'

/** A pipeline that learns from pseudo-labels of progressive transport; what differs is the transport. */
function pseudoLabelling<Name extends string>(name: Name, description: string, paper: string, assign: PluginReference) {
  return definePlugin({
    kind: 'pipeline',
    name,
    apiVersion: 1,
    description,
    traits: { readsInStep: true },
    metadata: { paper },
    options: z.strictObject({
      k: z.int().min(2).describe('clusters'),
      views: part('augmentation', 'feature-noise'),
      backbone: part('backbone', 'mlp'),
      heads: z.int().positive().default(1).describe('heads; the one of the lowest loss per mass answers'),
      scale: z.number().positive().default(10).describe('of the cosines, an inverse temperature'),
      assign: part('assigner', assign),
      initial: z.enum(['random', 'kmeans']).default('random').describe('prototypes: random, or k-means of first codes'),
      neighbours: part('affinity', { name: 'gaussian', options: { neighbours: 20 } }),
      neighboursIn: z
        .enum(['input', 'backbone'])
        .default('input')
        .describe('where rows are near: as given, or in the first features of a pretrained backbone, as published'),
    }),
    create({ k, scale, ...options }, context): Pipeline {
      const { create } = assembler(context)
      const views = create('augmentation', options.views)
      const encoder = create('backbone', options.backbone)
      const swapped = create('loss', 'swapped-cross-entropy')
      const heads = Array.from({ length: options.heads }, () => ({
        scores: create('head', { name: 'cosine', options: { k, scale } }, encoder.outputShape),
        targets: create('assigner', options.assign),
        given: lastPseudoLabels(),
      }))
      // Running mean of each head's loss per transported mass.
      const headLosses = filled([heads.length], 0, false)

      const embed = (x: tf.Tensor, training = false) => encoder.apply(x, { training }) as tf.Tensor2D
      /** Prototypes at the centroids of k-means, one start per head, in the first codes as training sees them; no statistics move. */
      const startAtKMeans = async (dataset: Dataset, random: Random) => {
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
          const { centroids } = kmeans(points, { k, random: random.split(h) })
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
        async prepare(dataset, random) {
          if (options.initial === 'kmeans') await startAtKMeans(dataset, random)
          if (!heads[0].targets.prepare) return
          const values =
            options.neighboursIn === 'backbone'
              ? await featuresOf(dataset, (x) => embed(x))
              : await readOnHost(dataset, allRows(dataset))
          const affinity = create('affinity', options.neighbours)
          const similarity = await affinity.graph(values, dataset.size, values.length / dataset.size)
          for (const { targets } of heads) targets.prepare?.({ similarity, rows: dataset.size })
        },
        views: (batch, random) => views.apply(batch, random),
        step(inputs, context) {
          const codes = inputs.map((x) => embed(x, true))
          const parts = heads.map((head) => {
            const scores = codes.map((code) => head.scores.apply(code, { training: true }) as tf.Tensor2D)
            const plans = scores.map((s, view) => head.targets.assign(s, assignContext(context, view)))
            const targets = plans.map((plan, view) => (view < plans.length - 1 ? plan : head.given.put(plan, context)))
            return { loss: mean(swapped.elements({ scores, targets })), mass: mean({ mass: tf.stack(targets).sum(2) }) }
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
          const losses = await headLosses.data()
          return heads[greatest(losses.map((loss) => -loss))].given.all()
        },
        state: () => named(heads.map(({ targets }) => targets.state?.() ?? {})),
        restore(state) {
          for (const [h, { targets }] of heads.entries()) targets.restore?.(ofHead(state, h))
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

/** What an assigner may know of a step, looked up when it asks: of a compiled one at every call. */
const assignContext = (context: StepContext, view: number): AssignContext => ({
  view,
  get rows() {
    return context.rows
  },
  get step() {
    return context.progress.step
  },
  get steps() {
    return context.progress.steps
  },
  get epoch() {
    return context.progress.epoch
  },
  get epochs() {
    return context.progress.epochs
  },
})

/** The pseudo-label that each row was last given. */
function lastPseudoLabels() {
  const last = new Map<number, { label: number; weight: number }>()
  return {
    /** Remembers a plan, and hands it on. */
    put: (plan: tf.Tensor2D, context: StepContext) =>
      onHost<tf.Tensor2D>(plan, plan.shape, (values) => {
        const [, k] = plan.shape
        context.rows.forEach((row, i) => {
          const shares = values.subarray(i * k, (i + 1) * k)
          const weight = shares.reduce((sum, share) => sum + share, 0)
          last.set(row, { label: greatest(shares), weight })
        })
        return values
      }),
    all: () => ({
      rows: Int32Array.from(last.keys()),
      labels: Int32Array.from(last.values(), ({ label }) => label),
      weights: Float32Array.from(last.values(), ({ weight }) => weight),
    }),
  }
}

/** Where the greatest value stands, the first of several. */
function greatest(values: ArrayLike<number>): number {
  let best = 0
  for (let at = 1; at < values.length; at++) if (values[at] > values[best]) best = at
  return best
}

/** The states of several heads as one, `head h/name`. */
function named(states: readonly NamedTensors[]): NamedTensors {
  return Object.fromEntries(
    states.flatMap((state, h) => Object.entries(state).map(([key, value]) => [`head ${h}/${key}`, value])),
  )
}

function ofHead(state: NamedTensors, h: number): NamedTensors {
  const prefix = `head ${h}/`
  return Object.fromEntries(
    Object.entries(state).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  )
}
