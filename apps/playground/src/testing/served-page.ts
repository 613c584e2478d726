// The built page, served as any server of files does, under a folder.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const app = fileURLToPath(new URL('../..', import.meta.url))
const dist = join(app, 'dist')
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
}

/** Builds the page if it is not built, and serves it. */
export async function servePage(): Promise<{ readonly address: string; close(): void }> {
  if (!existsSync(join(dist, 'index.html'))) {
    const { build } = await import('vite')
    await build({ root: app, logLevel: 'warn' })
  }
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://page').pathname)
    const file = join(dist, path.replace(/^\/some\/where\//, '/').replace(/\/$/, '/index.html'))
    if (!path.startsWith('/some/where/') || !file.startsWith(dist) || !existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    response.end(readFileSync(file))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}/some/where/`, close: () => void server.close() }
}
