import type { z } from 'zod'
import type { DatasetDescription, Phase, PluginKind, PluginProducts } from './kinds'
import type { Random } from './random'

/**
 * Makes a plugin's product by a name that is known at run time, as one from a configuration is.
 *
 * @throws UnknownPluginError for a name that is not registered
 * @throws OptionError for options outside the plugin's schema
 */
export type MakeByName = <Kind extends PluginKind>(
  kind: Kind,
  name: string,
  options?: unknown,
  context?: CreateContext,
) => PluginProducts[Kind]

/** What a plugin's `create` gets beside its options. */
export interface CreateContext {
  /** Shape of one input sample, for backbones and heads: `[features]` or `[height, width, channels]`. */
  readonly inputShape?: readonly number[]
  /** The seeded stream for initial weights and other draws. */
  readonly random?: Random
  /** Makes another plugin of the same registry by name, so that plugins can be built from plugins. */
  readonly create?: MakeByName
  /** Told how far work that takes long has come, such as the decoding of pictures. */
  readonly onPhase?: (part: Phase) => void
}

/** What a program must know of a pipeline before it makes one, by its default options. An option that changes it says so. */
export interface PipelineTraits {
  /** Learns from the true classes: every row that it is trained on needs one. */
  readonly supervised?: boolean
  /** Has no training steps: what it makes is a `ClassicalPipeline`. */
  readonly classical?: boolean
  /** Of a classical one: finds the number of clusters itself, 1 + its largest label; its option `k` may be left out. */
  readonly findsClusters?: boolean
  /** Whether it goes by the `guide` of a data set: what a person has said of the clusters of rows. */
  readonly takesCorrections?: boolean
}

/** A plugin: a plain object that makes one product of its kind from validated options. */
export interface Plugin<
  Kind extends PluginKind = PluginKind,
  Name extends string = string,
  Schema extends z.ZodType = z.ZodType,
  Product extends PluginProducts[Kind] = PluginProducts[Kind],
> {
  readonly kind: Kind
  /** Unique within the kind; lower-case words joined by hyphens. */
  readonly name: Name
  /** Version of the kind's interface that the product implements. */
  readonly apiVersion: 1
  /** One line for `dclust list`. */
  readonly description?: string
  /** Of pipelines: what programs decide by. */
  readonly traits?: Kind extends 'pipeline' ? PipelineTraits : never
  /** Facts for people: paper, licence, mean and std, size. No program decides by them. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Schema of the options; its defaults are the plugin's defaults. */
  readonly options: Schema
  /**
   * Of data sets: what their rows are, told by the options or the head of a file, without reading the rows. One that cannot
   * say it so leaves this out, and is read instead.
   */
  readonly describe?: Kind extends 'dataset' ? Describe<z.output<Schema>> : never
  create(options: z.output<Schema>, context: CreateContext): Product
}

/** As a method: a plugin of certain options is one of any. */
type Describe<Options> = {
  of(options: Options): DatasetDescription | Promise<DatasetDescription>
}['of']

/** A plugin of any kind, name, options and product. */
export type AnyPlugin = { [Kind in PluginKind]: Plugin<Kind> }[PluginKind]
