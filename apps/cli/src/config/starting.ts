import { findPreset } from './resolve'
import type { RunConfig } from './run-config'

const fewestEpochs = 10

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
  const perEpoch = Math.floor(rows / training.batchSize)
  if (perEpoch === 0) return null
  const epochs = Math.max(fewestEpochs, Math.ceil(steps / perEpoch))
  const own = Object.entries(config.options).filter(([option]) => option === 'views' || option === 'backbone')
  return {
    ...config,
    pipeline,
    preset: name,
    start: null,
    training: { ...training, epochs } as RunConfig['training'],
    options: { ...options, ...Object.fromEntries(own) },
    labels: 'prototypes',
  }
}
