// The interfaces of all plugin kinds, types only. The names follow the data:
// dataset → (encoder → features) → batch → views → backbone → embedding → head → scores → assigner → targets → loss → trainer →
// labels → metrics → report
import type * as tf from '@tensorflow/tfjs-core'
import type { Matrix } from './points/matrix'
import type { Random, RandomState } from './random'

export type NamedTensors = Record<string, tf.Tensor>
export type NamedVariables = Record<string, tf.Variable>

/** What a backend plugin makes. See `initBackend`. */
export interface Backend {
  readonly name: string
  /** Whether it can run here, and if not, why. Never throws. */
  available(): Promise<Availability>
  /** Registers and selects the backend in tfjs. */
  activate(): Promise<void>
  /** One line on what it runs on, after activation: device, threads, versions. */
  describe?(): string
}
export type Availability = { ok: true } | { ok: false; reason: string }

/** Rows with optional labels. Rows are samples; images are NHWC float32. */
export interface Dataset {
  readonly name: string
  /** Number of samples. */
  readonly size: number
  /** Shape of one sample, `[features]` or `[height, width, channels]`. */
  readonly sampleShape: readonly number[]
  /** Names of the features, of a table that has a header. */
  readonly columns?: readonly string[]
  /** True classes 0…C−1, if known; −1 marks a sample without one. */
  readonly labels?: Int32Array
  readonly classNames?: readonly string[]
  /** What each row is called: the path of its picture below the folder, its id. Names may be hostile, and the same twice. */
  readonly rowNames?: readonly string[]
  /** The file of each row, of a data set whose rows are files. */
  readonly rowFiles?: readonly RowFile[]
  /** How a row is drawn for people: greyscale or RGB of this shape, with the value range that maps to 0…255. */
  readonly image?: { height: number; width: number; channels: 1 | 3; range: readonly [number, number] }
  /** What the reader did that its user should know, a sentence each: columns left out, an encoding, labels unknown. */
  readonly notices?: readonly string[]
  /**
   * Set if float32 does not hold the values as they are. `read` and `readExact` then give `(value − offset) · scale`, with an
   * offset for each of the `Π sampleShape` values of a sample and one scale for all.
   */
  readonly mapping?: { readonly offset: Float64Array; readonly scale: number }
  /**
   * Set if the reader brought the columns to mean 0 and standard deviation 1: what it took for mean and deviation. A column of
   * deviation 0 is constant, and became 0. Whoever labels other rows later brings them to the same scale.
   */
  readonly standardized?: { readonly mean: Float64Array; readonly deviation: Float64Array }
  /** Files that could not be read. They have no row. */
  readonly leftOut?: readonly LeftOut[]
  /** Of features: the data set that an encoder saw, row by row. Its pictures are what people are shown. */
  readonly seen?: Dataset
  /** Of features: what described them. */
  readonly encoder?: EncoderFacts & Pick<Encoder, 'input'>
  /** The texts of the rows, of a data set whose rows are texts. Its samples are empty: only an encoder makes numbers of it. */
  readonly texts?: readonly string[]
  /** Numbers of the rows that are no features, such as other columns of a table of texts: people may colour a map by them. */
  readonly numbers?: readonly { readonly name: string; readonly values: Float64Array }[]
  /** What a person has said of the clusters of rows, of a data set that is clustered again by it. */
  readonly guide?: Guide
  /** Source, licence, citation. For people: no program decides by it. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** The samples at these row numbers, row after row, `rows.length × Π sampleShape` values. */
  read(rows: ArrayLike<number>): Promise<Float32Array>
  /**
   * The same in float64. It exists if float32 would make different values equal. Code that computes on the host (k-means,
   * spectral clustering, neighbours) then reads this.
   */
  readExact?(rows: ArrayLike<number>): Promise<Float64Array>
  /**
   * A text that two data sets share only if all their rows are equal, of a data set that knows one without reading every row:
   * pictures would have to be decoded. Labels and names do not count.
   */
  fingerprint?(): Promise<string>
}
/** Clusters of rows as a person has corrected them. Methods with the trait `takesCorrections` look at it. */
export interface Guide {
  /** The cluster that each row had, corrected where that was said; −1 where nothing is known. */
  readonly before: Int32Array
  /** The cluster that each row should have by what was said of it; −1 of rows that nothing was said of. */
  readonly given: Int32Array
}
/** What a data set can tell of itself before its rows are read. */
export interface DatasetDescription {
  /** As in {@link Dataset}; left out where its rows are no images that can be drawn. */
  readonly image?: Omit<NonNullable<Dataset['image']>, 'range'>
}
/** A file that a row was read from. */
export interface RowFile {
  readonly path: string
  /** The bytes of the path, if they are no UTF-8. `path` then shows them as `\xNN` and cannot open the file. */
  readonly rawPath?: Uint8Array
}
/** A file that a data set could not read, and why. */
export interface LeftOut {
  readonly path: string
  readonly reason: string
}

/** How pictures are made ready for an encoder. */
export interface EncoderPictures {
  readonly of: 'pictures'
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  /** How a picture of another form gets this one: by cutting out the middle, by bars, by stretching it. */
  readonly fit: 'crop' | 'pad' | 'stretch'
}
/** That an encoder reads texts. */
export interface EncoderTexts {
  readonly of: 'texts'
}
/** What an encoder is, for those who want to know what a model was made with. */
export interface EncoderFacts {
  /** What it is called: `efficientnet-lite0`. */
  readonly name: string
  /** Numbers that describe a row. */
  readonly features: number
  /** Two encoders share it only if they describe every row alike: SHA-256 of the weights and of all that is done with them. */
  readonly checksum: string
  /** Subtracted from each channel of values 0…1, and divided into it after that, before the network sees a picture. */
  readonly mean?: readonly number[]
  readonly deviation?: readonly number[]
  /** Where the weights are from, in which revision, and on what terms. */
  readonly source?: string
  readonly revision?: string
  readonly licence?: string
}
/** A frozen network that describes pictures by features. */
export interface PictureEncoder extends EncoderFacts {
  readonly input: EncoderPictures
  /** Rows that it takes at once. */
  readonly batchSize: number
  /**
   * The features of pictures, `[n, features]`.
   *
   * @param rows NHWC with values 0…1, `n × height × width × channels`; what else the network needs it does itself
   */
  encode(rows: Float32Array): Promise<Float32Array>
  /** Frees the network. */
  dispose?(): void
}
/** A frozen network that describes texts by features. */
export interface TextEncoder extends EncoderFacts {
  readonly input: EncoderTexts
  readonly batchSize: number
  /** The features of texts, `[n, features]`. */
  encode(rows: readonly string[]): Promise<Float32Array>
  dispose?(): void
}
export type Encoder = PictureEncoder | TextEncoder

/** A mini-batch. */
export interface Batch {
  /** Row numbers in the dataset. */
  readonly rows: Int32Array
  /** The samples, flattened row after row. */
  readonly values: Float32Array
  readonly sampleShape: readonly number[]
  /** True classes of these rows; only supervised pipelines may look. */
  readonly labels?: Int32Array
  /** The cluster that each row should have, by the `guide` of the data set; −1 of a row that nothing was said of. */
  readonly given?: Int32Array
  /** Values of the other rows that {@link Pipeline.beside} asked for, flattened row after row, in its order. */
  readonly beside?: Float32Array
}

/** Where training stands. Counts start at 0. */
export interface Progress {
  readonly step: number
  readonly steps: number
  readonly epoch: number
  readonly epochs: number
}

/** Random versions of a batch. */
export type Views = readonly tf.Tensor[]
export interface Augmentation {
  /** How many views it makes. */
  readonly views: number
  /**
   * Learns of the data set before training, at the start of every sitting: whose neighbours are whose. What it learns depends
   * on the rows alone, so that a resumed training draws what the unbroken one would have drawn.
   *
   * @throws InterruptedError once the signal is aborted
   */
  prepare?(dataset: Dataset, sitting?: { signal?: AbortSignal }): Promise<void>
  /**
   * Numbers of the other rows of the data set that `apply` makes the views of with this stream, for data that it does not hold. The
   * caller reads them into `batch.beside`. Null if it needs none.
   */
  beside?(rows: Int32Array, random: Random): Int32Array | null
  /** Draws the views; the caller disposes them. */
  apply(batch: Batch, random: Random): tf.Tensor[]
  /** The views made where the whole data set lies, if it can; asked for after `prepare`. */
  readonly resident?: ResidentViews
}

/**
 * Views of a data set that lies whole on the device. The host sends row numbers and what it has drawn for each row, no values.
 * They are distributed as those of `apply`; from the same stream they may be others.
 */
export interface ResidentViews {
  /**
   * What stays on the device for the whole training: the rows, and what else the views are made of. The caller disposes it.
   *
   * @param rows `[rows of the data set, ...sampleShape]`
   */
  hold(rows: tf.Tensor, random: Random): NamedTensors
  /** What a step differs in: row numbers and a few numbers for each. The caller disposes it. */
  draw(batch: Pick<Batch, 'rows' | 'sampleShape'>, random: Random): NamedTensors
  /** The views, by tensor operations on what is given alone, so that a compiled step can make them. */
  make(held: NamedTensors, drawn: NamedTensors): tf.Tensor[]
}

/** A network part with weights: a backbone or a head. Variables with `trainable: false` are running statistics. */
export interface Layer {
  readonly inputShape: readonly number[]
  readonly outputShape: readonly number[]
  readonly variables: NamedVariables
  /** `[batch, ...inputShape] → [batch, ...outputShape]`. Training mode uses and updates batch statistics. */
  apply(x: tf.Tensor, mode: { training: boolean }): tf.Tensor
  /** What must hold before each training step, such as unit-norm prototypes; writes the variables in place. */
  constrain?(): void
}
export type Backbone = Layer
export type Head = Layer

/** Sparse similarity of rows, compressed by rows. */
export interface SparseRows {
  readonly rows: number
  readonly columns: number
  readonly offsets: Int32Array
  readonly indices: Int32Array
  readonly values: Float64Array | Float32Array
}
/** The nearest rows of each row, nearest first. */
export interface NearestRows {
  readonly rows: number
  /** Neighbours per row. */
  readonly k: number
  /** Row numbers, `[rows, k]`. */
  readonly indices: Int32Array
  /** Euclidean distances, `[rows, k]`, ascending in each row. */
  readonly distances: Float64Array
}
export interface Affinity {
  /**
   * `[n, d]` row-major features to a sparse similarity.
   *
   * @param known.nearest finds the k < n nearest rows of each of these features, which somebody else may have searched already
   */
  graph(
    features: Float32Array | Float64Array,
    n: number,
    d: number,
    known?: { nearest(k: number): Promise<NearestRows> },
  ): Promise<SparseRows>
}

/** What an assigner may know beside the scores: the step, and which of its views they belong to. */
export interface AssignContext extends Partial<StepContext> {
  /** For assigners with a buffer. */
  readonly view?: number
}
/** Pseudo-labels of rows of a data set, and how sure of them their assigner is, in [0, 1]. */
export interface PseudoLabels {
  readonly rows: Int32Array
  readonly labels: Int32Array
  readonly weights: Float32Array
}
/** Scores of samples for clusters, `[n, k]`, to soft targets `[n, k]`; no gradient flows through. */
export interface Assigner {
  assign(scores: tf.Tensor2D, context?: AssignContext): tf.Tensor2D
  /** Told before training how many rows the data set has, and how many clusters there are. */
  prepare?(size: { readonly rows: number; readonly columns: number }): void
  /**
   * What `assign` must know of a step as tensors, made before the step: it finds them in its context's `inputs`. One that is
   * given none makes them itself, which no compiled step can.
   */
  inputs?(context: StepFacts): NamedTensors
  /** The pseudo-label that each row was last given, where the context told the rows. */
  pseudoLabels?(): PseudoLabels | Promise<PseudoLabels>
  /** What was counted since the last call, such as solves that did not converge. Counts on a device are read here alone. */
  epochLogs?(): EpochLogs | Promise<EpochLogs>
  /** What a checkpoint must keep: warm starts, buffers. */
  state?(): NamedTensors
  restore?(state: NamedTensors): void
  dispose?(): void
}

/**
 * Computes named per-element values; a reducer (`mean`, `sum`, weights) reduces them to a scalar. Each loss says its inputs.
 * Of one that is known by name alone they are not known, and whoever makes it says what it is given:
 * `create('loss', reference) as Loss<Inputs>`.
 */
export interface Loss<in Inputs = never> {
  readonly elements: (inputs: Inputs) => NamedTensors
}

/** A pure optimiser. `update` returns new values; the caller owns all tensors. */
export interface Optimizer {
  init(parameters: NamedTensors): NamedTensors
  update(
    gradients: NamedTensors,
    state: NamedTensors,
    parameters: NamedTensors,
    learningRate: tf.Scalar,
  ): { parameters: NamedTensors; state: NamedTensors }
}

/** A number that changes over training: learning rate, transported mass. */
export interface Schedule {
  value(progress: Progress): number
}

/** A score of a clustering. */
export interface Metric {
  readonly higherIsBetter: boolean
  readonly needs: 'truth' | 'features'
  /** @param inputs.features `[n, d]`, row-major; `truth` is −1 where the class of a row is not known */
  compute(inputs: {
    labels: Int32Array
    truth?: Int32Array
    features?: Float32Array | Float64Array
    n?: number
    d?: number
  }): number
}

/** Where the work before the first step stands. */
export interface Phase {
  /** What is done now, such as `reconstruction`. */
  readonly phase: string
  /** Parts that are done, and all of them, where it has parts. */
  readonly done?: number
  readonly total?: number
}

/** Whether a training goes on: nothing, or `'stop'`. */
// biome-ignore lint/suspicious/noConfusingVoidType: what a function that returns nothing returns.
type Going = 'stop' | undefined | void
/**
 * Watches training. Every method may be async. An error that it throws stops the run. `onEpochEnd` ends the run well by
 * returning `'stop'`; so does `onTrainStart`, for a resumed run that had already ended.
 */
export interface Callback {
  /** `history`: mean logs of the epochs that were finished before the run was resumed. */
  onTrainStart?(info: {
    progress: Progress
    pipeline: Pipeline
    history?: readonly Readonly<Record<string, number>>[]
  }): Going | Promise<Going>
  /** Called while the pipeline prepares: a phase begins, or a part of it is done. */
  onPhase?(part: Phase): void
  /**
   * Called once, in the first step, if the pipeline is `compilable` and the backend compiles, but the steps run uncompiled.
   * They then take longer.
   *
   * @param info.reason what the step does that no compiled one can, as the end of a sentence: "reads a tensor"
   * @param info.phase whose steps these are, if they are not the training's own but taken while the pipeline prepares
   */
  onPlainSteps?(info: { reason: string; phase?: string }): void | Promise<void>
  onStep?(info: { progress: Progress; logs: Record<string, number>; learningRate: number }): void | Promise<void>
  onEpochEnd?(info: {
    progress: Progress
    logs: Record<string, number>
    learningRate: number
    pipeline: Pipeline
  }): Going | Promise<Going>
  onTrainEnd?(info: { progress: Progress; pipeline: Pipeline; interrupted: boolean }): void | Promise<void>
}

/** The weights of a pipeline and how they see new rows. */
export interface Model {
  readonly variables: NamedVariables
  /** Called before every training step: unit-norm prototypes, clamped temperatures. */
  constrain?(): void
}

/** Numbers that join the logs of an epoch. */
export type EpochLogs = Readonly<Record<string, number>>

/** What the host knows of a step before it. */
export interface StepFacts {
  readonly progress: Progress
  /** Row numbers in the dataset. */
  readonly rows: Int32Array
}
/** What a step may know beside its views. */
export interface StepContext extends StepFacts {
  /** What `Pipeline.inputs` gave for this step. As with the labels, a compiled step gets new ones at every call. */
  readonly inputs?: NamedTensors
  /**
   * True classes of these rows, int32, if the data have them. Only supervised pipelines may look. Like a view, the tensor is
   * an input of the step: a compiled step gets a new one at every call. The caller disposes it.
   */
  readonly labels?: tf.Tensor1D
  /** The cluster that each of these rows should have, int32, −1 for none, if a person has corrected the clusters; as `labels`. */
  readonly given?: tf.Tensor1D
}

/** What a pipeline says of rows. */
export interface Inferred {
  /** `[n, d]`. */
  readonly embedding: tf.Tensor2D
  /** The cluster of each row, `[n]`. */
  readonly labels: tf.Tensor1D
}

/** What an app assembles and the trainer drives. Nothing else is known of a method. */
export interface Pipeline {
  readonly model: Model
  /**
   * Sees the data set before training, at the start of every sitting: initial centroids, neighbours of frozen features.
   *
   * The weights are those that the unbroken run began with, in a resumed run too, and the random numbers are the same: what
   * is made of them is what it was. A training that had passed its first step is then given the weights and the state of
   * its checkpoint, and `resumed` is true: what goes into these alone need not be made again. A training that had not
   * is prepared from the beginning.
   *
   * Once the signal is aborted it should throw `InterruptedError`, as `throwIfInterrupted` does; nothing of it is kept. Work
   * that takes long tells `onPhase` where it stands, and `onPlainSteps` of steps of its own that are not compiled.
   */
  prepare?(
    dataset: Dataset,
    random: Random,
    sitting?: { signal?: AbortSignal; resumed?: boolean } & Pick<Callback, 'onPhase' | 'onPlainSteps'>,
  ): Promise<void>
  /** As that of its augmentation: other rows that `views` needs with this stream. */
  beside?(rows: Int32Array, random: Random): Int32Array | null
  views(batch: Batch, random: Random): Views
  /** As that of its augmentation; asked for after `prepare`. */
  readonly resident?: ResidentViews
  /**
   * What the host tells of a step as tensors, such as its row numbers, for a step that looks at them without reading. It is asked
   * once before each step; the step finds them in its context's `inputs`. The caller disposes them.
   */
  inputs?(context: StepFacts): NamedTensors
  /**
   * Whether `step` depends on its views, the labels, its `inputs` and variables alone. It keeps no count and draws no random
   * numbers. A backend that compiles then runs the step's JavaScript once to try it and once for each shape of the views, not
   * at every step. What the host must do at every step, such as a solver with a warm start, goes through `onHost`. Only there
   * may the step look at the rows and the progress in its context. If it turns out to read a tensor, or to look at these
   * elsewhere, all steps run uncompiled.
   */
  readonly compilable?: boolean
  /** The loss and logs, which are scalars. It may assign variables, such as running means. */
  step(
    views: Views,
    context: StepContext,
  ): {
    loss: tf.Scalar
    logs: Record<string, tf.Scalar>
  }
  /**
   * The loss of `step` and its gradients, one for each trainable weight by name. For a pipeline that computes them itself
   * instead of by the tape, because it takes a large batch through its network in parts. The caller disposes them.
   */
  gradients?(
    views: Views,
    context: StepContext,
    weights: NamedVariables,
  ): { loss: tf.Scalar; logs: Record<string, tf.Scalar>; gradients: NamedTensors }
  /**
   * Embedding and cluster of rows, `[n, ...sampleShape]`, in inference mode: one pass through the network for both. It depends
   * on the rows and the model's variables alone, for these are what a model file keeps.
   */
  infer(x: tf.Tensor): Inferred
  /**
   * The pseudo-label that each row was given last in training, and its confidence in [0, 1]. Whoever knows the true classes
   * can watch how good they are.
   */
  pseudoLabels?(): Promise<PseudoLabels>
  /**
   * What was counted since the last call, such as solves that did not converge: it joins the logs of an epoch at its end. What
   * is counted on a device is read here, once an epoch.
   */
  epochLogs?(): EpochLogs | Promise<EpochLogs>
  /** Beyond the weights: warm starts, buffers. */
  state?(): NamedTensors
  restore?(state: NamedTensors): void
  dispose?(): void
}

/** Arrays by name, as a model file holds them. */
export type NamedArrays = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly values: Float32Array | Float64Array | Int32Array }>
>

/** What a method says of the rows of a data set, on the host. */
export interface InferredRows {
  /** Cluster of each row, `[n]`. */
  readonly labels: Int32Array
  /** `[n, width]`, row-major; of length 0 where it was left out, see {@link ClassicalSitting.embedding}. */
  readonly embedding: Float32Array
  readonly width: number
}

/** How a method without training steps is asked. */
export interface ClassicalSitting {
  readonly signal?: AbortSignal
  /** Whether the embedding is wanted. Default true. Where it is not, a method may leave it out, so that it is not held for all rows. */
  readonly embedding?: boolean
}

/**
 * A method without training steps, such as k-means: it is fitted to all rows at once, on the host. Its plugin is of kind
 * `pipeline` and has the trait `classical`.
 */
export interface ClassicalPipeline {
  /**
   * Fits the method to the rows. Random numbers come from the stream alone.
   *
   * @throws InterruptedError once the signal is aborted
   */
  fit(dataset: Dataset, random: Random, sitting?: ClassicalSitting): Promise<InferredRows>
  /** The same of any rows, once it is fitted or restored. Of the rows that it was fitted to it says the same again. */
  predict(dataset: Dataset, sitting?: ClassicalSitting): Promise<InferredRows>
  /** Of a method that learns no space of its own: rows as it compares them, which is where it places them. */
  seen?(points: Matrix): Matrix
  /** What the last fit should be known for, a sentence each: it did not converge, the graph falls apart. */
  notices?(): readonly string[]
  /** All that `predict` needs. */
  state(): NamedArrays
  restore(state: NamedArrays): void
}

export type { Random, RandomState }

/** Kind names to what their plugins make. */
export interface PluginProducts {
  backend: Backend
  dataset: Dataset | Promise<Dataset>
  encoder: Encoder | Promise<Encoder>
  augmentation: Augmentation
  backbone: Backbone
  head: Head
  affinity: Affinity
  assigner: Assigner
  loss: Loss
  optimizer: Optimizer
  schedule: Schedule
  metric: Metric
  callback: Callback
  pipeline: Pipeline | ClassicalPipeline
}
export type PluginKind = keyof PluginProducts
