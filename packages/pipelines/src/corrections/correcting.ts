import { type Dataset, type Guide, OptionError, type Random, type Registry } from '@dc/core'
import { shareNeighbours } from '../dataset-neighbours'
import { correctedOf, requireSame } from './corrected'
import { type CorrectionPlan, planCorrections } from './plan'
import { parseCorrections } from './schema'
import { steer } from './steer'

/** A clustering that is corrected. */
export interface Before {
  /** Name of the method. */
  readonly method: string
  /** The cluster of each row, 0 … k−1. */
  readonly labels: Int32Array
  readonly k: number
  readonly names?: readonly (string | null)[]
}

/** What a corrected fit goes by. */
export interface Correcting {
  readonly plan: CorrectionPlan
  readonly before: Before
  /** The rows with the guide. Of exact corrections, for which nothing is fitted, as they were. */
  readonly dataset: Dataset
  readonly guide: Guide
}

/**
 * Checks corrections of a clustering, and gives the rows the guide that methods go by.
 *
 * @param given corrections as they were written
 * @throws OptionError for corrections that cannot be, of other rows, or of a method that goes by none; InterruptedError
 */
export async function correcting(
  given: unknown,
  before: Before,
  dataset: Dataset,
  { method, registry, random, signal }: { method: string; registry: Registry; random: Random; signal?: AbortSignal },
): Promise<Correcting> {
  const corrections = parseCorrections(given)
  requireSame(corrections, await correctedOf(dataset, before.labels, before.k))
  const plan = planCorrections(corrections, before.names)
  if (plan.k < 2 && plan.fitted > plan.k)
    throw new OptionError('corrections.merges', `${plan.k} cluster`, 'merges that leave two clusters at least')
  if (plan.exact) {
    if (method !== before.method)
      throw new OptionError('method', method, `${before.method}, as before: merges and names need no other fit`)
    return { plan, before, dataset, guide: { before: before.labels, given: new Int32Array(dataset.size).fill(-1) } }
  }
  if (!registry.get('pipeline', method).traits?.takesCorrections)
    throw new OptionError(
      'method',
      method,
      `one that goes by splits, pairs, labels and noise: ${takers(registry).join(', ')}; merges and names alone every one takes`,
    )
  if (plan.fitted > dataset.size - corrections.noise.length)
    throw new OptionError('corrections.splits', `${plan.fitted} clusters`, 'no more clusters than rows')
  const guide = await steer(plan, before.labels, dataset, random, signal)
  const guided = { ...dataset, guide }
  shareNeighbours(dataset, guided)
  return { plan, before, dataset: guided, guide }
}

const takers = (registry: Registry): string[] =>
  registry
    .list({ kind: 'pipeline' })
    .flatMap(({ name }) => (registry.get('pipeline', name).traits?.takesCorrections ? [name] : []))
