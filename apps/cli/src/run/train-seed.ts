import { createRandom, DcError, pluginReference } from '@dc/core'
import { findLabelRule } from '@dc/pipelines'
import { type Inference, infer } from '@dc/trainer'
import type { RunConfig } from '../config/run-config'
import { contactSheet } from '../report/contact-sheet'
import { type TrainingJob, withTrained } from './training'

/** A trained and labelled seed. */
export interface TrainedSeed {
  readonly inference: Inference
  readonly labels: Int32Array
  /** Images and their views, a PNG. */
  readonly views: Buffer | null
  readonly history: readonly Readonly<Record<string, number>>[]
  readonly seconds: number
}

/** Trains a pipeline from one seed and labels the data. @throws InterruptedError once the signal is aborted */
export async function trainSeed(job: TrainingJob): Promise<TrainedSeed> {
  const { config, seed, dataset, attempts, signal, beside } = job
  return withTrained(job, async ({ pipeline, history, clock }) => {
    const random = createRandom(seed)
    const inference = await infer(pipeline, dataset, { signal })
    requireFinite(inference, config, seed)
    const rule = findLabelRule(config.labels)
    const labels = await rule.labels({ pipeline, inference, k: config.k, random: random.split('labels'), signal })
    const seconds = clock()
    const sheet = () => contactSheet(pipeline, dataset, random.split('contact sheet'))
    const views = beside === undefined ? await attempts.make('the contact sheet', sheet, null) : null
    return { inference, labels, views, history, seconds }
  })
}

/** @throws DcError if the last update made the network give what is no number */
function requireFinite({ embedding, width }: Inference, { training }: RunConfig, seed: number): void {
  const bad = embedding.findIndex((value) => !Number.isFinite(value))
  if (bad < 0) return
  const row = Math.floor(bad / width)
  const { name } = pluginReference(training.learningRate)
  throw new DcError(
    `seed ${seed}: the trained network gives ${embedding[bad]} for row ${row}, so the training diverged. A lower learning rate (--lr; the schedule is ${name}) or values of the data on a smaller scale (standardised) may help.`,
    { seed, row },
  )
}
