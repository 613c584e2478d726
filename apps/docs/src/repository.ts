import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the checkout. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

export const textOf = (path: string) => readFileSync(join(root, path), 'utf8')
export const exists = (path: string) => existsSync(join(root, path))
export const isFolder = (path: string) => exists(path) && statSync(join(root, path)).isDirectory()

/** Files below a folder whose name ends so, as paths from the root, in order. */
export function filesIn(folder: string, ending: string): string[] {
  if (!exists(folder)) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith(ending) && !/(^|\/)(node_modules|dist)\//.test(path))
    .sort()
}

/** The folders of packages that are published, `packages/spectral`, `apps/cli`. */
export const publishedFolders = (): string[] =>
  ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .map((name) => `${folder}/${name}`)
      .filter((path) => exists(`${path}/package.json`) && !JSON.parse(textOf(`${path}/package.json`)).private)
      .sort(),
  )
