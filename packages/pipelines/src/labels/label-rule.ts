import type { Pipeline, Random } from '@dc/core'
import type { Inference } from '@dc/trainer'

/** How the reported labels come from a trained pipeline; never sees true labels. */
export interface LabelRule {
  readonly name: string
  /** One sentence for people: the table and the report print it. */
  readonly description: string
  labels(trained: {
    readonly pipeline: Pipeline
    readonly inference: Inference
    readonly k: number
    readonly random: Random
    /** Ends the work with an `InterruptedError`. */
    readonly signal?: AbortSignal
  }): Int32Array | Promise<Int32Array>
}
