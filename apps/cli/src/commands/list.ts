import { OptionError, type PluginKind, printable, type Registry, UnknownPluginError } from '@dc/core'
import { labelRules, presets } from '@dc/pipelines'
import { assemble } from '../assembly'
import { optionRows } from '../config/option-rows'
import { loadPlugins } from '../plugins'
import type { Terminal } from '../terminal/output'
import { table } from '../terminal/table'
import { jsonText } from '../terminal/text'

interface Entry {
  readonly kind: string
  readonly name: string
  readonly description: string
}

/** `dclust list [KIND [NAME]]`: everything that can be called by name; of one of them, its options. */
export async function list(
  kind: string | undefined,
  name: string | undefined,
  flags: { json?: boolean; plugin: string[] },
  terminal: Terminal,
): Promise<number> {
  const { stdout } = terminal
  const registry = assemble(await loadPlugins(flags.plugin))
  const entries: Entry[] = [
    ...registry.list(),
    ...presets.map((preset) => ({ ...preset, kind: 'preset', name: `${preset.pipeline} --preset ${preset.name}` })),
    ...labelRules.map((rule) => ({ ...rule, kind: 'label-rule' })),
  ].map((entry) => ({ kind: entry.kind as string, name: entry.name, description: entry.description ?? '' }))
  const kinds = [...new Set(entries.map((entry) => entry.kind))]
  if (kind !== undefined && !kinds.includes(kind)) throw new OptionError('kind', kind, kinds.join(', '))
  const chosen = entries.filter((entry) => kind === undefined || entry.kind === kind)
  if (kind !== undefined && name !== undefined) return listOptions(kind, name, chosen, registry, flags, terminal)
  if (flags.json) stdout.write(`${jsonText(chosen)}\n`)
  else {
    const rows = chosen.map(({ kind, name, description }) => [kind, name, description])
    stdout.write(`${table(['kind', 'name', 'what'], rows)}\n`)
  }
  return 0
}

function listOptions(
  kind: string,
  name: string,
  entries: readonly Entry[],
  registry: Registry,
  { json }: { json?: boolean },
  { stdout }: Terminal,
): number {
  if (kind === 'preset' || kind === 'label-rule') return listNamed(kind, name, entries, json === true, stdout)
  const { description = '' } = registry.get(kind as PluginKind, name)
  const options = optionRows(kind as PluginKind, name, registry)
  if (json) {
    stdout.write(`${jsonText({ kind, name, description, options })}\n`)
    return 0
  }
  const rows = (options ?? []).map((option) => [
    option.path,
    defaultOf(option),
    [option.allowed, option.description].filter((text) => text !== '').join('; '),
  ])
  const none = options === null ? 'Its schema is not one of zod, and cannot be shown.' : 'It has no options.'
  const shown = rows.length > 0 ? table(['option', 'default', 'allowed; what it is'], rows) : none
  stdout.write(`${printable(`${kind} ${name}: ${description}`, 500)}\n\n${shown}\n`)
  return 0
}

function defaultOf({ default: value, required }: { default?: unknown; required: boolean }): string {
  if (value === undefined) return required ? 'required' : '–'
  return typeof value === 'string' ? value : printable(JSON.stringify(value), 60)
}

/** A preset, by its name or by that of a pipeline before it; a label rule. */
function listNamed(
  kind: string,
  name: string,
  entries: readonly Entry[],
  json: boolean,
  stdout: Terminal['stdout'],
): number {
  const whole =
    kind === 'preset'
      ? presets.filter((preset) => [preset.name, `${preset.pipeline} --preset ${preset.name}`].includes(name))
      : labelRules.filter((rule) => rule.name === name).map(({ name, description }) => ({ name, description }))
  if (whole.length === 0)
    throw new UnknownPluginError(
      kind,
      name,
      kind === 'preset' ? [...new Set(presets.map((preset) => preset.name))] : entries.map((entry) => entry.name),
    )
  stdout.write(`${jsonText(json ? whole : whole.length === 1 ? whole[0] : whole, 2)}\n`)
  return 0
}
