import type { z } from 'zod'
import { checkPlugin } from './check-plugin'
import { parseOptions } from './define-plugin'
import { defined } from './defined'
import { DcError, OptionError, UnknownPluginError } from './errors'
import type { PluginKind } from './kinds'
import type { AnyPlugin, CreateContext, MakeByName, Plugin } from './plugin-form'

/** What `createRegistry` takes: single plugins, or arrays of them such as a package's `plugins`. */
export type PluginPack = AnyPlugin | readonly AnyPlugin[]

type Flatten<Packs extends readonly PluginPack[]> = Packs[number] extends infer Pack
  ? Pack extends readonly (infer P)[]
    ? P
    : Pack
  : never

/** The plugins whose name the compiler knows: one whose name may be any text is made by {@link Registry.make} alone. */
type Known<P> = P extends { name: infer Name extends string } ? (string extends Name ? never : P) : never
type NameOf<P, Kind> = P extends { kind: Kind; name: infer Name extends string } ? Name : never
type Named<P, Kind, Name> = P extends { kind: Kind; name: Name } ? P : never
type OptionsOf<P> = P extends { options: infer Schema extends z.ZodType } ? z.input<Schema> : never
type ProductOf<P> = P extends { create(options: never, context: never): infer Product } ? Product : never
/** Options and context. The options may be left out where every one has a default. */
type Rest<Options> =
  Record<never, never> extends Options
    ? [options?: Options, context?: CreateContext]
    : [options: Options, context?: CreateContext]

/** A closed set of plugins, typed from the record it was made of. */
export interface Registry<P = never> {
  /**
   * Makes a plugin's product. Names, options and product are typed from the record, so that what is not there does not compile.
   * A name known only at run time goes through {@link make}.
   *
   * @throws OptionError for options outside the plugin's schema
   */
  create<Kind extends PluginKind, Name extends NameOf<P, Kind>>(
    kind: Kind,
    name: Name,
    ...rest: Rest<OptionsOf<Named<P, Kind, Name>>>
  ): ProductOf<Named<P, Kind, Name>>
  /** Makes a plugin's product by a name known only at run time, with the kind's interface as result. */
  readonly make: MakeByName
  /** The plugin object itself. */
  get<Kind extends PluginKind>(kind: Kind, name: string): Plugin<Kind>
  has(kind: PluginKind, name: string): boolean
  /** All plugins, in the order given; of one kind; or those whose name matches a pattern with `*`. */
  list(filter?: { kind?: PluginKind; name?: string }): AnyPlugin[]
}

/**
 * The registry of these packs. A function that gives one back says so by this name: written out, the type of many plugins takes
 * compilers a minute.
 */
export type RegistryOf<Packs extends readonly PluginPack[]> = Registry<Known<Flatten<Packs>>>

/**
 * Makes a registry from explicit packs of plugins. There is no global registry and no registration by import.
 *
 * @throws DcError if two plugins share kind and name
 * @example
 * const registry = createRegistry([cpu, wasm])
 * const backend = registry.create('backend', 'cpu', {})
 */
export function createRegistry<const Packs extends readonly PluginPack[]>(packs: Packs): RegistryOf<Packs> {
  const plugins = new Map<string, AnyPlugin>()
  for (const given of packs.flat()) {
    const plugin = checkPlugin(given)
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
  const get = <Kind extends PluginKind>(kind: Kind, name: string): Plugin<Kind> => {
    const plugin = plugins.get(`${kind}:${name}`)
    if (!plugin)
      throw new UnknownPluginError(
        kind,
        name,
        list({ kind }).map((p) => p.name),
      )
    return plugin as Plugin<Kind>
  }
  const make: MakeByName = (kind, name, options = {}, context = {}) => {
    const plugin = get(kind, name)
    return plugin.create(parseOptions(plugin.options, options, `${kind}.${name}`), {
      create: make,
      ...defined(context),
    })
  }
  const has = (kind: PluginKind, name: string) => plugins.has(`${kind}:${name}`)
  return { create: make as RegistryOf<Packs>['create'], make, get, has, list }
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
