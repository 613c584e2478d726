import { type AnyPlugin, accountable, checkPlugin, DcError, printable } from '@dc/core'
import { pluginFile } from './plugin-file'
import { reasonOf } from './run/defined'

/**
 * Loads the plugins that packages, folders of packages, or files export as `plugins`. What goes wrong in them later is told as
 * theirs.
 *
 * @param references package names, resolved from the working folder, or paths of JavaScript modules or of packages
 * @throws DcError if one cannot be loaded, exports no plugins, or one that is not as it must be
 */
export async function loadPlugins(references: readonly string[]): Promise<AnyPlugin[]> {
  const packs = await Promise.all(references.map(loadPack))
  return packs.flat()
}

async function loadPack(reference: string): Promise<AnyPlugin[]> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new DcError(`--plugin ${printable(reference)}${why}`, { reference }, cause)
  }
  let plugins: unknown
  try {
    const module: { plugins?: unknown; default?: { plugins?: unknown } | null } = await import(pluginFile(reference))
    plugins = module.plugins ?? module.default?.plugins
  } catch (error) {
    return refuse(` cannot be loaded: ${printable(firstLine(error), 500)}`, error)
  }
  if (!Array.isArray(plugins)) return refuse(": exports no list 'plugins' of plugins made with definePlugin.")
  if (plugins.length === 0) return refuse(": its list 'plugins' is empty.")
  return plugins.map((plugin: unknown, at) => {
    try {
      // What a compiler would have said of them.
      return accountable(checkPlugin(plugin), reference)
    } catch (error) {
      return refuse(`: plugins[${at}]: ${reasonOf(error)}`, error)
    }
  })
}

function firstLine(error: unknown): string {
  if (DcError.isInstance(error) || !(error instanceof Error)) return reasonOf(error)
  const [line] = error.message.split('\n')
  // A missing file says so by itself; of what a module throws, the kind of error says more.
  return error.name === 'Error' ? line : `${error.name}: ${line}`
}
