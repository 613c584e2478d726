import type { Dataset } from '@dc/core'
import { shownName } from '../report/names'
import type { Baselines, RunResult, SeedResult } from '../report/run-result'
import { agreementOf, meanAgreement } from './agreement'
import { baselineTitle } from './baseline-names'
import { type JudgedMethod, verdict } from './verdict'
import { meanOf, type Steps, warningsOf } from './warnings'

/** A run whose labels and scores are there. */
export interface Finished {
  readonly pipeline: string
  readonly dataset: Dataset
  readonly seeds: readonly SeedResult[]
  /** Labels of each seed; the first are shown. */
  readonly seedLabels: readonly Int32Array[]
  readonly baselines: Baselines
  readonly steps: Steps | null
  /** The number of clusters that was asked for; null where the method finds it. */
  readonly askedK: number | null
}

/** What can be said of a run beside its scores. */
export function judge(run: Finished): Pick<RunResult, 'agreement' | 'seedAgreement' | 'verdict' | 'warnings'> {
  const { pipeline, seeds, seedLabels, baselines, dataset } = run
  const others = Object.entries(baselines)
  const own = (at: number) => (seeds.length > 1 ? `${pipeline}, seed ${seeds[at].seed}` : pipeline)
  const agreement = agreementOf([
    ...seedLabels.map((labels, at) => [own(at), labels] as const),
    ...others.flatMap(([name, { labels }]) => (labels ? [[baselineTitle(name), labels] as const] : [])),
  ])
  const methods: JudgedMethod[] = [
    {
      name: shownName(pipeline),
      ari: meanOf(seeds, 'ari'),
      silhouette: meanOf(seeds, 'silhouette'),
      neighbourAgreement: meanOf(seeds, 'neighbourAgreement'),
      sizes: seeds[0].sizes,
    },
    // A run of k-means is not held against k-means.
    ...others.flatMap(([name, scores]) =>
      name === pipeline ? [] : [{ ...scores, name: baselineTitle(name), ari: scores.ari ?? null }],
    ),
  ]
  return {
    agreement,
    seedAgreement: meanAgreement(seedLabels),
    verdict: verdict(methods, agreement, dataset.labels),
    warnings: warningsOf({ ...run, labels: seedLabels[0] }),
  }
}
