import { OptionError } from '@dc/core'
import type { ModelData } from '../model/model-data'
import type { CorrectionPlan } from './plan'

/**
 * A model whose clusters are merged and named, and that is otherwise as it was.
 *
 * @throws OptionError if the plan asks for more
 */
export function keptModel(data: ModelData, { exact, final, names, k }: CorrectionPlan): ModelData {
  if (!exact) throw new OptionError('corrections', 'splits, pairs, labels or noise', 'merges and names alone')
  const before = data.facts.clusters?.of ?? Array.from(final.keys())
  const facts = { ...data.facts, k, clusters: { of: before.map((cluster) => final[cluster]), names: [...names] } }
  return { ...data, facts }
}
