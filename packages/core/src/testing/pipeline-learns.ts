import type { ClassicalPipeline, Dataset, Pipeline } from '../kinds'
import { createRandom, type Random } from '../random'
import { tf } from '../tf'
import { check, checkFinite, type TestApi } from './check'

/** What a pipeline is made with. */
export interface LearningContext {
  /** Clusters to find: 3. */
  readonly k: number
  readonly inputShape: readonly number[]
  readonly random: Random
}

/** How long it is trained, and how well it must do. Methods without steps need none of it but `accuracy`. */
export interface LearningOptions {
  /** Default 150. */
  readonly steps?: number
  /** Rows of a step, of 90. Default 30. */
  readonly batchSize?: number
  /** Of Adam. Default 0.01. */
  readonly learningRate?: number
  /** Least share of rows in the right cluster. Default 0.9. */
  readonly accuracy?: number
}

const [n, d, k] = [90, 8, 3]

/**
 * That a pipeline learns at all: trained on three far groups of points, it puts them into three clusters. For pipelines that
 * take rows of numbers, with training steps or without, supervised or not.
 *
 * @param make a pipeline for `k` clusters; its context has the shape of the rows and a seeded stream
 * @example
 * testPipelineLearns({ describe, it }, 'bootsc', ({ k, ...context }) => registry.make('pipeline', 'bootsc', { k }, context))
 */
export function testPipelineLearns(
  api: TestApi,
  name: string,
  make: (context: LearningContext) => Pipeline | ClassicalPipeline,
  { accuracy = 0.9, ...options }: LearningOptions = {},
): void {
  api.describe(`pipeline ${name}`, () => {
    api.it('learns three blobs', async () => {
      const dataset = blobs()
      const random = createRandom(1)
      const pipeline = make({ k, inputShape: [d], random: random.split('weights') })
      const labels =
        'fit' in pipeline
          ? (await pipeline.fit(dataset, random.split('fit'))).labels
          : await learnt(pipeline, dataset, random, options)
      check(labels.length === n, `${labels.length} labels for ${n} rows`)
      const found = shareInPlace(labels, dataset.labels!)
      check(
        found >= accuracy,
        `${Math.round(found * 100)} % of the rows are in the right cluster, expected ${accuracy * 100} %`,
      )
    })
  })
}

/** Three groups of points, row after row in turn. */
function blobs(): Required<Pick<Dataset, 'labels'>> & Dataset {
  const random = createRandom(0)
  const centres = Array.from({ length: k }, () => random.normals(d, 0, 3))
  const values = Float32Array.from({ length: n * d }, (_, at) => {
    return centres[Math.floor(at / d) % k][at % d] + 0.4 * random.normal()
  })
  return {
    name: 'three blobs',
    size: n,
    sampleShape: [d],
    labels: Int32Array.from({ length: n }, (_, row) => row % k),
    read: async (rows) => {
      const read = new Float32Array(rows.length * d)
      Array.from(rows).forEach((row, at) => {
        read.set(values.subarray(row * d, (row + 1) * d), at * d)
      })
      return read
    },
  }
}

async function learnt(
  pipeline: Pipeline,
  dataset: Dataset,
  random: Random,
  { steps = 150, batchSize = 30, learningRate = 0.01 }: LearningOptions,
): Promise<ArrayLike<number>> {
  await pipeline.prepare?.(dataset, random.split('prepare'))
  const weights = Object.fromEntries(Object.entries(pipeline.model.variables).filter(([, { trainable }]) => trainable))
  const optimizer = tf.train.adam(learningRate)
  const perEpoch = Math.floor(n / batchSize)
  const epochs = Math.ceil(steps / perEpoch)
  let order = new Int32Array(0)
  for (let step = 0; step < steps; step++) {
    const at = step % perEpoch
    if (at === 0) order = Int32Array.from(random.permutation(n))
    const rows = order.slice(at * batchSize, (at + 1) * batchSize)
    const batch = {
      rows,
      values: await dataset.read(rows),
      sampleShape: dataset.sampleShape,
      labels: Int32Array.from(rows, (row) => dataset.labels![row]),
    }
    const views = pipeline.views(batch, random)
    const labels = tf.tensor1d(batch.labels, 'int32')
    const context = { progress: { step, steps, epoch: Math.floor(step / perEpoch), epochs }, rows, labels }
    pipeline.model.constrain?.()
    const loss = tf.tidy(() => {
      const own = pipeline.gradients?.(views, context, weights)
      const { value, grads } = own
        ? {
            value: own.loss,
            grads: Object.fromEntries(Object.keys(weights).map((key) => [weights[key].name, own.gradients[key]])),
          }
        : tf.variableGrads(() => pipeline.step(views, context).loss, Object.values(weights))
      optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })))
      return value
    })
    checkFinite(await loss.data(), `loss of step ${step}`)
    tf.dispose([loss, labels, ...views])
  }
  optimizer.dispose()
  const x = tf.tensor(await dataset.read(Int32Array.from({ length: n }, (_, row) => row)), [n, d])
  const { embedding, labels } = pipeline.infer(x)
  const found = await labels.data()
  tf.dispose([x, embedding, labels])
  pipeline.dispose?.()
  return found
}

/** The share of rows that are where their group is, with the clusters matched to the groups as well as can be. */
function shareInPlace(labels: ArrayLike<number>, groups: ArrayLike<number>): number {
  const clusters = [...new Set(Array.from(labels))]
  const count = (cluster: number, group: number) =>
    Array.from(labels).filter((label, row) => label === cluster && groups[row] === group).length
  /** The best match of the groups from this one on with the clusters that are left. */
  const best = (group: number, left: readonly number[]): number =>
    group === k
      ? 0
      : Math.max(
          best(group + 1, left),
          ...left.map(
            (cluster) =>
              count(cluster, group) +
              best(
                group + 1,
                left.filter((other) => other !== cluster),
              ),
          ),
        )
  return best(0, clusters.slice(0, 12)) / labels.length
}
