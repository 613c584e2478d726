import { createRandom, type Dataset, DcError, type InferredRows, type Pipeline, pluginReference } from '@dc/core'
import { subset } from '@dc/data/rows'
import { infer } from '@dc/trainer'
import { learnedRows } from '../corrections/finish'
import type { RuleFit } from '../labels/label-rule'
import { findLabelRule } from '../labels/label-rules'
import type { Method } from '../recipes/recipe'
import { trainingOf } from './train-method'

/** What a trained pipeline says of rows, and the labels that its rule makes of it. */
export interface LabelledRows extends RuleFit {
  readonly inference: InferredRows
}

/**
 * Labels all rows by a trained pipeline and the method's label rule. Rows that a guide calls noise are labelled as new ones.
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
  const rule = findLabelRule(method.labels)
  const learned = dataset.guide && learnedRows(dataset.guide)
  if (!learned || learned.length === dataset.size) {
    const { labels, state } = await rule.fit({ inference, dataset, k, random, signal })
    return { inference, labels, state }
  }
  const part = { inference: inferredRows(inference, learned), dataset: subset(dataset, learned) }
  const { state } = await rule.fit({ ...part, k, random, signal })
  return { inference, labels: await rule.predict(inference, state), state }
}

/** What was said of some of the rows. */
function inferredRows({ labels, embedding, width }: InferredRows, rows: Int32Array): InferredRows {
  const taken = new Float32Array(rows.length * width)
  for (const [at, row] of rows.entries()) taken.set(embedding.subarray(row * width, (row + 1) * width), at * width)
  return { labels: rows.map((row) => labels[row]), embedding: taken, width }
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
