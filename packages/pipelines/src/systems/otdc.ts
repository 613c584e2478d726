import { filled, isAutoencoder, model, normalizeRows } from '@dc/backbones'
import {
  type Callback,
  definePlugin,
  OptionError,
  type Pipeline,
  type PluginReference,
  type Random,
  tf,
} from '@dc/core'
import { batchCount } from '@dc/data/rows'
import { mean, reconstruction, squaredDistances, type TransportClusteringInputs } from '@dc/losses'
import { clusterSizes } from '@dc/metrics'
import { type KMeansFit, type Matrix, matrix } from '@dc/spectral'
import { adam, infer, train } from '@dc/trainer'
import { z } from 'zod'
import { assembler, part } from '../assemble'
import { interruptibleKMeans } from '../interruptible-kmeans'
import { finiteCodes, meanSquaredDeviation } from './dataset-passes'
import { certain, meanWithGiven, targetsWithGiven } from './given-rows'
import { matchSizes } from './match-sizes'

/**
 * Differentiable Deep Clustering with Cluster Size Constraints (Genevay, Dulac-Arnold, Vert 2019, arXiv 1910.09036):
 * centroids and network minimise the cost of entropic transport to clusters of given sizes. docs/systems/otdc.md has the formulas.
 */
export const otdc = definePlugin({
  kind: 'pipeline',
  name: 'otdc',
  apiVersion: 1,
  description: 'Deep k-means as optimal transport to clusters of given sizes',
  traits: { takesCorrections: true },
  metadata: { paper: 'https://arxiv.org/abs/1910.09036' },
  options: z.strictObject({
    k: z.int().min(2).describe('clusters'),
    views: part('augmentation', { name: 'feature-noise', options: { views: 1, deviation: 0, mask: 0 } }),
    backbone: part('backbone', { name: 'autoencoder', options: { widths: [256, 128], code: 10 } }),
    normalize: z.boolean().default(false).describe('codes of length 1: keeps the scale where nothing is reconstructed'),
    epsilon: z.number().positive().default(0.1).describe('entropy of the plan, in squared distances of k-means'),
    sizes: z
      .union([z.enum(['uniform', 'estimated', 'none']), z.array(z.number().positive())])
      .default('uniform')
      .describe('cluster sizes: equal, those of k-means, none (soft k-means), or given in any order'),
    solver: z
      .enum(['auto', 'host', 'device'])
      .default('auto')
      .describe('where plans are solved for: assigner balanced'),
    deviceRounds: z.int().positive().default(50).describe('rounds of a plan that is solved on the device'),
    transport: z.number().nonnegative().default(0.1).describe('weight of the transport cost'),
    reconstruction: z.number().nonnegative().default(1).describe('weight of the reconstruction'),
    pretrain: z.int().nonnegative().default(1000).describe('steps of reconstruction alone before the centroids start'),
  }),
  create({ k, epsilon, sizes, pretrain, normalize, solver, deviceRounds, ...options }, context): Pipeline {
    if (Array.isArray(sizes) && sizes.length !== k) throw new OptionError('sizes', sizes, `${k} sizes, one per cluster`)
    const { create, createLoss } = assembler(context)
    const views = create('augmentation', options.views)
    const encoder = create('backbone', options.backbone)
    const decoder = isAutoencoder(encoder) ? encoder.decoder : undefined
    const clustering = createLoss<TransportClusteringInputs>({ name: 'transport-clustering', options: { epsilon } })
    let masses: readonly number[] | undefined
    const planOf = () => plan(epsilon, { free: sizes === 'none', solver, deviceRounds, sizes: masses })
    let assign = create('assigner', planOf())
    /** Rows of the data set, once they are known. */
    let rows = 0

    const centroids = filled([k, ...encoder.outputShape], 0)
    // Mean squared distance to the first centroids: ε and the transport cost are told in it, so that they fit any data.
    const unit = filled([], 1, false)
    // Mean squared deviation of the data from their mean: the unit of the reconstruction, for the same reason.
    const spread = filled([], 1, false)

    const useMasses = (given: readonly number[] | undefined) => {
      masses = given
      assign.dispose?.()
      assign = create('assigner', planOf())
      if (rows > 0) assign.prepare?.({ rows, columns: k })
    }
    const embed = (x: tf.Tensor, training = false) => {
      const code = encoder.apply(x, { training }) as tf.Tensor2D
      return normalize ? normalizeRows(code) : code
    }
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
      compilable: true,
      async prepare(dataset, random, { signal, resumed, onPhase, onPlainSteps } = {}) {
        await views.prepare?.(dataset, { signal })
        rows = dataset.size
        assign.prepare?.({ rows, columns: k })
        // All else goes into weights and state.
        if (resumed) return
        const deviation = await meanSquaredDeviation(dataset, signal)
        tf.tidy(() => void spread.assign(tf.scalar(deviation)))
        if (decoder && pretrain > 0) {
          const reconstruct: Pipeline['step'] = ([x]) => ({ loss: restore(x, embed(x, true)), logs: {} })
          const batchSize = Math.min(256, dataset.size)
          const epochs = Math.ceil(pretrain / batchCount(dataset.size, { batchSize, dropLast: true }))
          const settings = { epochs, batchSize, optimizer: adam(), learningRate: { value: () => 1e-3 }, signal }
          const rehearsal = { ...pipeline, prepare: undefined, inputs: undefined, step: reconstruct }
          const phase = 'reconstruction'
          const told: Callback = {
            onEpochEnd: ({ progress }) => onPhase?.({ phase, done: progress.epoch + 1, total: epochs }),
            onPlainSteps: ({ reason }) => onPlainSteps?.({ reason, phase }),
          }
          onPhase?.({ phase, done: 0, total: epochs })
          await train(rehearsal, dataset, { ...settings, random, callbacks: [told] })
        }
        onPhase?.({ phase: 'k-means of the codes' })
        const { embedding, width } = await infer(pipeline, dataset, { signal })
        const points = matrix(finiteCodes(embedding, width), dataset.size, width)
        const { guide } = dataset
        const seeding = guide && { seeding: meansOf(points, guide.before, k) }
        const fit = await interruptibleKMeans(points, { k, random, ...seeding }, signal)
        const start = await startOf(fit, points, sizes, random, signal)
        tf.tidy(() => {
          centroids.assign(tf.tensor2d(Float32Array.from(start.centroids.values), [k, width]))
          unit.assign(tf.scalar(unitOf(fit, points)))
        })
        useMasses(start.sizes)
      },
      beside: (rows, random) => views.beside?.(rows, random) ?? null,
      views: (batch, random) => views.apply(batch, random),
      get resident() {
        return views.resident
      },
      inputs: (context) => assign.inputs?.(context) ?? {},
      step([x], { given, inputs }) {
        const code = embed(x, true)
        const costs = distances(code)
        const targets = targetsWithGiven(costs.neg(), certain * epsilon, given, (scores) =>
          assign.assign(scores, { inputs }),
        )
        const { transport, entropy } = clustering.elements({ costs, plan: targets })
        const logs = {
          transport: meanWithGiven({ transport }, given),
          entropy: mean({ entropy }),
          reconstruction: restore(x, code),
        }
        const weighted = logs.transport.mul<tf.Scalar>(options.transport)
        return { loss: weighted.add(logs.reconstruction.mul(options.reconstruction)), logs }
      },
      infer: (x) =>
        tf.tidy(() => {
          const embedding = embed(x)
          return { embedding, labels: distances(embedding).argMin<tf.Tensor1D>(1) }
        }),
      epochLogs: () => assign.epochLogs?.() ?? {},
      state: () => ({ ...assign.state?.(), masses: tf.tensor1d([...(masses ?? [])]) }),
      restore(state) {
        const kept = Array.from(state.masses.dataSync())
        useMasses(kept.length > 0 ? kept : undefined)
        assign.restore?.(state)
      },
      dispose() {
        assign.dispose?.()
        tf.dispose(network.variables)
      },
    }
    return pipeline
  },
})

/** The assigner for clusters of these masses: equal ones if none are given. */
function plan(
  epsilon: number,
  {
    free,
    sizes,
    ...where
  }: { free: boolean; solver: string; deviceRounds: number; sizes: readonly number[] | undefined },
): PluginReference {
  if (free) return { name: 'soft', options: { temperature: epsilon } }
  return { name: 'balanced', options: { epsilon, tolerance: 1e-5, ...where, ...(sizes && { sizes: [...sizes] }) } }
}

/** Means of rows by their clusters as they were, in these numbers; a cluster without rows begins at the first row. */
function meansOf({ values, rows, columns }: Matrix, before: Int32Array, k: number): Matrix {
  const means = new Float64Array(k * columns)
  const { sizes } = clusterSizes(
    before.filter((cluster) => cluster >= 0),
    { k },
  )
  for (let row = 0; row < rows; row++)
    for (let c = 0; before[row] >= 0 && c < columns; c++)
      means[before[row] * columns + c] += values[row * columns + c] / sizes[before[row]]
  for (const [cluster, size] of sizes.entries())
    if (size === 0) means.set(values.subarray(0, columns), cluster * columns)
  return matrix(means, k, columns)
}

/** Of the total spread: clusters tighter than this are taken for points. */
const tightest = 1e-3

/**
 * Mean squared distance to the first centroids. Where every row is a centroid, or nearly, a share of the rows' spread: of
 * rows that are all alike, 1.
 */
function unitOf({ inertia }: KMeansFit, { values, rows, columns }: Matrix): number {
  const means = new Float64Array(columns)
  values.forEach((value: number, at: number) => {
    means[at % columns] += value / rows
  })
  let spread = 0
  values.forEach((value: number, at: number) => {
    spread += (value - means[at % columns]) ** 2
  })
  return Math.max(inertia, tightest * spread) / rows || 1
}

/** First centroids, and the size of each cluster where they are not all equal. */
async function startOf(
  fit: KMeansFit,
  points: Matrix,
  sizes: string | readonly number[],
  random: Random,
  signal?: AbortSignal,
) {
  if (typeof sizes !== 'string') return matchSizes(points, fit, sizes, random.split('sizes'), signal)
  const found = sizes === 'estimated' ? [...clusterSizes(fit.labels, { k: fit.centroids.rows }).sizes] : undefined
  return { centroids: fit.centroids, sizes: found }
}
