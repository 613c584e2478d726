// The built page, served as any server of files does, under a folder.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const app = fileURLToPath(new URL('../..', import.meta.url))
const packages = fileURLToPath(new URL('../../../../packages', import.meta.url))
const dist = join(app, 'dist')
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
}

/** What lets a page have threads. */
const isolation = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }

/**
 * Builds the page if it is not built from the sources as they are, and serves it.
 *
 * @param options.isolated whether the page may have threads
 */
export async function servePage({ isolated = false } = {}): Promise<{ readonly address: string; close(): void }> {
  if (stale()) {
    const { build } = await import('vite')
    await build({ root: app, logLevel: 'error' })
  }
  // At once: another build may replace them while a page is open.
  const files = new Map(
    readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(dist, name)).isFile())
      .map((name) => [`/some/where/${name}`, readFileSync(join(dist, name))]),
  )
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://page').pathname).replace(/\/$/, '/index.html')
    const bytes = files.get(path)
    if (!bytes) {
      response.writeHead(404).end()
      return
    }
    const type = types[extname(path)] ?? 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, ...(isolated && isolation) })
    response.end(bytes)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}/some/where/`, close: () => void server.close() }
}

/** Whether a source is younger than the built page, which is made of all packages' sources. */
function stale(): boolean {
  const built = join(dist, 'index.html')
  if (!existsSync(built)) return true
  const since = statSync(built).mtimeMs
  const folders = [join(app, 'src'), ...readdirSync(packages).map((name) => join(packages, name, 'src'))]
  const sources = [
    ...['index.html', 'vite.config.ts', 'package.json'].map((name) => join(app, name)),
    ...folders.filter(existsSync).flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => !/(^|\/)testing\/|\.test\.tsx?$/.test(name))
        .map((name) => join(folder, name)),
    ),
  ]
  return sources.some((path) => statSync(path).isFile() && statSync(path).mtimeMs > since)
}
