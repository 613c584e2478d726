import type { Dataset } from '@dc/core'

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
  /** Mean silhouette in the space the labels were made in. */
  readonly silhouette: number | null
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

/** Everything that a report shows; the run folder holds it, the dataset aside. */
export interface RunResult {
  readonly pipeline: string
  /** Whether the pipeline saw the true labels in training. */
  readonly supervised: boolean
  readonly recipe: { readonly name: string; readonly description: string }
  readonly labelRule: { readonly name: string; readonly description: string }
  readonly dataset: Pick<Dataset, 'name' | 'size' | 'sampleShape' | 'labels' | 'classNames' | 'image' | 'metadata'>
  readonly k: number
  readonly seeds: readonly SeedResult[]
  /** The seed whose labels are written and drawn. */
  readonly shownSeed: number
  readonly shown: Labeling
  /** `method`: how it was done, if not by the best of 10 starts on all rows. */
  readonly kmeans: Scores & { readonly method?: string }
  readonly backend: BackendFacts
  readonly seconds: number
  readonly finishedAt: string
  /** What could not be made of the finished training (the map, the contact sheet, the report), and why; usually nothing. */
  readonly failures: Readonly<Record<string, string>>
  readonly config: unknown
  readonly environment: Environment
}
