import type { Dataset, InferredRows, NamedArrays, Random } from '@dc/core'

/** What labels are made of. */
export interface TrainedRows {
  /** What the trained pipeline says of the rows. */
  readonly inference: InferredRows
  /** The rows. */
  readonly dataset: Dataset
  readonly k: number
  readonly random: Random
  /** Ends the work with an `InterruptedError`. */
  readonly signal?: AbortSignal
}

/** Labels, and the arrays by which new rows are labelled the same way. */
export interface RuleFit {
  readonly labels: Int32Array
  readonly state: NamedArrays
}

/** How the reported labels come from a trained pipeline; never sees true labels. */
export interface LabelRule {
  readonly name: string
  /** One sentence for people: the table and the report print it. */
  readonly description: string
  fit(trained: TrainedRows): RuleFit | Promise<RuleFit>
  /** Labels of any rows. Of those of the fit they are its labels. */
  predict(inference: InferredRows, state: NamedArrays): Int32Array | Promise<Int32Array>
}
