import { createRandom, type Dataset, DcError, type InferredRows, type Pipeline, pluginReference } from '@dc/core'
import { infer } from '@dc/trainer'
import type { RuleFit } from '../labels/label-rule'
import { findLabelRule } from '../labels/label-rules'
import type { Method } from '../recipes/recipe'
import { trainingOf } from './train-method'

/** What a trained pipeline says of rows, and the labels that its rule makes of it. */
export interface LabelledRows extends RuleFit {
  readonly inference: InferredRows
}

/**
 * Labels all rows by a trained pipeline and the method's label rule.
 *
 * @throws DcError if the network gives what is no number; InterruptedError once the signal is aborted
 */
export async function labelTrained(
  pipeline: Pipeline,
  dataset: Dataset,
  { method, k, seed, signal }: { method: Method; k: number; seed: number; signal?: AbortSignal },
): Promise<LabelledRows> {
  const inference = await infer(pipeline, dataset, { signal })
  requireFinite(inference, method, seed)
  const random = createRandom(seed).split('labels')
  const { labels, state } = await findLabelRule(method.labels).fit({ inference, dataset, k, random, signal })
  return { inference, labels, state }
}

/** @throws DcError if the last update made the network give what is no number */
function requireFinite({ embedding, width }: InferredRows, method: Method, seed: number): void {
  const bad = embedding.findIndex((value) => !Number.isFinite(value))
  if (bad < 0) return
  const row = Math.floor(bad / width)
  const { name } = pluginReference(trainingOf(method).learningRate)
  throw new DcError(
    `seed ${seed}: the trained network gives ${embedding[bad]} for row ${row}, so the training diverged. A lower learning rate (--lr; the schedule is ${name}) or values of the data on a smaller scale (standardised) may help.`,
    { seed, row },
  )
}
