import { type BackendChoice, printable, type Registry } from '@dc/core'
import { completeConfig } from '../config/complete'
import type { RunFlags } from '../config/flags'
import { originsOf } from '../config/origins'
import type { RunConfig } from '../config/run-config'
import { typedSettings } from '../config/typed'
import { strangers } from '../program/environment'
import { createNarrator } from '../terminal/narrator'
import type { Terminal } from '../terminal/output'
import { table } from '../terminal/table'
import { jsonText } from '../terminal/text'

/** A run that is only looked at. */
export interface DryRun {
  readonly config: RunConfig
  /** The configuration before it was made to fit the data. */
  readonly asked: RunConfig
  readonly notes: readonly string[]
  readonly flags: RunFlags
  readonly registry: Registry
  readonly out: string
  readonly backend: BackendChoice
  /** Whether the configuration is that of an earlier run. */
  readonly kept: boolean
}

/**
 * Says what would run, and does nothing. On stdout the configuration, which `--config` reads again; on stderr every value
 * with its origin. With `--json` both are one object on stdout.
 */
export function dryRun(
  { config, asked, notes, flags, registry, out, backend, kept }: DryRun,
  { stdout, stderr }: Terminal,
): number {
  const { note } = createNarrator(stderr)
  for (const line of notes) note(line)
  for (const name of strangers()) note(`${name} is no setting of dclust and is passed over`)
  const whole = completeConfig(config, registry)
  const values = kept
    ? originsOf(whole, config, config, { source: () => 'the run' })
    : originsOf(whole, asked, config, typedSettings(flags))
  note(`Nothing is run or written. Folder: ${printable(out, 500)}. Backends:\n${backend.explain()}`)
  if (flags.json) {
    const origins = Object.fromEntries(values.map(({ path, origin }) => [path, origin]))
    stdout.write(`${jsonText({ config: whole, origins, out, backend: backend.name }, 2)}\n`)
    return 0
  }
  const rows = values.map(({ path, value, origin }) => [path, printable(JSON.stringify(value), 60), origin])
  note(table(['setting', 'value', 'from'], rows))
  stdout.write(`${jsonText(whole, 2)}\n`)
  return 0
}
