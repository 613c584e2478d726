import { DataError, type Dataset, OptionError, printable, type Registry } from '@dc/core'
import { classesOf, finders, findsClusters, knownRows, optionNames, throughEncoder } from '@dc/pipelines'
import type { RunConfig } from '../config/run-config'
import type { Output } from '../terminal/output'
import { phaseProgress } from '../terminal/progress'
import { keepUnseen, type Training } from './unseen'

/** The rows of a run. */
export interface Rows {
  /** The rows that are clustered and scored. */
  readonly dataset: Dataset
  /** Null where the method finds it. */
  readonly k: number | null
  /** The rows that are trained on, if they are others or their classes are numbered otherwise. */
  readonly training?: Training
  /** Notices for the user, a sentence each. */
  readonly notes: readonly string[]
}

/** The data of a configuration, and what sees them first. */
export type DataToRead = Pick<RunConfig, 'data' | 'encoder'>

/**
 * Reads the data that a configuration names, through its encoder if it has one.
 *
 * @param stderr is told how far the decoding of pictures has come, and the describing of rows
 * @param kept whether features are kept in the user's cache folder
 * @throws DataError if that fails; OptionError for rows that an encoder must describe, without one
 */
export async function readData(
  { data, encoder }: DataToRead,
  registry: Registry,
  stderr?: Output,
  kept = true,
): Promise<Dataset> {
  const progress = stderr && phaseProgress(stderr)
  const context = progress && { onPhase: progress.update }
  const read = async (form: object) =>
    registry.make('dataset', data.name, { ...form, ...data.options }, context) as Promise<Dataset>
  try {
    if (encoder)
      return await throughEncoder(read, optionNames(registry, data.name), encoder, registry, { ...context, kept })
    const dataset = await read({})
    if (dataset.texts) throw new OptionError('--encoder', 'pixels', 'one that describes texts, for the rows are texts')
    return dataset
  } finally {
    progress?.end()
  }
}

/**
 * The rows that are clustered, the rows that are trained on if they are others, and k.
 *
 * @param whole as {@link readData} gave it
 * @throws OptionError if k is missing and the method does not find it, or more than there are rows; DataError if a supervised pipeline has no two classes
 */
export function settleRows(config: RunConfig, whole: Dataset, registry: Registry): Rows {
  const supervised = registry.get('pipeline', config.pipeline).traits?.supervised === true
  const known = classesOf(whole).length
  if (supervised && known < 2)
    throw new DataError(
      `${config.pipeline} is supervised and needs rows of two classes at least; '${printable(whole.name)}' has ${labelsOf(whole)}.`,
      { classes: known },
    )
  const split = config.unseen === null ? undefined : keepUnseen(whole, config.unseen)
  const dataset = split?.unseen ?? whole
  const finds = findsClusters(config.pipeline, registry)
  const k = config.k ?? (finds ? null : classesOf(dataset).length)
  if (config.k === null && k !== null && k < 2)
    throw new OptionError(
      '--k',
      undefined,
      `a number of clusters; '${printable(dataset.name)}' has ${labelsOf(dataset)}. Or dclust cluster, which counts clusters; or a method that finds them: ${finders(registry).join(', ')}`,
    )
  if (k !== null && k > dataset.size)
    throw new OptionError('--k', k, `at most ${dataset.size}, the number of rows of '${printable(dataset.name)}'`)
  const training = split?.training ?? (supervised ? knownRows(whole) : undefined)
  return { dataset, k, training, notes: unknownRows(whole, supervised, split !== undefined) }
}

/** The labels that the data have, for a message that asks for k. */
function labelsOf(dataset: Dataset): string {
  if (!dataset.labels) return 'no labels to count'
  const classes = classesOf(dataset).length
  return classes === 0
    ? 'labels, but all of them are unknown'
    : `labels of ${classes === 1 ? 'a single class' : `${classes} classes`}`
}

function unknownRows({ labels }: Dataset, supervised: boolean, split: boolean): string[] {
  const unknown = labels?.reduce((count, label) => count + (label < 0 ? 1 : 0), 0) ?? 0
  if (unknown === 0) return []
  const rows = unknown === 1 ? '1 row has no known label' : `${unknown} rows have no known label`
  if (split) return [`${rows}: ${unknown === 1 ? 'it is' : 'they are'} left out`]
  return [`${rows}: ${supervised ? 'not trained on, clustered and not scored' : 'clustered and not scored'}`]
}
