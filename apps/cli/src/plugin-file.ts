import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DataError, quoted } from '@dc/core'

/**
 * The address of the module that `--plugin` names: a file or the folder of a package if there is one, else a package as the
 * working folder sees it.
 *
 * @throws DataError for a folder that is no package, or one that is not built
 */
export function pluginFile(reference: string): string {
  const path = resolve(reference)
  if (isFolder(path) && (isPath(reference) || existsSync(join(path, 'package.json'))))
    return pathToFileURL(entryOf(path)).href
  if (isPath(reference) || existsSync(path)) return pathToFileURL(path).href
  return pathToFileURL(createRequire(resolve('package.json')).resolve(reference)).href
}

const isPath = (reference: string) => isAbsolute(reference) || /^\.{1,2}([\\/]|$)/.test(reference)

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** The module that the package in a folder exports as its main one. */
function entryOf(folder: string): string {
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest))
    throw new DataError(`the folder ${quoted(folder, 500)} has no package.json, so it is no package.`, { folder })
  const entry = mainOf(readManifest(manifest))
  const file = join(folder, entry)
  if (!existsSync(file))
    throw new DataError(`${quoted(entry)} of the package is not there. Build it first, as by npm run build.`, {
      folder,
    })
  return file
}

function readManifest(file: string): { exports?: unknown; main?: unknown } {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof manifest === 'object' && manifest !== null) return manifest
  } catch {
    // Told below.
  }
  throw new DataError(`${quoted(file, 500)} is no JSON object.`, { file })
}

/** As Node has it, of an import: `exports` before `main` before `index.js`. */
function mainOf({ exports, main }: { exports?: unknown; main?: unknown }): string {
  const found = targetOf(isRecord(exports) && '.' in exports ? exports['.'] : exports)
  return found ?? (typeof main === 'string' ? main : 'index.js')
}

function targetOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target
  if (Array.isArray(target)) return target.map(targetOf).find((found) => found !== undefined)
  if (!isRecord(target)) return undefined
  const conditions = ['node', 'import', 'module-sync', 'default']
  return Object.entries(target)
    .filter(([condition]) => conditions.includes(condition))
    .map(([, inner]) => targetOf(inner))
    .find((found) => found !== undefined)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
