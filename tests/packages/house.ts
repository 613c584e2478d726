import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ICruiseResult } from 'dependency-cruiser'

const root = fileURLToPath(new URL('../..', import.meta.url))
const depcruise = `${root}node_modules/dependency-cruiser/bin/dependency-cruise.mjs`

/**
 * Breaches of the rules in `.dependency-cruiser.mjs` by the sources in `packages` and `apps`, as `rule: file -> file`.
 * In a process of its own: dependency-cruiser keeps the first folder that it was called with.
 *
 * @param folder has a `tsconfig.json` whose `paths` tell where each package's sources are
 */
export async function violations(folder: string): Promise<string[]> {
  const options = ['--config', `${root}.dependency-cruiser.mjs`, '--output-type', 'json', 'packages', 'apps']
  // Its exit code is the number of breaches.
  const { stdout } = await promisify(execFile)(process.execPath, [depcruise, ...options], {
    cwd: folder,
    maxBuffer: 64 * 2 ** 20,
  }).catch((failed: { stdout: string }) => failed)
  const { modules, summary }: ICruiseResult = JSON.parse(stdout)
  if (modules.length === 0) throw new Error(`no sources in ${folder}`)
  const broken = summary.violations.map(({ rule, from, to, cycle }) =>
    [`${rule.name}: ${from}`, ...(cycle?.map(({ name }) => name) ?? [to])].join(' -> '),
  )
  return [...broken, ...packageCircles(modules)]
}

/** Packages that know each other in a circle, though no two files do. */
function packageCircles(modules: ICruiseResult['modules']): string[] {
  const owner = (path: string) => path.split('/').slice(0, 2).join('/')
  const known = new Map<string, Set<string>>()
  for (const { source, dependencies } of modules)
    for (const { resolved } of dependencies) {
      const [from, to] = [owner(source), owner(resolved)]
      if (from !== to) known.set(from, (known.get(from) ?? new Set()).add(to))
    }
  // A package that knows only packages already left out is in no circle.
  for (let before = -1; before !== known.size; ) {
    before = known.size
    for (const [from, tos] of known) if (![...tos].some((to) => known.has(to))) known.delete(from)
  }
  return known.size === 0 ? [] : [`no package circle: ${[...known.keys()].sort().join(', ')}`]
}
