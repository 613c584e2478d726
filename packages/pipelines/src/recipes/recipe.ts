import { type PluginReference, parseOptions, pluginReference } from '@dc/core'
import { z } from 'zod'
import { rowKinds } from './row-kind'

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

/** A name as a part of a file's name. */
export const fileName = (name: string): string => name.replace(/[^\w-]+/g, '-')

/** A data set by name. */
export const dataFields = z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()) })

/** What the trainer is told. */
export const trainingFields = z.strictObject({
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
  /** Exactly so many epochs, whatever `steps` says. */
  epochs: z.int('an integer').min(1, 'at least 1').optional(),
})

/** What a recipe says of a training, and what the training then keeps: beside the data, k and the seeds. */
export const methodFields = {
  /** Name of the pipeline plugin. */
  pipeline: z.string(),
  /** Null for a method without training steps, such as k-means. */
  training: trainingFields.nullable(),
  /** Options of the pipeline, without `k`. */
  options: z.record(z.string(), z.unknown()),
  /** Name of the label rule that gives the labels that are reported. */
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
  data: dataFields.optional(),
  /**
   * Training steps, from so many to so many: with few rows there are more epochs than `training` says, with many fewer, two at
   * least.
   */
  steps: z.strictObject({ least: z.int().min(1), most: z.int().min(1) }).optional(),
  ...methodFields,
})

const methodSchema = z.strictObject({
  /** The preset that it began as. */
  preset: z.string(),
  ...methodFields,
})

/** A recipe as presets are written: defaults may be left out. */
export type Recipe = z.input<typeof recipeSchema>

/** A recipe with training steps. */
export type TrainedRecipe = Recipe & { readonly training: NonNullable<Recipe['training']> }

/** A recipe with all its values, as a training goes by it. */
export type Method = z.output<typeof methodSchema>
/** What the trainer is told. */
export type TrainingSettings = z.output<typeof trainingFields>

/** A recipe with its defaults filled in. @throws OptionError naming the value that cannot be */
export function methodOf({ name, description: _, for: __, data: ___, steps: ____, ...method }: Recipe): Method {
  return parseOptions(methodSchema, { preset: name, ...method }, 'recipe')
}
