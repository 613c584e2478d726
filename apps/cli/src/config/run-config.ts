import { parseOptions } from '@dc/core'
import { dataFields, methodFields, type Recipe } from '@dc/pipelines'
import { z } from 'zod'
import { mostSeeds } from './most-seeds'

/** What a run is made of. `config.resolved.json` holds one, and `--set` reaches into it. */
export const runConfigSchema = z.strictObject({
  /** The preset that it began as. */
  preset: z.string(),
  data: dataFields,
  /** What sees pictures or texts first, so that the method learns from features; null leaves rows as they are. */
  encoder: dataFields.nullable().default(null),
  /** Null takes the number of classes of the data's labels. */
  k: z.int('an integer').min(2, 'at least 2 clusters').nullable(),
  seeds: z
    .array(z.int('an integer').min(0, 'at least 0'))
    .min(1, 'at least one seed')
    .max(mostSeeds, `at most ${mostSeeds} seeds`)
    .refine((seeds) => new Set(seeds).size === seeds.length, 'each seed once'),
  /** Folder of the run whose backbone the training starts from. */
  init: z.string().min(1).nullable().default(null),
  /** File of the corrections that it goes by; what it said is kept in the run's folder. */
  corrections: z.string().min(1).nullable().default(null),
  ...methodFields,
})

export type RunConfig = z.output<typeof runConfigSchema>

/**
 * The configuration that a recipe begins, of one seed; its data are the digits that come with the package, if it is for no
 * others.
 */
export function configOf({ name, description: _, for: __, steps: ___, data, ...method }: Recipe): RunConfig {
  const digits = { name: 'optdigits', options: {} }
  return parseConfig({ preset: name, data: data ?? digits, k: null, seeds: [0], ...method })
}

/** Checks a configuration. @throws OptionError naming the path */
export function parseConfig(config: unknown): RunConfig {
  return parseOptions(runConfigSchema, config, 'config')
}
