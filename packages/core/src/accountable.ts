import { defined } from './defined'
import { DcError, InterruptedError, NotCompilableError, OptionError, PluginError } from './errors'
import type { AnyPlugin } from './plugin-form'
import { type Form, productForm } from './product-forms'
import { printable, quoted } from './text'

/** Parts of a product that have methods of their own. */
const partsOfProducts: readonly PropertyKey[] = ['model', 'decoder']

/**
 * The same plugin from elsewhere, whose faults are told as its own. What it throws when it makes its product, or later in a
 * method of the product, names the plugin and where it comes from; so does a product, or a result of a method, that is not
 * what its kind must give. Interruptions pass as they are, and so does what a step does that cannot be compiled.
 *
 * @param from where the plugin comes from, as its user named it: a file, a package
 * @example
 * const { plugins }: { plugins: unknown[] } = await import('./their-plugins.js' as string)
 * const registry = createRegistry([plugins.map((plugin) => accountable(checkPlugin(plugin), './their-plugins.js'))])
 */
export function accountable(plugin: AnyPlugin, from: string): AnyPlugin {
  const owner = `plugin ${quoted(plugin.name)} (${printable(from, 200)})`
  const { members, results } = productForm(plugin)
  const product = (made: unknown) => {
    demand('what create gives', made, { allowed: `a ${plugin.kind}`, fits: isObject })
    for (const [name, form] of Object.entries(members))
      demand(`${name} of the ${plugin.kind}`, memberOf(made, name), form)
    return mirrored(made as object, results)
  }
  const demand = (what: string, value: unknown, { allowed, fits }: Form) => {
    if (!fits(value)) throw told(new OptionError(what, value, allowed), owner)
  }
  const memberOf = (of: unknown, name: PropertyKey) => attempt(() => (of as Record<PropertyKey, unknown>)[name])
  /** @param then what is made of the value, once it is there */
  const attempt = (run: () => unknown, then: (value: unknown) => unknown = (value) => value): unknown => {
    let value: unknown
    try {
      value = run()
    } catch (error) {
      throw told(error, owner)
    }
    if (!(value instanceof Promise)) return then(value)
    return value.then(then, (error) => {
      throw told(error, owner)
    })
  }
  /** An object that looks like the target, and whose methods are the target's, watched over. */
  const mirrored = (target: object, forms: Readonly<Record<string, Form>>): object => {
    const mirror = Object.create(Object.getPrototypeOf(target))
    for (const name of namesOf(target))
      Object.defineProperty(mirror, name, {
        configurable: true,
        enumerable: true,
        get: () => member(target, name, forms),
        set: (value) => attempt(() => Reflect.set(target, name, value)),
      })
    return mirror
  }
  const member = (target: object, name: PropertyKey, forms: Readonly<Record<string, Form>>): unknown => {
    const value = memberOf(target, name)
    if (partsOfProducts.includes(name) && isObject(value)) return mirrored(value, {})
    if (typeof value !== 'function') return value
    return (...given: unknown[]) =>
      attempt(
        () => Reflect.apply(value, target, given),
        (result) => {
          if (typeof name === 'string' && Object.hasOwn(forms, name)) demand(`what ${name} gives`, result, forms[name])
          return result
        },
      )
  }
  // One by one: a plugin may be made by a class.
  const { kind, name, apiVersion, description, traits, metadata, options, describe } = plugin
  const facts = defined({ kind, name, apiVersion, description, traits, metadata, options })
  return Object.freeze({
    ...facts,
    create: (...given: Parameters<typeof plugin.create>) => attempt(() => plugin.create(...given), product),
    ...(describe && { describe: (given: unknown) => attempt(() => Reflect.apply(describe, plugin, [given])) }),
  }) as AnyPlugin
}

/** Errors that have been told as a plugin's: one plugin may call another. */
const attributed = new WeakSet<object>()

function told(error: unknown, owner: string): unknown {
  if (InterruptedError.isInstance(error) || NotCompilableError.isInstance(error)) return error
  if (PluginError.isInstance(error) || (isObject(error) && attributed.has(error))) return error
  if (!DcError.isInstance(error)) return new PluginError(owner, error)
  // Of the class that it was: programs decide by it.
  error.message = `${owner}: ${error.message}`
  attributed.add(error)
  return error
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** Names of all members, those of classes too. */
function namesOf(target: object): Set<PropertyKey> {
  const names = new Set<PropertyKey>()
  for (let at = target; at && at !== Object.prototype && at !== Function.prototype; at = Object.getPrototypeOf(at))
    for (const name of Reflect.ownKeys(at)) names.add(name)
  names.delete('constructor')
  return names
}
