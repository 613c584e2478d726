import type { Pipeline, PluginReference, Random } from '@dc/core'
import type { Inference } from '@dc/trainer'
import type { RowKind } from './config/rows'

/** How a pipeline is trained: everything beside the data, k and the seed. A preset is a recipe with a name. */
export interface Recipe {
  /** Name of the preset, such as `digits`. */
  readonly name: string
  /** Name of the pipeline plugin. */
  readonly pipeline: string
  /** The rows it is the default for; where a pipeline has none for them its first preset is. */
  readonly for?: readonly RowKind[]
  /** One line for `dclust list preset` and the report. */
  readonly description: string
  readonly training: Training
  /** The data it is for, without their path: `--data NAME:PATH` of the same name keeps these options. */
  readonly data?: { readonly name: string; readonly options: Readonly<Record<string, unknown>> }
  /** Options of the pipeline plugin, without `k`. */
  readonly options: Readonly<Record<string, unknown>>
  /** Name of the {@link LabelRule} that gives the labels that the run reports. */
  readonly labels: string
  /** A training of another pipeline whose backbone this one starts from. */
  readonly start?: Start
  /** Share of the classes, the last ones, that a supervised pipeline does not see in training; they are clustered. */
  readonly unseen?: number
  /** Trainings beside which this one is scored on unseen classes: a name, and the options that differ. */
  readonly beside?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/**
 * What a seed trains first, on the same rows and without labels, by the preset of another pipeline but with its own views
 * and backbone: a method made for a pretrained network then finds one.
 */
export interface Start {
  readonly pipeline: string
  readonly preset: string
  /** Steps, in whole epochs and at least ten of them. */
  readonly steps: number
}

/** What the trainer is told. */
export interface Training {
  readonly epochs: number
  readonly batchSize: number
  readonly dropLast: boolean
  /**
   * Epochs without a better NMI of the validation rows before training ends with the best weights; without `unseen`, and
   * so without such rows, epochs without a lower loss.
   */
  readonly patience?: number
  /** Plugin of kind `optimizer`. */
  readonly optimizer: PluginReference
  /** Plugin of kind `schedule`. */
  readonly learningRate: PluginReference
}

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
  }): Int32Array | Promise<Int32Array>
}
