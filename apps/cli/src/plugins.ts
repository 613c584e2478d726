import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type AnyPlugin, checkPlugin, DcError, printable } from '@dc/core'
import { reasonOf } from './run/defined'

/**
 * Loads the plugins that packages or files export as `plugins`.
 *
 * @param references package names, resolved from the working folder, or paths of JavaScript modules
 * @throws DcError if one cannot be loaded, or exports no plugins
 */
export async function loadPlugins(references: readonly string[]): Promise<AnyPlugin[]> {
  const packs = await Promise.all(references.map(loadPack))
  return packs.flat()
}

async function loadPack(reference: string): Promise<AnyPlugin[]> {
  let module: { plugins?: unknown; default?: { plugins?: unknown } }
  try {
    module = await import(locate(reference))
  } catch (error) {
    const why = (error as Error).message.split('\n')[0]
    throw new DcError(`--plugin ${printable(reference)} cannot be loaded: ${printable(why, 500)}`, { reference }, error)
  }
  const plugins = module.plugins ?? module.default?.plugins
  if (!Array.isArray(plugins) || plugins.length === 0 || !plugins.every(isPlugin))
    throw new DcError(
      `--plugin ${printable(reference)} exports no array 'plugins' of plugins made with definePlugin.`,
      {
        reference,
      },
    )
  try {
    // What a compiler would have said of them.
    return plugins.map(checkPlugin)
  } catch (error) {
    throw new DcError(`--plugin ${printable(reference)}: ${reasonOf(error)}`, { reference }, error)
  }
}

/** A file if there is one, else a package as the working folder sees it. */
function locate(reference: string): string {
  const path = resolve(reference)
  if (isAbsolute(reference) || reference.startsWith('.') || existsSync(path)) return pathToFileURL(path).href
  return pathToFileURL(createRequire(resolve('package.json')).resolve(reference)).href
}

function isPlugin(value: unknown): value is AnyPlugin {
  const { kind, name, options, create } = (value ?? {}) as Partial<AnyPlugin>
  const hasSchema = typeof options?.safeParse === 'function'
  return typeof kind === 'string' && typeof name === 'string' && hasSchema && typeof create === 'function'
}
