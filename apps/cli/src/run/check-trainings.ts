import {
  createRandom,
  DataError,
  type Dataset,
  DcError,
  type NamedVariables,
  type Pipeline,
  quoted,
  type Random,
  type Registry,
  tf,
} from '@dc/core'
import { backboneOf, startingMethod, systems, withClusters } from '@dc/pipelines'
import type { RunConfig } from '../config/run-config'
import type { RunFolder } from './folder'
import { startFrom } from './initial-weights'
import type { Rows } from './settle-rows'

/** Rows that a pipeline is tried on. */
const triedRows = 2

/**
 * Makes every pipeline that a run trains once, tries it on two rows, and throws it away. What of its options, its parts or
 * its first weights cannot be is then refused before any work is done.
 *
 * @param earlier the folder of the run that is gone on with
 * @returns how many numbers the embedding of a row has; undefined without a training
 * @throws OptionError, UnknownPluginError, ShapeError, DataError as the pipelines and their parts do
 */
export async function checkTrainings(
  config: RunConfig,
  { dataset: all, k: clusters, training }: Rows,
  registry: Registry,
  earlier?: RunFolder,
): Promise<number | undefined> {
  const { dataset, k } = training ?? { dataset: all, k: clusters }
  if (config.training === null || k === null) {
    registry.make('pipeline', config.pipeline, withClusters(config.options, k))
    return undefined
  }
  const tryOut = async (settings: RunConfig, more?: (pipeline: Pipeline) => void | Promise<void>) => {
    const random = createRandom(0).split('trial')
    const context = { inputShape: dataset.sampleShape, random: random.split('weights') }
    const pipeline = registry.make('pipeline', settings.pipeline, { ...settings.options, k }, context) as Pipeline
    try {
      await more?.(pipeline)
      return await tryRows(pipeline, dataset, random, isOurs(settings.pipeline))
    } finally {
      pipeline.dispose?.()
    }
  }
  const starting = config.init === null ? startingMethod(config, { rows: dataset.size, k }, registry) : null
  const start = starting && { ...config, ...starting.config }
  let first: Record<string, string> | undefined
  if (start)
    await tryOut(start, ({ model }) => {
      first = shapesOf(backboneOf(model.variables))
    })
  const width = await tryOut(config, async (pipeline) => {
    const own = shapesOf(backboneOf(pipeline.model.variables))
    if (start && JSON.stringify(first) !== JSON.stringify(own))
      throw new DataError(`start: the backbone of ${start.pipeline} has other weights than that of ${config.pipeline}.`)
    if (config.init !== null) for (const seed of config.seeds) await startFrom(config.init, seed, pipeline, earlier)
  })
  for (const [name, options] of Object.entries(config.unseen === null ? {} : config.beside))
    try {
      await tryOut({ ...config, options: { ...config.options, ...options } })
    } catch (error) {
      if (!DcError.isInstance(error)) throw error
      throw new DcError(`beside ${quoted(name)}: ${error.message}`, error.facts, error)
    }
  return width
}

/** Of our own pipelines it is known that the network that embeds rows is the one that sees their views. */
const isOurs = (name: string) => systems.some((pipeline) => pipeline.name === name)

/**
 * Views of some rows, and their embeddings and labels. Nothing is read, so that a backend that records computes nothing.
 *
 * @returns numbers of an embedding
 */
async function tryRows(pipeline: Pipeline, dataset: Dataset, random: Random, ours: boolean): Promise<number> {
  const { sampleShape, size, labels: classes } = dataset
  const rows = Int32Array.from({ length: Math.min(triedRows, size) }, (_, row) => row)
  const values = await dataset.read(rows)
  const labels = classes && rows.map((row) => classes[row])
  let width = 0
  tf.tidy(() => {
    const x = tf.tensor(values, [rows.length, ...sampleShape])
    const views = pipeline.views({ rows, values, sampleShape, ...(labels && { labels }) }, random.split('views'))
    for (const view of views) if (ours && view.rank === x.rank) pipeline.infer(view)
    width = pipeline.infer(x).embedding.size / rows.length
  })
  return width
}

function shapesOf(variables: NamedVariables): Record<string, string> {
  const shapes = Object.entries(variables).map(([name, { shape }]) => [name, shape.join()] as const)
  return Object.fromEntries(shapes.sort(([a], [b]) => (a < b ? -1 : 1)))
}
