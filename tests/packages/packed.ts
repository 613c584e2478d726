import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A package as it would be published. */
export interface Packed {
  /** The `package.json` inside. */
  readonly manifest: {
    readonly name: string
    readonly version: string
    readonly exports: Record<string, unknown>
    readonly dependencies?: Record<string, string>
    readonly peerDependencies?: Record<string, string>
  }
  readonly tarball: string
}

/**
 * Packs packages by `npm pack`, which knows nothing of this workspace.
 *
 * @param options.scripts their `prepack` too, which copies pages of docs/ into them, as a release does
 */
export async function pack(
  root: string,
  folders: readonly string[],
  into: string,
  { scripts = false }: { scripts?: boolean } = {},
): Promise<Packed[]> {
  const specs = folders.map((folder) => `./${folder}`)
  const options = [...(scripts ? [] : ['--ignore-scripts']), '--silent', '--pack-destination', into]
  const { stdout } = await npm(root, ['pack', ...options, ...specs])
  return Promise.all(
    stdout
      .trim()
      .split(/\s+/)
      .map(async (name) => {
        const tarball = join(into, name)
        const { stdout: manifest } = await run('tar', ['-xzOf', tarball, 'package/package.json'])
        return { tarball, manifest: JSON.parse(manifest) }
      }),
  )
}

/**
 * A registry on this machine that has the packed packages and no others. Its address is new each time: npm keeps answers, and a
 * port may have been an earlier registry's.
 */
export async function registryOf(packed: readonly Packed[]): Promise<{ address: string; close(): void }> {
  const root = `/${randomUUID()}/`
  const server = createServer(({ url = '/' }, response) => {
    const path = decodeURIComponent(url).slice(root.length)
    const found = packed.find(({ manifest }) => path === manifest.name || path === `${manifest.name}.tgz`)
    if (!found) return void response.writeHead(404).end('{}')
    const bytes = readFileSync(found.tarball)
    if (path.endsWith('.tgz')) return void response.end(bytes)
    const { name, version } = found.manifest
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
    const dist = { tarball: `${address}${name}.tgz`, integrity }
    const versions = { [version]: { ...found.manifest, dist } }
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${root}`
  return { address, close: () => void server.close() }
}

/** Runs npm. */
export function npm(cwd: string, args: readonly string[]) {
  return run('npm', args, { cwd, shell: process.platform === 'win32', maxBuffer: 64 * 2 ** 20 })
}

/**
 * Installs a package by itself, unless it is there: a tool that is no dependency.
 *
 * @param into a folder that is kept
 * @returns where the package is
 */
export async function fetched(into: string, name: string, version: string, manifest: object = {}): Promise<string> {
  const place = join(into, 'node_modules', name)
  if (existsSync(place)) return place
  mkdirSync(into, { recursive: true })
  writeFileSync(join(into, 'package.json'), JSON.stringify({ private: true, ...manifest }))
  await npm(into, ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`])
  return place
}

/**
 * Runs an install line of a README in a folder as it stands there, install scripts on unless it says so. Our packages come from a
 * registry of ours.
 *
 * @param line `npm install …`, as it stands there
 */
export async function install(folder: string, line: string, registry: string): Promise<void> {
  const words = line.replace(/#.*/, '').trim().split(/\s+/)
  if (words[0] !== 'npm' || words[1] !== 'install') throw new Error(`no install line: ${line}`)
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', `--@dc:registry=${registry}`]
  await npm(folder, [...words.slice(1), ...quiet])
}
