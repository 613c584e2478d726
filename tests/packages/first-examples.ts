// Every package in an empty project, and the first example of its README, by any Node.
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { transform } from 'esbuild'
import { install } from './packed'

const run = promisify(execFile)
export const root = fileURLToPath(new URL('../..', import.meta.url))
const names = readdirSync(join(root, 'packages'))
export const folders = [...names.map((name) => `packages/${name}`), 'apps/cli']

/** Installs all packages from a registry in an empty folder, scripts off. */
export async function installAll(project: string, registry: string): Promise<void> {
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }))
  const all = [...names, 'cli'].map((name) => `@dc/${name}`)
  await install(project, `npm install --ignore-scripts ${all.join(' ')}`, registry)
}

/** Runs them. @returns what failed, `@dc/core: why` */
export async function runFirstExamples(project: string, node: string, told: (line: string) => void): Promise<string[]> {
  const failed: string[] = []
  const attempt = async (name: string, args: readonly string[]) => {
    try {
      await run(node, args, { cwd: project, maxBuffer: 64 * 2 ** 20 })
      told(`${name}: ok`)
    } catch (error) {
      failed.push(`${name}: ${(error as { stderr?: string }).stderr || String(error)}`)
      told(failed.at(-1)!)
    }
  }
  for (const name of names) {
    const readme = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8')
    const example = /```tsx?\n(.*?)```/s.exec(readme)?.[1]
    if (!example) failed.push(`@dc/${name}: its README has no example`)
    const { code } = await transform(example ?? '', { loader: 'tsx', format: 'esm' })
    writeFileSync(join(project, `${name}.mjs`), code)
    await attempt(`@dc/${name}`, [`${name}.mjs`])
  }
  // Its first example, but for its length: the recipe has a hundred epochs.
  const dclust = 'node_modules/@dc/cli/bin/dclust.js'
  await attempt('@dc/cli, run', [
    dclust,
    'run',
    'bootsc',
    '--preset',
    'digits',
    '--epochs',
    '1',
    '--out',
    `first-${process.hrtime.bigint()}`,
  ])
  const rows = Array.from({ length: 60 }, (_, i) =>
    [(i % 3) * 5 + Math.sin(i), (i % 3) * 3 + Math.cos(7 * i)].join(','),
  )
  writeFileSync(join(project, 'rows.csv'), rows.join('\n'))
  await attempt('@dc/cli, cluster', [
    dclust,
    'cluster',
    'rows.csv',
    '--k',
    '3',
    '--out',
    `rows-${process.hrtime.bigint()}`,
  ])
  return failed
}
