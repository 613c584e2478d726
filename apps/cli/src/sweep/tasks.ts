import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DcError, printable, type Registry } from '@dc/core'
import { completeConfig } from '../config/complete'
import type { RunConfig } from '../config/run-config'
import { RunFolder } from '../run/folder'
import { readConfig } from '../run/run-files'

/** One run of a sweep: a point of the grid with one seed. */
export interface Task {
  readonly point: string
  readonly seed: number
  /** The folder of the run. */
  readonly path: string
  readonly config: RunConfig
  /** `done`: nothing is left to do. `begun`: it is gone on with. */
  readonly state: 'done' | 'begun' | 'new'
}

/** A point of a grid, and the whole configuration that is run there. */
export interface ResolvedPoint {
  readonly name: string
  readonly config: RunConfig
}

/**
 * The runs of a sweep. What is in its folder already is known by its configuration, whatever the folder of the run is called.
 *
 * @throws DcError if two points are the same run
 */
export async function tasksOf(points: readonly ResolvedPoint[], out: string, registry: Registry): Promise<Task[]> {
  const known = await runsIn(out, registry)
  const names = new Map<string, string>()
  const taken = new Set<string>()
  const tasks: Task[] = []
  for (const { name, config } of points) {
    const key = keyOf(config, registry)
    const before = names.get(key)
    if (before !== undefined)
      throw new DcError(
        `--grid: ${printable(before)} and ${printable(name)} are the same run. Does a flag set what the grid changes?`,
        { points: [before, name] },
      )
    names.set(key, name)
    const folder = freeFolder(out, name, taken)
    for (const seed of config.seeds) {
      const found = known.get(`${key} ${seed}`)
      tasks.push({
        point: name,
        seed,
        path: found?.path ?? join(folder, `seed-${seed}`),
        config: { ...config, seeds: [seed] },
        state: found?.state ?? 'new',
      })
    }
  }
  return tasks
}

/** A text that two runs share only if they differ in nothing but their seeds. */
function keyOf({ seeds: _, ...config }: RunConfig, registry: Registry): string {
  const { seeds: __, ...whole } = completeConfig({ ...config, seeds: [0] }, registry)
  return JSON.stringify(sorted(whole))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]))
}

/** The runs of one seed in a folder, by their configuration. One that is finished goes before one that is not. */
async function runsIn(out: string, registry: Registry) {
  const known = new Map<string, { path: string; state: 'done' | 'begun' }>()
  for (const path of foldersIn(out).flatMap(foldersIn)) {
    if (!existsSync(join(path, 'config.resolved.json'))) continue
    const folder = RunFolder.open(path)
    let config: RunConfig
    try {
      config = await readConfig(folder)
    } catch {
      // Of another version, or not ours: nothing of it is used, and nothing written over.
      continue
    }
    if (config.seeds.length !== 1 || !registry.has('pipeline', config.pipeline)) continue
    const key = `${keyOf(config, registry)} ${config.seeds[0]}`
    const state = folder.has('metrics.json') ? 'done' : 'begun'
    if (known.get(key)?.state !== 'done') known.set(key, { path, state })
  }
  return known
}

const foldersIn = (path: string) =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(path, name))
        .sort()
    : []

/** A folder for a point. One that holds runs of other configurations is not shared. */
function freeFolder(out: string, name: string, taken: Set<string>): string {
  const slug =
    name
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}._=-]+/gu, '-')
      .replace(/^[-.]+/, '')
      .slice(0, 100) || 'point'
  let folder = join(out, slug)
  for (let number = 2; existsSync(folder) || taken.has(folder); number++) folder = join(out, `${slug}-${number}`)
  taken.add(folder)
  return folder
}
