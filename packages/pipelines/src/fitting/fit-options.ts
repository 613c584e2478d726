import type { Callback, PluginReference, Registry } from '@dc/core'
import type { Corrections } from '../corrections/schema'
import type { ClusterModel } from '../model/cluster-model'
import type { TrainingSettings } from '../recipes/recipe'
import type { Fitted } from './fitted'
import type { FitProgress } from './progress'

/** How a method is fitted. */
export interface FitOptions {
  /** Name of a pipeline: `kmeans`, `spectral`, `leiden`, `bootsc`, `otdc`, `sp2ot`, … */
  readonly method: string
  /**
   * Number of clusters, 2 … rows, or `'auto'`: the choice of `kCurve`, which looks at the rows alone. By default the number of true
   * classes, if the data have labels. `leiden` finds the number, also for `'auto'`; given one, it searches a resolution for it.
   */
  readonly k?: number | 'auto'
  /** Seed of every random draw: an integer ≥ 0. Default 0. */
  readonly seed?: number
  /** Name of a recipe; by default the one for such rows. `presets` lists them. */
  readonly preset?: string
  /** Options of the pipeline that differ from the recipe's. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Settings of the training that differ from the recipe's, such as `{ epochs: 20 }`. */
  readonly training?: Partial<TrainingSettings>
  /**
   * Name of a pipeline that is trained first, and whose backbone this one then starts from. Of a method without training steps,
   * such as `leiden`, the labels are learned first; it must find `k` clusters.
   */
  readonly start?: string
  /** Name of the label rule, if another than the recipe's. */
  readonly labels?: string
  /**
   * What sees pictures or texts first: the name of an encoder of the registry, a file ending in `.onnx`, or `{ name, options }`.
   * The method is then fitted to features, and the model keeps which encoder it was. By default `pixels`: none.
   */
  readonly encoder?: PluginReference
  /**
   * What a person says of the clusters of `init`: merges and names, which hold exactly, and splits, rows that belong together or apart,
   * clusters of rows and noise, which steer the fit. How many of them hold is said in `corrections` of what is fitted. Their form is
   * `correctionsSchema`; `correctedOf` makes their member `of`. They say how many clusters there are, so that `k` is left out.
   */
  readonly corrections?: Corrections
  /** The clustering of the same rows that is corrected. */
  readonly init?: ClusterModel | Fitted
  /** Plugins beside those of the packages, such as a pipeline of your own. */
  readonly registry?: Registry
  /** Told where the work stands: at the start of each phase, and after each epoch. */
  readonly onProgress?: (progress: FitProgress) => void
  /**
   * Told of each step and epoch of every training, with the pipeline, which can label rows meanwhile. One that answers `'stop'` ends
   * that training; the rows are then labelled by what was learned so far.
   */
  readonly callbacks?: readonly Callback[]
  /** Aborting it ends the work with an `InterruptedError`. */
  readonly signal?: AbortSignal
}
