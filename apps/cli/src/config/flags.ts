import { InvalidArgumentError } from 'commander'
import type { ConfigFile } from './config-file'

/** Settings that flags give, and variables of the environment too: `--batch-size` is `DCLUST_BATCH_SIZE`. */
export interface Choices {
  data?: string
  labels?: string
  /** Column that names the rows. */
  id?: string
  /** Columns that are no features. */
  ignore?: string[]
  onBadImage?: 'skip' | 'error'
  encoder?: string
  /** Column of texts. */
  text?: string
  k?: number
  epochs?: number
  batchSize?: number
  lr?: number
  seed?: number[]
  seeds?: number
  preset?: string
  init?: string
  start?: string
}

/** What `dclust run` was given. */
export interface RunFlags extends Choices {
  /** What variables of the environment say. */
  environment?: Choices
  /** The path of a configuration file. */
  config?: string
  /** What it says. */
  file?: ConfigFile
  set: string[]
  backend?: string[]
  threads?: number
  out?: string
  resume?: boolean
  /** Shows the run in a browser while it trains. */
  watch?: boolean
  /** File of corrections of the run that `init` names. */
  corrections?: string
  json?: boolean
  dryRun?: boolean
  /** Address of a queue: each seed is trained by a worker. */
  queue?: string
  copyTo?: string
  linkTo?: string
  plugin: string[]
}

/** The preset that was asked for; undefined if what the rows are decides it. */
export const presetOf = ({ preset, environment, file }: RunFlags): string | undefined =>
  preset ?? environment?.preset ?? file?.content.preset

/** The variable of the environment that says the same as a flag: `batch-size` → `DCLUST_BATCH_SIZE`. */
export const variableOf = (flag: string): string => `DCLUST_${flag.toUpperCase().replaceAll('-', '_')}`

/** An integer of at least `low`, and at most `high`. */
export function integer(low: number, high = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < low || value > high)
      throw new InvalidArgumentError(
        `Allowed: an integer ${high === Number.MAX_SAFE_INTEGER && !(value > high) ? `≥ ${low}` : `from ${low} to ${high}`}.`,
      )
    return value
  }
}

/** A number greater than 0. */
export function positive(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('Allowed: a number > 0.')
  return value
}

/** Collects an option that may be repeated. */
export function collect(text: string, before: string[] = []): string[] {
  return [...before, text]
}

/** Collects seeds. */
export function collectSeeds(text: string, before: number[] = []): number[] {
  const seed = integer(0)(text)
  if (before.includes(seed)) throw new InvalidArgumentError('This seed was given before.')
  return [...before, seed]
}

/** Names joined by commas. */
export function names(text: string): string[] {
  const list = text.split(',').map((name) => name.trim())
  if (list.some((name) => name === '')) throw new InvalidArgumentError('Allowed: backend names joined by commas.')
  return list
}

/** What happens to an image that cannot be decoded. */
export function policy(text: string): 'skip' | 'error' {
  if (text !== 'skip' && text !== 'error') throw new InvalidArgumentError('Allowed: skip, error.')
  return text
}
