import type { Dataset } from '@dc/core'
import type { Corrected, HeldCorrections, KCurve } from '@dc/pipelines'
import type { DataIssues } from '../issues/data-issues'
import type { Agreement } from '../judge/agreement'
import type { BaselineName } from '../judge/baseline-names'
import type { ClusterFacts } from '../judge/cluster-facts'
import type { SeedPhases } from '../run/phase-times'

/** Scores of one labeling. External ones need true labels; a score that is not defined for these rows is null. */
export interface Scores {
  readonly acc?: number | null
  readonly nmi?: number | null
  readonly ari?: number | null
  readonly ami?: number | null
  readonly purity?: number | null
  /** Mean recall of the classes: accuracy in which a rare class counts as much as a frequent one. */
  readonly meanClassAcc?: number | null
  /** Macro F1. */
  readonly f1?: number | null
  /** Mean recall of the largest 30 % of classes, the next 40 % and the smallest 30 %; null without such a class. */
  readonly groups?: Readonly<Record<'head' | 'medium' | 'tail', number | null>>
  /** Mean silhouette in the common space, which is the same for all methods; see `judge/common-space.ts`. */
  readonly silhouette: number | null
  /** Mean share of a row's nearest rows in the common space that are in its cluster. */
  readonly neighbourAgreement: number | null
  /** Entropy of the cluster sizes over its greatest value: 1 for even sizes, 0 for a single cluster. */
  readonly sizeBalance: number | null
  /** Those of the metrics that the configuration asks for, by their name. */
  readonly scores?: Readonly<Record<string, number | null>>
  /** Why scores are null, by their name: `{ silhouette: 'a single cluster' }`; of those asked for `scores.NAME`. */
  readonly undefinedScores?: Readonly<Record<string, string>>
  /** Samples per cluster, 0 … k−1. */
  readonly sizes: readonly number[]
  readonly seconds: number
}

/** How well a space holds classes that training did not see; null where that is not defined. */
export interface UnseenScores {
  /** Which space: the input, or what a training learned. */
  readonly name: string
  /** NMI of k-means on rows of length 1. */
  readonly nmi: number | null
  /** NMI after spectral clustering at test time. */
  readonly nmiSpectral: number | null
  /** Share of rows with one of their class among the nearest 1, 2, 4, 8. */
  readonly recall: Readonly<Record<string, number | null>>
  /** Why scores are null, by their name. */
  readonly undefinedScores?: Readonly<Record<string, string>>
}

/** One finished training. */
export interface SeedResult extends Scores {
  /** Of a run that kept classes from training: the input, the trainings beside it, and its own. */
  readonly unseen?: readonly UnseenScores[]
  readonly seed: number
  readonly epochs: number
  /** Mean logs of each epoch. */
  readonly history: readonly Readonly<Record<string, number>>[]
}

/** A method that every run is compared with. */
export interface BaselineResult extends Scores {
  /** How it was done. */
  readonly method: string
  /** Clusters: some methods find their number themselves. */
  readonly k: number
  /** Mean ARI with the labels of the same rows when only a part of them is clustered. */
  readonly partAgreement: number | null
  /** Cluster of each row, where it is known. */
  readonly labels?: Int32Array
}

/** Something that a person would point out, such as clusters that died. */
export interface Warning {
  /** For programs; see `judge/warnings.ts` for all of them. */
  readonly code: string
  /** A sentence. */
  readonly message: string
}

/** The labels that the run reports, row by row of the dataset. */
export interface Labeling {
  readonly labels: Int32Array
  /** How much nearer a row lies to its own cluster's centre than to the next, in [−1, 1]; see `certainty.ts`. */
  readonly certainty: Float64Array
  /** `[n, 2]` coordinates of the map; NaN for rows that are not drawn. */
  readonly map: Float64Array
  /** How the map was made. */
  readonly mapMethod: string
}

/** What is known of the machine and the software. */
export interface Environment {
  readonly [fact: string]: string | number | Readonly<Record<string, string>>
}

/** The backend that ran and why each one before it did not. */
export interface BackendFacts {
  readonly name: string
  readonly description: string
  readonly attempts: readonly { readonly name: string; readonly used: boolean; readonly reason: string }[]
}

/** By their name; see `judge/baselines.ts`. k-means is always there. */
export type Baselines = Readonly<{ kmeans: BaselineResult } & Partial<Record<BaselineName, BaselineResult>>>

/** The run on the same rows that was finished last before another. */
export interface LastRun {
  /** Its folder's name. */
  readonly name: string
  readonly finishedAt: string
  readonly differences: readonly Difference[]
}

/** A setting that two runs have otherwise; undefined where a run does not have it. */
export interface Difference {
  /** As `--set` has it: `training.batchSize`. */
  readonly path: string
  readonly before: unknown
  readonly value: unknown
}

/** Everything that a report shows; the run folder holds it, the dataset aside. */
export interface RunResult {
  readonly pipeline: string
  /** Whether the pipeline saw the true labels in training. */
  readonly supervised: boolean
  readonly recipe: { readonly name: string; readonly description: string }
  readonly labelRule: { readonly name: string; readonly description: string }
  readonly dataset: Pick<
    Dataset,
    'name' | 'size' | 'sampleShape' | 'labels' | 'classNames' | 'image' | 'texts' | 'seen' | 'metadata'
  >
  readonly k: number
  /** Names that a person gave to clusters, by cluster, null where there is none; left out where no cluster has one. */
  readonly clusterNames?: readonly (string | null)[]
  /** How many corrections hold, of a run that went by corrections. */
  readonly corrections?: HeldCorrections
  /** What corrections of this run say that they are of: their member `of`. */
  readonly corrects?: Corrected
  /** What looks wrong with the data; a folder of an earlier version has none. */
  readonly issues?: DataIssues
  /** What spoke for that number, if it was looked for. */
  readonly kCurve?: KCurve
  readonly seeds: readonly SeedResult[]
  /** The seed whose labels are written and drawn. */
  readonly shownSeed: number
  readonly shown: Labeling
  readonly baselines: Baselines
  /** Mean ARI between the labels of every two seeds; null for one seed. */
  readonly seedAgreement: number | null
  /** How alike the labels of the seeds and the baselines are. */
  readonly agreement: Agreement
  /** What all labels were scored in. */
  readonly space: string
  /** What the scores come to, in a sentence. */
  readonly verdict: string
  readonly warnings: readonly Warning[]
  /** Facts of each of the shown clusters. */
  readonly clusters: readonly ClusterFacts[]
  /** What each seed's training went through, by seed. */
  readonly phases?: Readonly<Record<string, SeedPhases>>
  /** The run on the same rows before this one. */
  readonly last?: LastRun
  readonly backend: BackendFacts
  readonly seconds: number
  readonly finishedAt: string
  /** What could not be made of the finished training (the map, the contact sheet, the report), and why; usually nothing. */
  readonly failures: Readonly<Record<string, string>>
  readonly config: unknown
  readonly environment: Environment
}
