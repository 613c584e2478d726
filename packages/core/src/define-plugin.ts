import { z } from 'zod'
import { DcError, OptionError, show } from './errors'
import type { DatasetDescription, PluginKind, PluginProducts } from './kinds'
import type { Random } from './random'
import { quoted } from './text'

/** What a plugin's `create` gets beside its options. */
export interface CreateContext {
  /** Shape of one input sample, for backbones and heads: `[features]` or `[height, width, channels]`. */
  readonly inputShape?: readonly number[]
  /** The seeded stream for initial weights and other draws. */
  readonly random?: Random
  /** Makes another plugin of the same registry by name, so that plugins can be built from plugins. */
  readonly create?: (kind: PluginKind, name: string, options?: unknown, context?: CreateContext) => unknown
}

/** What a program must know of a pipeline before it makes one. */
export interface PipelineTraits {
  /** Learns from the true classes: every row that it is trained on needs one. */
  readonly supervised?: boolean
  /** Reads scores in the middle of a step, for targets that are solved on the host. */
  readonly readsInStep?: boolean
  /** Has no training steps: what it makes is a `ClassicalPipeline`. */
  readonly classical?: boolean
}
const traitNames: readonly string[] = ['supervised', 'readsInStep', 'classical'] satisfies (keyof PipelineTraits)[]

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
  readonly describe?: Kind extends 'dataset'
    ? (options: z.output<Schema>) => DatasetDescription | Promise<DatasetDescription>
    : never
  create(options: z.output<Schema>, context: CreateContext): Product
}

// biome-ignore lint/suspicious/noExplicitAny: a plugin of any options and product; `unknown` would reject every concrete one.
export type AnyPlugin = Plugin<any, string, any, any>

/**
 * Declares a plugin. Returns the object unchanged; its types are inferred and its form is checked at once.
 *
 * @throws DcError if the name is not lower-case words joined by hyphens, `apiVersion` is not 1, or a trait is none that a
 * pipeline can have
 * @example
 * export const halving = definePlugin({
 *   kind: 'schedule', name: 'halving', apiVersion: 1,
 *   options: z.object({ base: z.number().positive() }),
 *   create: ({ base }) => ({ value: ({ epoch }) => base * 0.5 ** epoch }),
 * })
 */
export function definePlugin<
  const Kind extends PluginKind,
  const Name extends string,
  Schema extends z.ZodType,
  Product extends PluginProducts[Kind],
>(plugin: Plugin<Kind, Name, Schema, Product>): Plugin<Kind, Name, Schema, Product> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(plugin.name))
    throw new DcError(`Plugin name ${quoted(plugin.name)} is not lower-case words joined by hyphens.`, {
      name: plugin.name,
    })
  if (plugin.apiVersion !== 1)
    throw new DcError(
      `Plugin ${quoted(plugin.name)} has apiVersion ${show(plugin.apiVersion)}; this @dc/core speaks 1.`,
      {
        name: plugin.name,
        apiVersion: plugin.apiVersion,
      },
    )
  checkTraits(plugin)
  return plugin
}

/** For plugins that no compiler has seen: a trait that is misspelt, or no boolean, would be taken for absent. */
function checkTraits({ kind, name, traits }: { kind: PluginKind; name: string; traits?: object }): void {
  for (const [trait, value] of Object.entries(traits ?? {})) {
    if (kind === 'pipeline' && traitNames.includes(trait) && (value === undefined || typeof value === 'boolean'))
      continue
    const allowed = `${traitNames.join(', ')}, true or false, of pipelines`
    throw new DcError(`Plugin ${quoted(name)} has the trait ${quoted(trait)}: ${show(value)}; there are ${allowed}.`, {
      name,
      trait,
    })
  }
}

/**
 * Validates options against a plugin's schema and fills in defaults.
 *
 * @throws OptionError naming the option's path, the value given and what is allowed
 */
export function parseOptions<Schema extends z.ZodType>(
  schema: Schema,
  options: unknown,
  path: string,
): z.output<Schema> {
  const result = schema.safeParse(options)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  let given: unknown = options
  for (const key of issue.path) given = (given as Record<PropertyKey, unknown> | undefined)?.[key]
  const where = [path, ...issue.path.map(String)].join('.')
  if (issue.code === 'unrecognized_keys') {
    const known =
      schema instanceof z.ZodObject ? Object.keys(schema.shape).join(', ') || 'none' : 'see the documentation'
    throw new OptionError(
      `${where}.${issue.keys[0]}`,
      (given as Record<string, unknown>)[issue.keys[0]],
      `options ${known}`,
    )
  }
  throw new OptionError(where, given, issue.message)
}
