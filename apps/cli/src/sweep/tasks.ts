import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DcError, printable, type Registry } from '@dc/core'
import { checksum } from '@dc/core/cache'
import { completeConfig } from '../config/complete'
import type { RunConfig } from '../config/run-config'
import { sorted } from '../queue/sorted'
import { RunFolder } from '../run/folder'
import { readConfig } from '../run/run-files'

/** One run of a sweep: a point of the grid with one seed. */
export interface Task {
  readonly point: string
  readonly seed: number
  /** The folder of the run. */
  readonly path: string
  readonly config: RunConfig
  /** Checksum of the data. */
  readonly data: string
  /** `done`: nothing is left to do. `begun`: it is gone on with. */
  readonly state: 'done' | 'begun' | 'new'
}

/** A point of a grid, and the whole configuration that is run there. */
export interface ResolvedPoint {
  readonly name: string
  readonly config: RunConfig
  /** Checksum of the data. */
  readonly data: string
}

/**
 * The runs of a sweep. What is in its folder already is known by its configuration, whatever the folder of the run is called.
 *
 * @param code version of the code, for a queue: then the folder of a run follows from its settings, its data and the code, so that
 *   whoever asks for the same run means the same folder
 * @throws DcError if two points are the same run
 */
export async function tasksOf(
  points: readonly ResolvedPoint[],
  out: string,
  registry: Registry,
  code?: string,
): Promise<Task[]> {
  const known = code === undefined ? await runsIn(out, registry) : new Map<string, Known>()
  const names = new Map<string, string>()
  const taken = new Set<string>()
  const tasks: Task[] = []
  for (const { name, config, data } of points) {
    const key = keyOf(config, registry)
    const before = names.get(key)
    if (before !== undefined)
      throw new DcError(
        `--grid: ${printable(before)} and ${printable(name)} are the same run. Does a flag set what the grid changes?`,
        { points: [before, name] },
      )
    names.set(key, name)
    const folder =
      code === undefined
        ? freeFolder(out, name, taken)
        : folderBy(checksum(JSON.stringify([key, data, code])).slice(0, 12), out, name)
    for (const seed of config.seeds) {
      const path = join(folder, `seed-${seed}`)
      const found = known.get(`${key} ${seed}`) ?? { path, state: stateOf(path) }
      tasks.push({
        point: name,
        seed,
        config: { ...config, seeds: [seed] },
        data,
        ...found,
      })
    }
  }
  return tasks
}

/** Where a run is, and how far. */
type Known = Pick<Task, 'path' | 'state'>

function stateOf(path: string): Task['state'] {
  if (existsSync(join(path, 'metrics.json'))) return 'done'
  return existsSync(join(path, 'config.resolved.json')) ? 'begun' : 'new'
}

/** A text that two runs share only if they differ in nothing but their seeds. */
function keyOf({ seeds: _, ...config }: RunConfig, registry: Registry): string {
  const { seeds: __, ...whole } = completeConfig({ ...config, seeds: [0] }, registry)
  return JSON.stringify(sorted(whole))
}

/** The runs of one seed in a folder, by their configuration. One that is finished goes before one that is not. */
async function runsIn(out: string, registry: Registry) {
  const known = new Map<string, Known>()
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
  const slug = slugOf(name)
  let folder = join(out, slug)
  for (let number = 2; existsSync(folder) || taken.has(folder); number++) folder = join(out, `${slug}-${number}`)
  taken.add(folder)
  return folder
}

/** The folder of a point by what it is, whatever another sweep has called it. */
const folderBy = (hash: string, out: string, name: string) =>
  foldersIn(out).find((path) => path.endsWith(`-${hash}`)) ?? join(out, `${slugOf(name)}-${hash}`)

const slugOf = (name: string) =>
  name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._=-]+/gu, '-')
    .replace(/^[-.]+/, '')
    .slice(0, 100) || 'point'

/** Where the log of a run is: beside its folder, which must be empty when it begins. */
export const logOf = ({ path }: Task): string => `${path}.log`
