import {
  DcError,
  OptionError,
  type PluginKind,
  type PluginReference,
  parseOptions,
  pluginReference,
  type Registry,
} from '@dc/core'
import { checkPipeline, defaultPreset, findLabelRule, findPreset, type RowKind, rowKind } from '@dc/pipelines'
import { parseData } from './data-reference'
import type { RunFlags } from './flags'
import { configOf, parseConfig, type RunConfig, runConfigSchema } from './run-config'
import { applySettings } from './set-path'

/**
 * The configuration of a new run: the preset, changed by flags, changed by `--set`.
 *
 * @param rows what the data's rows are, where that is known: it decides which preset is the default
 * @throws UnknownPluginError, OptionError for names and values that do not exist or fit
 */
export function resolveConfig(pipeline: string, flags: RunFlags, registry: Registry, rows?: RowKind): RunConfig {
  registry.get('pipeline', pipeline)
  const recipe = findPreset(pipeline, flags.preset ?? defaultPreset(pipeline, rows))
  return checkNames(changeConfig(configOf(recipe), flags, registry), registry)
}

/** A configuration changed by what the flags say. */
export function changeConfig(config: unknown, flags: RunFlags, registry: Registry): RunConfig {
  const changed = structuredClone(config) as Omit<RunConfig, 'training'> & {
    training: { epochs: number; batchSize: number; learningRate: PluginReference }
  }
  changed.data = changeData(changed.data, flags, registry)
  if (flags.k !== undefined) changed.k = flags.k
  if (flags.epochs !== undefined) changed.training.epochs = flags.epochs
  if (flags.batchSize !== undefined) changed.training.batchSize = flags.batchSize
  if (flags.lr !== undefined) changed.training.learningRate = withRate(changed.training.learningRate, flags.lr)
  if (flags.init !== undefined) {
    changed.init = flags.init
    changed.start = null
  }
  if (flags.seed !== undefined && flags.seeds !== undefined)
    throw new DcError('--seed and --seeds both say which seeds to run; give one of them.')
  if (flags.seed !== undefined) changed.seeds = flags.seed
  if (flags.seeds !== undefined) changed.seeds = Array.from({ length: flags.seeds }, (_, seed) => seed)
  return parseConfig(applySettings(changed, flags.set))
}

function changeData(data: RunConfig['data'], flags: RunFlags, registry: Registry): RunConfig['data'] {
  let changed = data
  if (flags.data !== undefined) changed = withOptions(parseData(flags.data, registry), changed)
  if (flags.labels !== undefined) changed = withLabels(changed, flags.labels)
  if (flags.onBadImage !== undefined)
    changed = { ...changed, options: { ...changed.options, onBadImage: flags.onBadImage } }
  return changed
}

/** The data as the flags name them, or those that a run has by default, before a preset says how to read them. */
function namedData(flags: RunFlags, registry: Registry): RunConfig['data'] {
  const data = changeData({ name: 'optdigits', options: {} }, flags, registry)
  const settings = flags.set.filter((setting) => /^data[.=]/.test(setting))
  return parseOptions(runConfigSchema.pick({ data: true }), applySettings({ data }, settings), 'config').data
}

/**
 * What the rows of the data are that the flags name, without reading them.
 *
 * @returns undefined if only reading them can tell
 * @throws OptionError for options that the data set does not take; DataError for files whose head cannot be read
 */
export async function describedRows(flags: RunFlags, registry: Registry): Promise<RowKind | undefined> {
  const { name, options } = namedData(flags, registry)
  const plugin = registry.get('dataset', name)
  const description = await plugin.describe?.(parseOptions(plugin.options, options, `dataset.${name}`))
  return description && rowKind(description)
}

/** Checks that everything that is called by name exists, before anything is loaded. */
export function checkNames(config: RunConfig, registry: Registry): RunConfig {
  registry.get('pipeline', config.pipeline)
  registry.get('dataset', config.data.name)
  const { optimizer, learningRate, callbacks } = config.training
  const parts: [PluginKind, PluginReference][] = [
    ['optimizer', optimizer],
    ['schedule', learningRate],
    ...callbacks.map((callback): [PluginKind, PluginReference] => ['callback', callback]),
    ...config.scores.map((score): [PluginKind, PluginReference] => ['metric', score]),
  ]
  for (const [kind, part] of parts) {
    const { name, options } = pluginReference(part)
    registry.make(kind, name, options)
  }
  if ('k' in config.options)
    throw new OptionError('options.k', config.options.k, 'not here; --k gives the number of clusters')
  findLabelRule(config.labels)
  if (config.start) findPreset(config.start.pipeline, config.start.preset)
  return config
}

/**
 * Checks the options of the trainings by their schemas.
 *
 * @throws UnknownPluginError, OptionError
 */
export function checkOptions({ pipeline, options, beside, k }: RunConfig, registry: Registry): void {
  // The least k stands for one that only the data tell.
  for (const more of [{}, ...Object.values(beside)])
    checkPipeline(pipeline, { ...options, ...more, k: k ?? 2 }, registry)
}

/** Data called by the name that a preset is for keep the preset's options. */
function withOptions(data: RunConfig['data'], preset: RunConfig['data']): RunConfig['data'] {
  return data.name === preset.name ? { ...data, options: { ...preset.options, ...data.options } } : data
}

/** The option that tells each reader where the true labels are: a column, a second file, another array. */
const labelOptions: Readonly<Record<string, string>> = { csv: 'label', parquet: 'label', npy: 'labels', npz: 'labels' }

function withLabels(data: RunConfig['data'], labels: string): RunConfig['data'] {
  const option = labelOptions[data.name]
  if (option === undefined)
    throw new OptionError(
      '--labels',
      labels,
      `a column with csv:FILE or parquet:FILE, an array with npz:FILE, a file with npy:FILE; data '${data.name}' brings its own labels`,
    )
  const isNumber = option === 'label' && /^-?\d{1,15}$/.test(labels)
  return { ...data, options: { ...data.options, [option]: isNumber ? Number(labels) : labels } }
}

/** A schedule that starts from another rate. */
function withRate(schedule: PluginReference, rate: number): { name: string; options: Record<string, unknown> } {
  const { name, options } = pluginReference(schedule)
  return { name, options: { ...options, [name === 'constant' ? 'value' : 'from']: rate } }
}
