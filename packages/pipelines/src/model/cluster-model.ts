import {
  type ClassicalPipeline,
  createRandom,
  type Dataset,
  type InferredRows,
  OptionError,
  type Pipeline,
  type Registry,
} from '@dc/core'
import type { Matrix } from '@dc/spectral'
import { infer, inferBatches, restoreVariables } from '@dc/trainer'
import { findsClusters, withClusters } from '../found-clusters'
import { inNode } from '../in-node'
import { findLabelRule } from '../labels/label-rules'
import type { ReadLike } from '../read-path'
import type { Method } from '../recipes/recipe'
import { type AnyRows, datasetOf } from '../rows'
import { alignedRows } from './aligned-rows'
import type { ModelData, ModelFacts } from './model-data'
import { encodeModel } from './model-file'

/** A fitted method: it labels new rows. Nothing about it changes, and it holds no tensors. */
export interface ClusterModel {
  /** Name of the pipeline, such as `sp2ot`. */
  readonly method: string
  /** Number of clusters. */
  readonly k: number
  /** Names of the clusters that a person has given, null where there is none; left out where clusters were never named. `[k]` */
  readonly clusterNames?: readonly (string | null)[]
  /** Everything that it was fitted with. */
  readonly recipe: Method
  /** What the model's file says of itself: input, class names, versions. */
  readonly facts: ModelFacts
  /**
   * The cluster of each row, 0 … k−1. Of the rows that it was fitted to these are exactly the labels of the fit. Rows of a data set
   * are read a block at a time, and where they are placed is not held.
   *
   * @param rows of the shape that it was fitted to, in any form
   * @throws ShapeError for rows of another shape; InterruptedError once the signal is aborted
   */
  predict(rows: AnyRows, options?: { signal?: AbortSignal }): Promise<Int32Array>
  /** Where the method places each row, `[n, width]`. @throws as `predict` */
  embed(rows: AnyRows, options?: { signal?: AbortSignal }): Promise<Matrix>
  /** Labels and places in one pass. @throws as `predict` */
  infer(rows: AnyRows, options?: { signal?: AbortSignal }): Promise<{ labels: Int32Array; embedding: Matrix }>
  /** The model as one safetensors file, for `load`. */
  toBytes(): Promise<Uint8Array>
  /** Writes that file. Only in Node. @throws DataError if it cannot be written */
  save(path: string): Promise<void>
}

/** @param registry has the model's pipeline and its parts */
export function clusterModel(data: ModelData, registry: Registry): ClusterModel {
  const { facts } = data
  const read = async (rows: AnyRows, { signal }: Sitting) => {
    const like = facts.about.data as ReadLike | undefined
    const given = await datasetOf(rows, 'rows', like, { encoders: registry, ...(signal && { signal }) })
    return alignedRows(given, data)
  }
  const reported = (own: Int32Array) => {
    const of = facts.clusters?.of
    return of ? own.map((label) => of[label]) : own
  }
  const inferRows = async (rows: AnyRows, sitting: Sitting = {}) => {
    const dataset = await read(rows, sitting)
    const found = await restored(data, registry, (method) => inferred(method, data, dataset, sitting))
    const { labels, embedding, width } = found
    return { labels: reported(labels), embedding: { values: embedding, rows: labels.length, columns: width } }
  }
  const predict = async (rows: AnyRows, sitting: Sitting = {}) => {
    const dataset = await read(rows, sitting)
    return reported(await restored(data, registry, (method) => labelled(method, data, dataset, sitting)))
  }
  return Object.freeze({
    method: facts.method.pipeline,
    k: facts.k,
    ...(facts.clusters?.names.some((name) => name !== null) && { clusterNames: facts.clusters.names }),
    recipe: facts.method,
    facts,
    infer: inferRows,
    predict,
    embed: async (rows, options) => (await inferRows(rows, options)).embedding,
    toBytes: () => encodeModel(data),
    async save(path) {
      if (typeof path !== 'string' || path === '') throw new OptionError('path', path, 'the name of a file')
      const { writeWhole } = await inNode<typeof import('@dc/core/cache')>('@dc/core/cache', 'Writing a file')
      const bytes = await encodeModel(data)
      await writeWhole(path, (file) => file.writeFile(bytes))
    },
  } satisfies ClusterModel)
}

interface Sitting {
  readonly signal?: AbortSignal
}

/** Makes the method as it was when it was fitted, for as long as it is used. */
async function restored<T>(
  { facts, weights, state }: ModelData,
  registry: Registry,
  use: (method: ClassicalPipeline | Pipeline) => Promise<T>,
): Promise<T> {
  const { pipeline: name, options } = facts.method
  const made = registry.make(
    'pipeline',
    name,
    // One that finds clusters has found them.
    withClusters(options, findsClusters(name, registry) ? null : facts.trainedK),
    { inputShape: facts.input.shape, random: createRandom(facts.seed) },
  ) as ClassicalPipeline | Pipeline
  if ('fit' in made) {
    made.restore(state)
    return use(made)
  }
  try {
    restoreVariables(made.model.variables, weights)
    return await use(made)
  } finally {
    made.dispose?.()
  }
}

async function inferred(
  method: ClassicalPipeline | Pipeline,
  { facts, rule }: ModelData,
  dataset: Dataset,
  sitting: Sitting,
): Promise<InferredRows> {
  if ('fit' in method) return method.predict(dataset, sitting)
  const inference = await infer(method, dataset, sitting)
  return { ...inference, labels: await findLabelRule(facts.method.labels).predict(inference, rule) }
}

/** Labels alone. */
async function labelled(
  method: ClassicalPipeline | Pipeline,
  { facts, rule }: ModelData,
  dataset: Dataset,
  sitting: Sitting,
): Promise<Int32Array> {
  if ('fit' in method) return (await method.predict(dataset, { ...sitting, embedding: false })).labels
  const labels = new Int32Array(dataset.size)
  const { predict } = findLabelRule(facts.method.labels)
  for await (const { start, ...inference } of inferBatches(method, dataset, sitting))
    labels.set(await predict(inference, rule), start)
  return labels
}
