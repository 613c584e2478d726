import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fetched } from './packed'

/** The newest one that runs on Node 20. It is no dependency: 300 packages that only a dry release needs. */
const version = '6.5.2'

/** Starts a real registry on this machine that has nothing yet, and asks no other for anything. */
export async function startVerdaccio(cache: string, storage: string): Promise<{ address: string; close(): void }> {
  // Its own tag of node-fetch is not on every registry.
  const place = await fetched(cache, 'verdaccio', version, { overrides: { 'node-fetch': '2.7.0' } })
  const program = join(place, 'bin/verdaccio')
  mkdirSync(storage, { recursive: true })
  const config = {
    storage,
    uplinks: {},
    packages: { '**': { access: '$all', publish: '$all' } },
    max_body_size: '100mb',
    log: { type: 'stdout', format: 'pretty', level: 'error' },
  }
  // JSON is YAML.
  writeFileSync(join(storage, 'config.yaml'), JSON.stringify(config))
  const address = `http://127.0.0.1:${await freePort()}/`
  const args = [program, '--config', join(storage, 'config.yaml'), '--listen', address.slice('http://'.length, -1)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  while (!(await answers(`${address}-/ping`))) {
    if (child.exitCode !== null) throw new Error(`verdaccio ended with ${child.exitCode}: ${said}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { address, close: () => void child.kill() }
}

const answers = (address: string) =>
  fetch(address).then(
    ({ ok }) => ok,
    () => false,
  )

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
