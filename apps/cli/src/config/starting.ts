import { findPreset } from './resolve'
import type { RunConfig } from './run-config'

const fewestEpochs = 10

/** Whole epochs of at least so many steps, and no fewer than ten; 0 if the rows are fewer than one batch. */
export function startingEpochs(steps: number, rows: number, batchSize: number): number {
  const perEpoch = Math.floor(rows / batchSize)
  return perEpoch === 0 ? 0 : Math.max(fewestEpochs, Math.ceil(steps / perEpoch))
}

/**
 * The training whose backbone a run starts from, as a configuration of its own: the other pipeline's preset with this
 * run's views and backbone, so that what it learns fits.
 *
 * @param rows of the data set
 * @returns null if the run starts from random weights, or if the rows are fewer than one batch of that training
 * @throws UnknownPluginError if there is no such preset
 */
export function startingConfig(config: RunConfig, rows: number): RunConfig | null {
  if (config.start === null) return null
  const { pipeline, preset, steps } = config.start
  const { name, training, options } = findPreset(pipeline, preset)
  const epochs = startingEpochs(steps, rows, training.batchSize)
  if (epochs === 0) return null
  const { views, backbone } = config.options
  const own = { ...(views !== undefined && { views: anyNumber(views) }), ...(backbone !== undefined && { backbone }) }
  return {
    ...config,
    pipeline,
    preset: name,
    start: null,
    training: { ...training, epochs } as RunConfig['training'],
    options: { ...options, ...own },
    labels: 'prototypes',
  }
}

/** Views as a pipeline asks for them, but as many as their default: the other training may need two where this one takes one. */
function anyNumber(views: unknown): unknown {
  if (typeof views !== 'object' || views === null) return views
  const { options, ...rest } = views as { options?: Record<string, unknown> }
  const { views: _, ...others } = options ?? {}
  return { ...rest, options: others }
}
