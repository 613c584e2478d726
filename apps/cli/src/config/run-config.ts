import { type PluginReference, parseOptions, pluginReference } from '@dc/core'
import { z } from 'zod'
import { rowKinds } from './rows'

const reference = z.union([
  z.string(),
  z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()).default({}) }),
])

/**
 * What a plugin that is chosen by name is called: `nmi`, or `nmi average=max` with options.
 *
 * @example
 * referenceName({ name: 'nmi', options: { average: 'max' } }) // 'nmi average=max'
 */
export function referenceName(reference: PluginReference): string {
  const { name, options } = pluginReference(reference)
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  return [name, ...Object.entries(options).map(([option, value]) => `${option}=${text(value)}`)].join(' ')
}

/** Seeds that one run may have. */
export const mostSeeds = 10_000

/** A name as a part of a file's name. */
export const fileName = (name: string): string => name.replace(/[^\w-]+/g, '-')

const data = z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()) })

/** What the trainer is told. */
const training = z.strictObject({
  epochs: z.int('an integer').min(1, 'at least 1'),
  batchSize: z.int('an integer').min(2, 'at least 2'),
  dropLast: z.boolean('true or false'),
  /** Epochs without a better NMI of the validation rows (`unseen`), or else loss, before the end; all if left out. */
  patience: z.int('an integer').min(1, 'at least 1').optional(),
  /** Plugin of kind `optimizer`. */
  optimizer: reference,
  /** Plugin of kind `schedule`. */
  learningRate: reference,
  /** Plugins of kind `callback`, made anew for each training. */
  callbacks: z.array(reference).default([]),
})

/**
 * What a seed trains first, on the same rows and without labels, by the preset of another pipeline but with its own views
 * and backbone: a method made for a pretrained network then finds one.
 */
const start = z.strictObject({
  pipeline: z.string(),
  preset: z.string(),
  /** In whole epochs and at least ten of them. */
  steps: z.int('an integer').min(1, 'at least 1'),
})

/** What a recipe says of a run, and what the run then keeps: beside the data, k and the seeds. */
const method = {
  /** Name of the pipeline plugin. */
  pipeline: z.string(),
  training,
  /** Options of the pipeline, without `k`. */
  options: z.record(z.string(), z.unknown()),
  /** Name of the label rule that gives the labels that the run reports. */
  labels: z.string(),
  /** Plugins of kind `metric`, whose scores stand beside those that every run has. */
  scores: z
    .array(reference)
    .refine((scores) => new Set(scores.map(referenceName)).size === scores.length, 'each score once')
    .default([]),
  /** Training whose backbone it starts from, if `init` gives none; null starts from random weights. */
  start: start.nullable().default(null),
  /** Share of the classes, the last ones, that a supervised training does not see, and that are clustered; null trains on all. */
  unseen: z.number().gt(0, 'more than 0').lt(1, 'less than 1').nullable().default(null),
  /** With `unseen`: trainings with other options to compare with. */
  beside: z
    .record(z.string().max(100, 'names of at most 100 characters'), z.record(z.string(), z.unknown()))
    .refine(
      (beside) => new Set(Object.keys(beside).map(fileName)).size === Object.keys(beside).length,
      'names that differ in letters or digits, for they name files',
    )
    .default({}),
}

/** How a pipeline is trained. A preset is a recipe with a name. */
export const recipeSchema = z.strictObject({
  /** Name of the preset, such as `digits`. */
  name: z.string(),
  /** One line for `dclust list preset` and the report. */
  description: z.string(),
  /** The rows it is the default for; where a pipeline has none for them its first preset is. */
  for: z.array(z.enum(rowKinds)).optional(),
  /** The data it is for, without their path: `--data NAME:PATH` of the same name keeps these options. */
  data: data.optional(),
  ...method,
})

/** What a run is made of. `config.resolved.json` holds one, and `--set` reaches into it. */
export const runConfigSchema = z.strictObject({
  /** The preset that it began as. */
  preset: z.string(),
  data,
  /** Null takes the number of classes of the data's labels. */
  k: z.int('an integer').min(2, 'at least 2 clusters').nullable(),
  seeds: z
    .array(z.int('an integer').min(0, 'at least 0'))
    .min(1, 'at least one seed')
    .max(mostSeeds, `at most ${mostSeeds} seeds`)
    .refine((seeds) => new Set(seeds).size === seeds.length, 'each seed once'),
  /** Folder of the run whose backbone the training starts from. */
  init: z.string().min(1).nullable().default(null),
  ...method,
})

/** A recipe as presets are written: defaults may be left out. */
export type Recipe = z.input<typeof recipeSchema>
export type RunConfig = z.output<typeof runConfigSchema>

/**
 * The configuration that a recipe begins, of one seed; its data are the digits that come with the package, if it is for no
 * others.
 */
export function configOf({ name, description: _, for: __, data, ...method }: Recipe): RunConfig {
  const digits = { name: 'optdigits', options: {} }
  return parseConfig({ preset: name, data: data ?? digits, k: null, seeds: [0], ...method })
}

/** Checks a configuration. @throws OptionError naming the path */
export function parseConfig(config: unknown): RunConfig {
  return parseOptions(runConfigSchema, config, 'config')
}
