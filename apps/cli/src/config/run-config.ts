import { parseOptions } from '@dc/core'
import { z } from 'zod'

const reference = z.union([
  z.string(),
  z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()).default({}) }),
])

/** Seeds that one run may have. */
export const mostSeeds = 10_000

/** A name as a part of a file's name. */
export const fileName = (name: string): string => name.replace(/[^\w-]+/g, '-')

/** What a run is made of. `config.resolved.json` holds one, and `--set` reaches into it. */
export const runConfigSchema = z.strictObject({
  pipeline: z.string(),
  /** The preset that it began as. */
  preset: z.string(),
  data: z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()) }),
  /** Null takes the number of classes of the data's labels. */
  k: z.int('an integer').min(2, 'at least 2 clusters').nullable(),
  seeds: z
    .array(z.int('an integer').min(0, 'at least 0'))
    .min(1, 'at least one seed')
    .max(mostSeeds, `at most ${mostSeeds} seeds`)
    .refine((seeds) => new Set(seeds).size === seeds.length, 'each seed once'),
  training: z.strictObject({
    epochs: z.int('an integer').min(1, 'at least 1'),
    batchSize: z.int('an integer').min(2, 'at least 2'),
    dropLast: z.boolean('true or false'),
    /** Epochs without a better NMI of the validation rows (`unseen`), or else loss, before the end; all if left out. */
    patience: z.int('an integer').min(1, 'at least 1').optional(),
    optimizer: reference,
    learningRate: reference,
  }),
  /** Folder of the run whose backbone the training starts from. */
  init: z.string().min(1).nullable().default(null),
  /** Training whose backbone it starts from, if `init` gives none; null starts from random weights. */
  start: z
    .strictObject({ pipeline: z.string(), preset: z.string(), steps: z.int('an integer').min(1, 'at least 1') })
    .nullable()
    .default(null),
  /** Options of the pipeline, without `k`. */
  options: z.record(z.string(), z.unknown()),
  /** Name of the label rule. */
  labels: z.string(),
  /** Share of the classes that a supervised training does not see, and that are clustered; null trains on all. */
  unseen: z.number().gt(0, 'more than 0').lt(1, 'less than 1').nullable().default(null),
  /** With `unseen`: trainings with other options to compare with. */
  beside: z
    .record(z.string().max(100, 'names of at most 100 characters'), z.record(z.string(), z.unknown()))
    .refine(
      (beside) => new Set(Object.keys(beside).map(fileName)).size === Object.keys(beside).length,
      'names that differ in letters or digits, for they name files',
    )
    .default({}),
})

export type RunConfig = z.output<typeof runConfigSchema>

/** Checks a configuration. @throws OptionError naming the path */
export function parseConfig(config: unknown): RunConfig {
  return parseOptions(runConfigSchema, config, 'config')
}
