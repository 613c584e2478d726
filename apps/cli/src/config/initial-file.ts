import { type PluginReference, pluginReference, type Registry } from '@dc/core'
import { defaultPreset, findPreset } from '@dc/pipelines'
import { stringify } from 'yaml'
import { completeConfig } from './complete'
import { type OptionRow, optionRows } from './option-rows'
import { describedRows } from './resolve'
import { configOf, type RunConfig } from './run-config'

/**
 * A configuration file for a start: what most people set, and every other setting as a comment with its value, what it may be
 * and what it is.
 *
 * @throws UnknownPluginError, OptionError for a pipeline or preset that there is not
 */
export async function initialFile(pipeline: string, preset: string | undefined, registry: Registry): Promise<string> {
  registry.get('pipeline', pipeline)
  // The rows of the data that the file names.
  const rows = await describedRows({ set: [], plugin: [] }, registry)
  const recipe = findPreset(pipeline, preset ?? defaultPreset(pipeline, rows))
  const config = completeConfig(configOf(recipe), registry)
  const { training, options } = config
  return [
    '# A configuration of dclust, in YAML 1.2. Flags, --set and DCLUST_ variables go before it; the preset comes after it.',
    '# What stands behind # is as the preset or the defaults have it: take the # away to change it.',
    '# dclust run --config FILE --dry-run shows every value with its origin; dclust schema says what may stand here.',
    '',
    `pipeline: ${pipeline}`,
    `# ${preset === undefined ? 'By default the one for such rows; see' : 'See'} dclust list preset.`,
    `${preset === undefined ? '# ' : ''}preset: ${recipe.name}`,
    '',
    '# A file, a folder of images, or a name of dclust list dataset. Paths are as seen from the working folder.',
    '# With options: { name: csv, options: { path: points.csv, label: species, standardize: true } }',
    typeof recipe.data === 'object' ? blockOf('data', config.data) : 'data: optdigits',
    '# Clusters; by default the number of classes, if there are labels.',
    '# k: 10',
    'seeds: [0]',
    ...commented('training', training ?? {}, {
      epochs: 'passes over the data',
      batchSize: 'rows per step',
      dropLast: 'leaves out the last rows of an epoch that fill no batch',
      optimizer: 'see dclust list optimizer',
      learningRate: 'see dclust list schedule',
      callbacks: 'see dclust list callback',
      patience: 'epochs without a better score before the end',
    }),
    '',
    ...commented(
      'options',
      options,
      Object.fromEntries((optionRows('pipeline', pipeline, registry) ?? []).map((row) => [row.path, wordsOf(row)])),
    ),
    '',
    '# How the reported labels are made; see dclust list label-rule.',
    `# labels: ${config.labels}`,
    '# More scores; see dclust list metric.',
    `# scores: ${JSON.stringify(config.scores)}`,
    '# A training whose backbone it starts from, and the run folder of an earlier one.',
    ...lines(blockOf('start', config.start)).map((line) => `# ${line}`),
    '# init: null',
    '# The share of the classes that a supervised training does not see.',
    `# unseen: ${config.unseen}`,
    '# Trainings with other options to compare with.',
    ...lines(blockOf('beside', config.beside)).map((line) => `# ${line}`),
    '',
  ].join('\n')
}

/** A mapping as a comment, a sentence about each member before it. */
function commented(name: string, members: Record<string, unknown>, about: Record<string, string>): string[] {
  const write = (value: Record<string, unknown>, path: string, indent: string): string[] =>
    Object.entries(value).flatMap(([key, member]) => {
      const own = path === '' ? key : `${path}.${key}`
      const words = about[own] ? [`# ${indent}# ${about[own]}`] : []
      if (isPart(member)) {
        const { name: called, options } = pluginReference(member)
        const head = [`# ${indent}${key}:`, `# ${indent}  name: ${called}`]
        const inner = write(options, `${own}.options`, `${indent}    `)
        return [...words, ...head, ...(inner.length > 0 ? [`# ${indent}  options:`, ...inner] : [])]
      }
      return [...words, `# ${indent}${key}: ${JSON.stringify(member)}`]
    })
  const inner = write(members, '', '  ')
  return inner.length > 0 ? ['', `# ${name}:`, ...inner] : []
}

const isPart = (value: unknown): value is Exclude<PluginReference, string> =>
  typeof value === 'object' && value !== null && 'name' in value && 'options' in value

const wordsOf = ({ allowed, description }: OptionRow) =>
  [description, allowed]
    .filter((text) => text !== '')
    .join('; ')
    .replace(/\s+/g, ' ')

const blockOf = (name: string, value: RunConfig['data' | 'start' | 'beside']) => stringify({ [name]: value }).trimEnd()
const lines = (text: string) => text.split('\n')
