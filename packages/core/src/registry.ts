import type { z } from 'zod'
import { type AnyPlugin, type CreateContext, type Plugin, parseOptions } from './define-plugin'
import { defined } from './defined'
import { DcError, OptionError, UnknownPluginError } from './errors'
import type { PluginKind, PluginProducts } from './kinds'

/** What `createRegistry` takes: single plugins, or arrays of them such as a package's `plugins`. */
export type PluginPack = AnyPlugin | readonly AnyPlugin[]

type Flatten<Packs extends readonly PluginPack[]> = Packs[number] extends infer Pack
  ? Pack extends readonly (infer P)[]
    ? P
    : Pack
  : never

type OfKind<P, Kind> = P extends { kind: Kind } ? P : never
type NameOf<P> = P extends { name: infer Name extends string } ? Name : never
type Named<P, Name> = P extends { name: Name } ? P : never
type OptionsOf<P> = P extends Plugin<infer _Kind, infer _Name, infer Schema, infer _Product> ? z.input<Schema> : never
type ProductOf<P, Kind extends PluginKind> =
  P extends Plugin<infer _Kind, infer _Name, infer _Schema, infer Product> ? Product : PluginProducts[Kind]

/** A closed set of plugins, typed from the record it was made of. */
export interface Registry<P = AnyPlugin> {
  /**
   * Makes a plugin's product. Names and options are typed from the record; a name known only at run time (from a
   * config file) is accepted as a plain string, with the kind's interface as result.
   *
   * @throws UnknownPluginError for a name that is not registered
   * @throws OptionError for options outside the plugin's schema
   */
  create<Kind extends PluginKind, Name extends NameOf<OfKind<P, Kind>>>(
    kind: Kind,
    name: Name,
    options?: OptionsOf<Named<OfKind<P, Kind>, Name>>,
    context?: CreateContext,
  ): ProductOf<Named<OfKind<P, Kind>, Name>, Kind>
  create<Kind extends PluginKind>(
    kind: Kind,
    name: string & {},
    options?: unknown,
    context?: CreateContext,
  ): PluginProducts[Kind]
  /** The plugin object itself. */
  get<Kind extends PluginKind>(kind: Kind, name: string): AnyPlugin
  has(kind: PluginKind, name: string): boolean
  /** All plugins, in the order given; of one kind; or those whose name matches a pattern with `*`. */
  list(filter?: { kind?: PluginKind; name?: string }): AnyPlugin[]
}

/**
 * Makes a registry from explicit packs of plugins. There is no global registry and no registration by import.
 *
 * @throws DcError if two plugins share kind and name
 * @example
 * const registry = createRegistry([cpu, wasm])
 * const backend = registry.create('backend', 'cpu', {})
 */
export function createRegistry<const Packs extends readonly PluginPack[]>(packs: Packs): Registry<Flatten<Packs>> {
  const plugins = new Map<string, AnyPlugin>()
  for (const plugin of packs.flat() as AnyPlugin[]) {
    const key = `${plugin.kind}:${plugin.name}`
    if (plugins.has(key))
      throw new DcError(
        `Two plugins are called '${plugin.name}' (kind ${plugin.kind}). Names are unique within a kind.`,
        {
          kind: plugin.kind,
          name: plugin.name,
        },
      )
    plugins.set(key, plugin)
  }
  const list: Registry['list'] = ({ kind, name } = {}) => {
    const pattern = name === undefined ? undefined : new RegExp(`^${name.split('*').map(escapePattern).join('.*')}$`)
    return [...plugins.values()].filter((p) => (!kind || p.kind === kind) && (!pattern || pattern.test(p.name)))
  }
  const get = (kind: PluginKind, name: string): AnyPlugin => {
    const plugin = plugins.get(`${kind}:${name}`)
    if (!plugin)
      throw new UnknownPluginError(
        kind,
        name,
        list({ kind }).map((p) => p.name),
      )
    return plugin
  }
  const create = (kind: PluginKind, name: string, options: unknown = {}, context: CreateContext = {}): unknown => {
    const plugin = get(kind, name)
    return plugin.create(parseOptions(plugin.options, options, `${kind}.${name}`), { create, ...defined(context) })
  }
  return { create, get, list, has: (kind, name) => plugins.has(`${kind}:${name}`) } as Registry<Flatten<Packs>>
}

function escapePattern(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
}

/** A plugin reference in a config file: a name, or a name with options. */
export type PluginReference = string | { name: string; options?: Record<string, unknown> }

/** Splits a plugin reference into name and options. */
export function pluginReference(
  reference: PluginReference,
  path = 'plugin',
): { name: string; options: Record<string, unknown> } {
  if (typeof reference === 'string') return { name: reference, options: {} }
  if (typeof reference?.name !== 'string') throw new OptionError(path, reference, 'a plugin name, or { name, options }')
  return { name: reference.name, options: reference.options ?? {} }
}
