import type { Registry } from '@dc/core'
import { type Fitted, fitRows } from './fit-rows'
import { findPreset } from './resolve'
import { parseConfig, type RunConfig } from './run-config'
import { nothingTyped } from './typed'

const fewestEpochs = 10

/** The least number of whole epochs that has this many steps, and at least ten. With few rows an epoch is one step. */
export function startingEpochs(steps: number, rows: number, batchSize: number): number {
  return Math.max(fewestEpochs, Math.ceil(steps / Math.max(1, Math.floor(rows / batchSize))))
}

/**
 * The training whose backbone a run starts from, as a configuration of its own: the other pipeline's preset, with this run's
 * views and backbone, so that its weights fit. Its defaults are fitted to few rows as those of a run are.
 *
 * @param size of the rows that are trained on, and the number of clusters
 * @returns null if the run starts from random weights
 * @throws UnknownPluginError if there is no such preset
 */
export function startingConfig(
  config: RunConfig,
  size: { readonly rows: number; readonly k: number },
  registry: Registry,
): Fitted<RunConfig> | null {
  if (config.start === null || config.init !== null) return null
  const { pipeline, preset, steps } = config.start
  const recipe = findPreset(pipeline, preset)
  const { training, options } = recipe
  const epochs = startingEpochs(steps, size.rows, training.batchSize)
  const { views, backbone } = config.options
  const own = { ...(views !== undefined && { views: anyNumber(views) }), ...(backbone !== undefined && { backbone }) }
  const starting = parseConfig({
    ...config,
    pipeline,
    preset: recipe.name,
    start: null,
    training: { ...training, epochs },
    options: { ...options, ...own },
    labels: 'prototypes',
  })
  return fitRows(starting, size, nothingTyped, registry)
}

/**
 * The given views, in the number that is the pipeline's default: the other training may need two views where this one takes
 * one.
 */
function anyNumber(views: unknown): unknown {
  if (typeof views !== 'object' || views === null) return views
  const { options, ...rest } = views as { options?: Record<string, unknown> }
  const { views: _, ...others } = options ?? {}
  return { ...rest, options: others }
}
