import { OptionError, type PluginReference, parseOptions, pluginReference, type Registry } from '@dc/core'
import { type Bound, bounds } from '../systems/bounds'
import { findPreset } from './presets'
import type { Method } from './recipe'
import type { Typed } from './typed'

/** Every row is seen twice, however many there are. */
const leastEpochs = 2

/** A configuration whose defaults fit the data, and what was changed, a line each. */
export interface Fitting<Config> {
  readonly config: Config
  readonly notes: readonly string[]
}

/**
 * Makes a training fit few rows: batches no larger than the data, and options of the pipeline's parts that the rows bound
 * ({@link bounds}). Only defaults are changed.
 *
 * @param size rows that are trained on, and whether they are a part of the data only; the number of clusters
 * @throws OptionError for a value that does not fit and was typed; it names what was typed
 */
export function fitRows<Config extends Method>(
  config: Config,
  { rows, k, part }: { readonly rows: number; readonly k: number; readonly part?: boolean },
  typed: Typed,
  registry: Registry,
): Fitting<Config> {
  const notes: string[] = []
  const fitted = structuredClone(config)
  const { training } = fitted
  if (training === null) return { config: fitted, notes }
  const asked = training.batchSize
  const recipe = findPreset(config.pipeline, config.preset).training?.batchSize ?? asked
  if (asked > rows) {
    const source = typed.source('training.batchSize')
    if (source !== null) throw new OptionError(source, asked, `at most ${rows}, the number of rows that are trained on`)
    notes.push(`batch ${asked} → ${rows}: ${part ? 'training has' : 'the data have'} ${rows} rows`)
    training.batchSize = rows
  }
  const { steps: wanted } = findPreset(config.pipeline, config.preset)
  if (wanted && typed.source('training.epochs') === null) {
    const steps = Math.max(1, Math.floor(rows / training.batchSize))
    const most = Math.max(leastEpochs, Math.ceil(wanted.most / steps))
    const epochs = Math.min(most, Math.max(training.epochs, Math.ceil(wanted.least / steps)))
    if (epochs > training.epochs) {
      notes.push(`epochs ${training.epochs} → ${epochs}: on ${rows} rows ${training.epochs} are too few steps`)
      training.epochs = epochs
    }
    if (epochs < training.epochs) {
      notes.push(
        `epochs ${training.epochs} → ${epochs}: on ${rows} rows these are ${epochs * steps} steps, which are enough`,
      )
      training.epochs = epochs
    }
  }
  const last = rows % training.batchSize
  const batch = training.dropLast || last === 0 ? training.batchSize : last
  if (batch < 2)
    throw new OptionError(
      'training.dropLast',
      training.dropLast,
      `true, or another batch size: the last batch of ${rows} rows by ${training.batchSize} has a single row`,
    )
  for (const bound of bounds.filter(({ pipelines }) => pipelines.includes(config.pipeline))) {
    const own = partOf(fitted, bound, k, registry)
    const value = own.options[bound.option]
    // Of a part without such an option, or where it is a word, nothing is known.
    if (typeof value !== 'number') continue
    const found = bound.of({ rows, batch, recipe, k }, own.options as Record<string, number>, own.pipeline)
    if (found === null) continue
    const { most = Number.POSITIVE_INFINITY, fitting, why } = found
    const source = typed.source(`options.${bound.part}.options.${bound.option}`)
    if (source !== null) {
      if (value > most) throw new OptionError(source, value, `at most ${most}: ${why}`)
    } else if (value > fitting) {
      notes.push(`${bound.called} ${value} → ${fitting}: ${why}`)
      fitted.options[bound.part] = { name: own.name, options: { ...own.given, [bound.option]: fitting } }
    }
  }
  return { config: fitted, notes }
}

/** A part of a pipeline with all of its options, those that were given, and all options of the pipeline. */
function partOf(config: Method, bound: Bound, k: number, registry: Registry) {
  const { pipeline: owner, options } = config
  const { options: schema } = registry.get('pipeline', owner)
  const pipeline = parseOptions(schema, { ...options, k }, `pipeline.${owner}`) as Record<string, unknown>
  const { name, options: given } = pluginReference(pipeline[bound.part] as PluginReference)
  const all = parseOptions(registry.get(bound.kind, name).options, given, `${bound.kind}.${name}`)
  return { name, given, options: all as Record<string, unknown>, pipeline }
}
