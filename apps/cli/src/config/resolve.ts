import {
  DcError,
  OptionError,
  type PluginKind,
  type PluginReference,
  parseOptions,
  pluginReference,
  type Registry,
} from '@dc/core'
import { parseData } from '@dc/data'
import {
  checkPipeline,
  defaultPreset,
  encoderReference,
  findLabelRule,
  findPreset,
  type RowKind,
  recipeOf,
  rowKind,
  startBy,
} from '@dc/pipelines'
import { mergeConfig } from './config-file'
import { type Choices, presetOf, type RunFlags } from './flags'
import { configOf, parseConfig, type RunConfig, runConfigSchema } from './run-config'
import { applySettings } from './set-path'

/**
 * The configuration of a new run: the preset, changed by the file, the environment, `--set` and flags.
 *
 * @param rows what the data's rows are, where that is known: it decides which preset is the default
 * @throws UnknownPluginError, OptionError for names and values that do not exist or fit
 */
export function resolveConfig(pipeline: string, flags: RunFlags, registry: Registry, rows?: RowKind): RunConfig {
  registry.get('pipeline', pipeline)
  const recipe = recipeOf(pipeline, presetOf(flags) ?? defaultPreset(pipeline, rows), registry)
  return checkNames(changeConfig(configOf(recipe), flags, registry), registry)
}

/** A configuration changed by what was said: flags go before `--set`, then come the environment and the file. */
export function changeConfig(config: unknown, flags: RunFlags, registry: Registry): RunConfig {
  const { environment, file } = flags
  let changed = parseConfig(file ? mergeConfig(config, file.content) : config)
  if (environment) changed = changeBy(changed, environment, registry)
  // Before `--set`, which may say more of what the flags name; and after it, for flags win.
  const named = {
    ...changed,
    data: changeData(changed.data, flags, registry),
    ...changeStart(changed, flags, registry),
  }
  return parseConfig(changeBy(parseConfig(applySettings(named, flags.set)), flags, registry))
}

/** @throws OptionError for what only a training can follow */
function refuseTraining(pipeline: string, { epochs, batchSize, lr, init, start }: Choices): void {
  const choices = { '--epochs': epochs, '--batch-size': batchSize, '--lr': lr, '--init': init, '--start': start }
  for (const [flag, value] of Object.entries(choices))
    if (value !== undefined) throw new OptionError(flag, value, `nothing: ${pipeline} has no training steps`)
}

function changeBy(config: RunConfig, choices: Choices, registry: Registry): RunConfig {
  const { training } = config
  const { k, epochs, batchSize, lr, init, start, seed, seeds } = choices
  if (seed !== undefined && seeds !== undefined)
    throw new DcError('--seed and --seeds both say which seeds to run; give one of them.')
  if (init !== undefined && start !== undefined)
    throw new DcError('--init and --start both say what the training starts from; give one of them.')
  if (training === null) refuseTraining(config.pipeline, choices)
  return {
    ...config,
    data: changeData(config.data, choices, registry),
    ...(choices.encoder !== undefined && {
      encoder: encoderReference(choices.encoder, registry, '--encoder') as RunConfig['encoder'],
    }),
    ...(k !== undefined && { k }),
    training: training && {
      ...training,
      ...(epochs !== undefined && { epochs }),
      ...(batchSize !== undefined && { batchSize }),
      ...(lr !== undefined && { learningRate: withRate(training.learningRate, lr) }),
    },
    ...(init !== undefined && { init, start: null }),
    ...changeStart(config, choices, registry),
    ...(seed !== undefined && { seeds: seed }),
    ...(seeds !== undefined && { seeds: Array.from({ length: seeds }, (_, each) => each) }),
  }
}

/** A start by the same pipeline stays as it is. */
function changeStart(config: RunConfig, { start }: Choices, registry: Registry): Partial<RunConfig> {
  if (start === undefined) return {}
  registry.get('pipeline', start)
  return { init: null, start: config.start?.pipeline === start ? config.start : startBy(start) }
}

function changeData(data: RunConfig['data'], choices: Choices, registry: Registry): RunConfig['data'] {
  let changed = data
  const { text } = choices
  const ofTexts = (named: RunConfig['data']) => (text === undefined ? named : withTexts(named, text))
  if (choices.data !== undefined) changed = withOptions(ofTexts(parseData(choices.data, registry, '--data')), changed)
  else changed = ofTexts(changed)
  if (choices.labels !== undefined) changed = withLabels(changed, choices.labels)
  for (const option of ['id', 'ignore'] as const)
    if (choices[option] !== undefined) changed = withColumns(changed, option, choices[option], registry)
  if (choices.onBadImage !== undefined)
    changed = { ...changed, options: { ...changed.options, onBadImage: choices.onBadImage } }
  return changed
}

/** The data as the flags name them, or those that a run has by default, before a preset says how to read them. */
export function namedData(flags: RunFlags, registry: Registry): RunConfig['data'] {
  const { environment = {}, file } = flags
  const first = file?.content.data ?? { name: 'optdigits', options: {} }
  const data = changeData(changeData(first, environment, registry), flags, registry)
  const settings = flags.set.filter((setting) => /^data[.=]/.test(setting))
  const said = parseOptions(runConfigSchema.pick({ data: true }), applySettings({ data }, settings), 'config')
  return changeData(said.data, flags, registry)
}

/** What sees the rows first, as the flags say it. @throws OptionError for an encoder that there is not */
export function namedEncoder(flags: RunFlags, registry: Registry): RunConfig['encoder'] {
  const { environment = {}, file } = flags
  let encoder = file?.content.encoder ?? null
  for (const choices of [environment, flags])
    if (choices.encoder !== undefined)
      encoder = encoderReference(choices.encoder, registry, '--encoder') as RunConfig['encoder']
  if (flags.encoder !== undefined) return encoder
  const settings = flags.set.filter((setting) => /^encoder[.=]/.test(setting))
  return parseOptions(runConfigSchema.pick({ encoder: true }), applySettings({ encoder }, settings), 'config').encoder
}

/**
 * What the rows of the data are that the flags name, without reading them.
 *
 * @returns undefined if only reading them can tell
 * @throws OptionError for options that the data set does not take; DataError for files whose head cannot be read
 */
export async function describedRows(flags: RunFlags, registry: Registry): Promise<RowKind | undefined> {
  if (namedEncoder(flags, registry) !== null) return 'features'
  const { name, options } = namedData(flags, registry)
  const plugin = registry.get('dataset', name)
  const description = await plugin.describe?.(parseOptions(plugin.options, options, `dataset.${name}`))
  return description && rowKind(description)
}

/** Checks that everything that is called by name exists, before anything is loaded. */
export function checkNames(config: RunConfig, registry: Registry): RunConfig {
  registry.get('pipeline', config.pipeline)
  registry.get('dataset', config.data.name)
  if (config.encoder)
    parseOptions(registry.get('encoder', config.encoder.name).options, config.encoder.options, 'encoder')
  const { training } = config
  const classical = registry.get('pipeline', config.pipeline).traits?.classical === true
  if (classical !== (training === null))
    throw new OptionError(
      'training',
      training,
      classical
        ? `null: ${config.pipeline} has no training steps`
        : `settings of a training; ${config.pipeline} has one`,
    )
  const parts: [PluginKind, PluginReference][] = [
    ...(training
      ? ([
          ['optimizer', training.optimizer],
          ['schedule', training.learningRate],
          ...training.callbacks.map((callback) => ['callback', callback]),
        ] as [PluginKind, PluginReference][])
      : []),
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
const labelOptions: Readonly<Record<string, string>> = {
  csv: 'label',
  texts: 'label',
  parquet: 'label',
  shards: 'label',
  npy: 'labels',
  npz: 'labels',
}

/** A table whose texts are read, and not its numbers. */
function withTexts({ name, options }: RunConfig['data'], text: string): RunConfig['data'] {
  if (name !== 'csv' && name !== 'texts')
    throw new OptionError('--text', text, `a column of a CSV file; data '${name}' has no columns of texts`)
  return { name: 'texts', options: { ...options, text } }
}

/** Columns of a table that are no features. */
function withColumns(
  data: RunConfig['data'],
  option: 'id' | 'ignore',
  columns: string | string[],
  registry: Registry,
): RunConfig['data'] {
  const { shape } = registry.get('dataset', data.name).options as { shape?: object }
  if (!shape || !(option in shape))
    throw new OptionError(`--${option}`, columns, `a column of CSV or Parquet; data '${data.name}' takes none`)
  return { ...data, options: { ...data.options, [option]: columns } }
}

function withLabels(data: RunConfig['data'], labels: string): RunConfig['data'] {
  const option = labelOptions[data.name]
  if (option === undefined)
    throw new OptionError(
      '--labels',
      labels,
      `a column with csv:FILE, parquet:FILE or shards:FOLDER, an array with npz:FILE, a file with npy:FILE; data '${data.name}' brings its own labels`,
    )
  const isNumber = option === 'label' && /^-?\d{1,15}$/.test(labels)
  return { ...data, options: { ...data.options, [option]: isNumber ? Number(labels) : labels } }
}

/** A schedule that starts from another rate. */
function withRate(schedule: PluginReference, rate: number): { name: string; options: Record<string, unknown> } {
  const { name, options } = pluginReference(schedule)
  return { name, options: { ...options, [name === 'constant' ? 'value' : 'from']: rate } }
}
