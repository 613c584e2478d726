import { createRandom, type Dataset, OptionError, type Registry } from '@dc/core'
import { type Correcting, correcting, findsClusters, learnedPart } from '@dc/pipelines'
import type { RunFlags } from '../config/flags'
import { RunFolder } from '../run/folder'
import type { FirstConfig } from '../run/prepare'
import type { Rows } from '../run/settle-rows'
import { type CorrectedRun, correctedFile, noNumber, ofFile, planOf } from './corrected-run'

/** What a run that goes by corrections needs to know of them. */
export interface RunCorrections extends Correcting {
  readonly corrected: CorrectedRun
}

/**
 * Flags of a run that goes by corrections: the preset of the run before, and its backbone where a network is trained on.
 *
 * @throws OptionError for a number of clusters, or a queue, whose workers would not know of them
 */
export function correctedFlags(flags: RunFlags, pipeline: string, corrected: CorrectedRun): RunFlags {
  if (flags.k !== undefined) throw new OptionError('--k', flags.k, noNumber)
  if (flags.queue !== undefined) throw new OptionError('--queue', flags.queue, 'nothing with --corrections')
  const plan = planOf(corrected)
  const same = pipeline === corrected.method
  const trained = same && !plan.exact && RunFolder.open(corrected.run).hasCheckpoint()
  const { init: _, ...others } = flags
  return {
    ...others,
    ...(same && flags.preset === undefined && { preset: corrected.preset }),
    ...(trained && { init: corrected.run }),
    ...(plan.exact && flags.seed === undefined && flags.seeds === undefined && { seed: [corrected.seed] }),
  }
}

/** The configuration with the number of clusters that is fitted. */
export function correctedConfig(first: FirstConfig, corrected: CorrectedRun, registry: Registry): FirstConfig {
  const plan = planOf(corrected)
  const finds = plan.exact && findsClusters(first.config.pipeline, registry)
  return { ...first, config: { ...first.config, corrections: corrected.file, k: finds ? null : plan.fitted } }
}

/**
 * The rows with what was said of them.
 *
 * @throws DataError for corrections that cannot be, or of other data; OptionError for a method that goes by none
 */
export async function correctedRows(
  rows: Rows,
  corrected: CorrectedRun,
  { pipeline, seed, registry }: { pipeline: string; seed: number; registry: Registry },
): Promise<{ rows: Rows; corrections: RunCorrections }> {
  const { file, given, method, k, names } = corrected
  const before = { method, labels: Int32Array.from(corrected.labels), k, ...(names && { names }) }
  const random = createRandom(seed).split('corrections')
  try {
    const found = await correcting(given, before, rows.dataset, { method: pipeline, registry, random })
    const learned: Dataset = learnedPart(found.dataset)
    const training = learned === found.dataset ? rows.training : { dataset: learned, k: found.plan.fitted }
    return { rows: { ...rows, dataset: found.dataset, training }, corrections: { ...found, corrected } }
  } catch (error) {
    throw ofFile(file, error)
  }
}

/** What an earlier sitting of a run went by. */
export const keptCorrections = (folder: RunFolder): Promise<CorrectedRun> =>
  folder.readJson<CorrectedRun>(correctedFile)
