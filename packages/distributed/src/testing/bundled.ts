// The processes of jobs as JavaScript: they start many times, and reading TypeScript would take most of it.
import { mkdirSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'
import type { WorkOptions } from '../queue'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** How a worker in a test runs its jobs. */
export function bundled(): Pick<WorkOptions, 'kinds' | 'program' | 'execArgv'> {
  const folder = here(`../../node_modules/.cache/${process.pid}`)
  mkdirSync(folder, { recursive: true })
  buildSync({
    entryPoints: [here('../child-main.ts'), here('./kinds.ts'), here('./worker.ts'), here('./coordinator.ts')],
    outdir: folder,
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['bullmq', 'ioredis'],
    tsconfig: here('../../../../tsconfig.json'),
    logLevel: 'error',
  })
  const url = (name: string) => pathToFileURL(`${folder}/${name}.mjs`)
  return { kinds: url('kinds'), program: url('child-main'), execArgv: [] }
}
