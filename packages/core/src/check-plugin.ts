import { OptionError } from './errors'
import type { PluginKind } from './kinds'
import type { AnyPlugin, PipelineTraits, Plugin } from './plugin-form'
import { quoted } from './text'

const kinds = Object.keys({
  backend: true,
  dataset: true,
  encoder: true,
  augmentation: true,
  backbone: true,
  head: true,
  affinity: true,
  assigner: true,
  loss: true,
  optimizer: true,
  schedule: true,
  metric: true,
  callback: true,
  pipeline: true,
} satisfies Record<PluginKind, true>)

const traitNames = Object.keys({
  supervised: true,
  classical: true,
  findsClusters: true,
  takesCorrections: true,
} satisfies Record<keyof PipelineTraits, true>)

const lowerCaseWords = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** What each member of a plugin must be: what is allowed, and whether a value is. */
const members: Record<keyof Plugin, readonly [allowed: string, fits: (value: unknown, kind: unknown) => boolean]> = {
  kind: [kinds.join(', '), (value) => kinds.includes(value as string)],
  name: ['lower-case words joined by hyphens', (value) => typeof value === 'string' && lowerCaseWords.test(value)],
  apiVersion: ['1, which this @dc/core speaks', (value) => value === 1],
  description: ['text, or nothing', optional((value) => typeof value === 'string')],
  traits: ['an object, or nothing', optional(isObject)],
  metadata: ['an object, or nothing', optional(isObject)],
  options: [
    'a zod schema, such as z.strictObject({})',
    (value) => isObject(value) && typeof value.safeParse === 'function',
  ],
  describe: [
    'a function, of data sets alone, or nothing',
    (value, kind) => value === undefined || (kind === 'dataset' && typeof value === 'function'),
  ],
  create: ['a function of options and context', (value) => typeof value === 'function'],
}

/**
 * Checks the form of a plugin that no compiler has seen. What is misspelt would otherwise be taken for absent.
 *
 * @returns the same object
 * @throws OptionError naming the plugin, the member, what it is and what is allowed
 * @example
 * const { plugins }: { plugins: unknown[] } = await import('./their-plugins.js' as string)
 * const registry = createRegistry([plugins.map(checkPlugin)])
 */
export function checkPlugin(value: unknown): AnyPlugin {
  if (!isObject(value)) throw new OptionError('plugin', value, 'an object made with definePlugin')
  const { kind, name, traits } = value
  const owner = typeof name === 'string' ? `plugin ${quoted(name)}` : 'plugin'
  const refuse = (path: string, given: unknown, allowed: string): never => {
    throw new OptionError(`${owner}, ${path}`, given, allowed)
  }
  for (const [member, [allowed, fits]] of Object.entries(members))
    if (!fits(value[member], kind)) refuse(member, value[member], allowed)
  for (const member of Object.keys(value))
    if (!Object.hasOwn(members, member)) refuse(member, value[member], `the members ${Object.keys(members).join(', ')}`)
  for (const [trait, given] of Object.entries(traits ?? {})) {
    if (kind === 'pipeline' && traitNames.includes(trait) && (given === undefined || typeof given === 'boolean'))
      continue
    refuse(`traits.${trait}`, given, `${traitNames.join(', ')}, true or false, of pipelines`)
  }
  if (isObject(traits) && traits.findsClusters === true && traits.classical !== true)
    refuse('traits.findsClusters', true, 'true with classical: true alone')
  return value as unknown as AnyPlugin
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function optional(fits: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || fits(value)
}
