// Tables of what can be called by name, from the schemas that check it: what `dclust list` shows.
import { presets, type Recipe } from '@dc/pipelines'
import { dclustJson } from './dclust'

interface Entry {
  readonly kind: string
  readonly name: string
  readonly description: string
}

interface Option {
  readonly path: string
  readonly allowed: string
  readonly default?: unknown
  readonly required: boolean
  readonly description: string
}

/** A cell of a table. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ')
const code = (value: unknown) =>
  `\`${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('|', '\\|')}\``

const rows = (head: readonly string[], body: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...body].map((line) => `| ${line.join(' | ')} |`).join('\n')

/** The options of a plugin and of the parts that it has by default. */
export async function optionsTable(kind: string, name: string): Promise<string> {
  const { options } = await dclustJson<{ options: Option[] | null }>('list', kind, name)
  if (!options?.length) return 'No options.'
  const body = options.map((option) => [
    code(option.path),
    option.default === undefined ? (option.required ? 'required' : '–') : code(option.default),
    cell(option.allowed),
    cell(option.description),
  ])
  return rows(['option', 'default', 'allowed', 'what it is'], body)
}

/** The recipes of a pipeline, or all. */
export function presetsTable(pipeline?: string): string {
  const chosen = presets.filter((preset) => pipeline === undefined || preset.pipeline === pipeline)
  const body = chosen.map((preset) => [
    ...(pipeline === undefined ? [code(preset.pipeline)] : []),
    code(preset.name),
    cell(preset.for?.join(', ') ?? '–'),
    cell(trainingOf(preset)),
    code(preset.labels),
    cell(preset.description),
  ])
  return rows(
    [...(pipeline === undefined ? ['pipeline'] : []), 'preset', 'default for', 'training', 'labels by', 'what it is'],
    body,
  )
}

function trainingOf({ training, start }: Recipe): string {
  if (training === null) return 'none'
  const first = start ? `after ${start.pipeline}, ` : ''
  return `${first}${training.epochs} epochs, batches of ${training.batchSize}`
}

/** A page for each kind of plugin, by its path on the site. */
export async function optionPages(): Promise<Map<string, string>> {
  const entries = await dclustJson<Entry[]>('list')
  const kinds = [...new Set(entries.map(({ kind }) => kind))].filter((kind) => !['preset', 'label-rule'].includes(kind))
  const pages = new Map<string, string>()
  for (const kind of kinds) {
    const own = entries.filter((entry) => entry.kind === kind)
    const parts = [`# Options: ${kind}`, `What \`dclust list ${kind}\` shows, from the schemas that check options.`]
    for (const { name, description } of own)
      parts.push(`## \`${name}\``, cell(description), await optionsTable(kind, name))
    pages.set(`reference/options/${kind}.md`, parts.join('\n\n'))
  }
  const rules = entries
    .filter(({ kind }) => kind === 'label-rule')
    .map(({ name, description }) => [code(name), cell(description)])
  pages.set(
    'reference/presets.md',
    [
      '# Presets and label rules',
      'A preset is everything beside data, k and seed. What `dclust list preset NAME` shows is all of one.',
      presetsTable(),
      '## Label rules',
      'How labels are made of what a training learned: `--set labels=NAME`, or `labels` of a recipe.',
      rows(['rule', 'what it is'], rules),
    ].join('\n\n'),
  )
  return pages
}
