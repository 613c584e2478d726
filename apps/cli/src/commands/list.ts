import { OptionError } from '@dc/core'
import { labelRules, presets } from '@dc/pipelines'
import { assemble } from '../assembly'
import { loadPlugins } from '../plugins'
import type { Terminal } from '../terminal/output'
import { table } from '../terminal/table'
import { jsonText } from '../terminal/text'

/** `dclust list [KIND]`: everything that can be called by name. */
export async function list(
  kind: string | undefined,
  flags: { json?: boolean; plugin: string[] },
  { stdout }: Terminal,
): Promise<number> {
  const entries = [
    ...assemble(await loadPlugins(flags.plugin)).list(),
    ...presets.map((preset) => ({ ...preset, kind: 'preset', name: `${preset.pipeline} --preset ${preset.name}` })),
    ...labelRules.map((rule) => ({ ...rule, kind: 'label-rule' })),
  ].map((entry) => ({ kind: entry.kind as string, name: entry.name, description: entry.description ?? '' }))
  const kinds = [...new Set(entries.map((entry) => entry.kind))]
  if (kind !== undefined && !kinds.includes(kind)) throw new OptionError('kind', kind, kinds.join(', '))
  const chosen = entries.filter((entry) => kind === undefined || entry.kind === kind)
  if (flags.json) stdout.write(`${jsonText(chosen)}\n`)
  else {
    const rows = chosen.map(({ kind, name, description }) => [kind, name, description])
    stdout.write(`${table(['kind', 'name', 'what'], rows)}\n`)
  }
  return 0
}
