import { DcError } from './errors'

interface NodeProcess {
  getBuiltinModule?(name: string): unknown
}

/**
 * A module of Node, asked for when it is used. Nothing is imported at load, so that a bundler for pages finds nothing of Node.
 *
 * @param name such as `node:fs`
 * @param neededFor what cannot be done without it, as the beginning of a sentence
 * @throws DcError in a page, a worker of a page, or a Node before 20.16
 * @example
 * const { readFileSync } = nodeModule<typeof import('node:fs')>('node:fs', 'Reading weights from a file')
 */
export function nodeModule<Module>(name: string, neededFor: string): Module {
  const found = builtIn(name)
  if (found === undefined)
    throw new DcError(`${neededFor} needs Node.js 20.16 or newer (its module '${name}'); there is none here.`, { name })
  return found as Module
}

/** Whether {@link nodeModule} would find a module. */
export const hasNodeModule = (name: string): boolean => builtIn(name) !== undefined

function builtIn(name: string): unknown {
  return (globalThis as { process?: NodeProcess }).process?.getBuiltinModule?.(name)
}
