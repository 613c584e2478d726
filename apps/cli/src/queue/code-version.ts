import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dclustVersion } from '../run/environment'

/**
 * The version of this program, and a hash of the code of it and of our packages: of two machines that have the same, results
 * may be mixed.
 */
export function codeVersion(): string {
  const here = fileURLToPath(import.meta.url)
  // Sources and builds differ, so they are not mixed either.
  const part = here.endsWith('.ts') ? 'src' : 'dist'
  const own = packageAbove(dirname(here))
  const { dependencies = {} } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'))
  const names = Object.keys(dependencies).filter((name) => name.startsWith('@dc/'))
  const hash = createHash('sha256')
  for (const folder of [own, ...names.sort().map((name) => folderOf(name, own))]) {
    const files = readdirSync(join(folder, part), { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((file) => file.isFile() && !/\.(map|d\.ts|test\.tsx?)$/.test(file.name))
      .map((file) => join(file.parentPath, file.name))
    for (const file of files.sort()) hash.update(file.slice(folder.length)).update(readFileSync(file))
  }
  return `${dclustVersion()}-${hash.digest('hex').slice(0, 12)}`
}

const packageAbove = (folder: string): string =>
  existsSync(join(folder, 'package.json')) ? folder : packageAbove(dirname(folder))

/** Where a package that another one needs is installed. */
function folderOf(name: string, from: string): string {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? []
  const found = places.map((place) => join(place, name)).find((folder) => existsSync(join(folder, 'package.json')))
  if (found === undefined) throw new Error(`${name} is not installed`)
  return realpathSync(found)
}
