import { resolve } from 'node:path'
import { type BackendChoice, type Dataset, DcError, initBackend, type Registry } from '@dc/core'
import { assemble, candidatesFor } from '../assembly'
import { parseData } from '../config/data-reference'
import type { RunFlags } from '../config/flags'
import { changeConfig, checkNames, resolveConfig } from '../config/resolve'
import { rowKind } from '../config/rows'
import type { RunConfig } from '../config/run-config'
import { loadPlugins } from '../plugins'
import { environment } from '../run/environment'
import { execute, readData, settleRows } from '../run/execute'
import { RunFolder } from '../run/folder'
import { metricsOf, readConfig } from '../run/run-files'
import { createNarrator } from '../terminal/narrator'
import type { Terminal } from '../terminal/output'
import { resultTable } from '../terminal/table'

/** Exit code of a run that Ctrl-C ended, as shells have it. */
const interrupted = 130

/**
 * `dclust run PIPELINE`.
 *
 * @param pipeline its name; may be left out with --resume, for the run that is gone on with knows its own
 * @returns the exit code
 */
export async function run(
  pipeline: string | undefined,
  flags: RunFlags,
  terminal: Terminal,
  argv: readonly string[],
): Promise<number> {
  const registry = assemble(await loadPlugins(flags.plugin))
  const earlier = flags.resume ? await openEarlier(pipeline, flags, registry) : undefined
  const name = pipeline ?? earlier!.config.pipeline
  const out = flags.out ?? defaultFolder(name, flags)
  const activate = () => initBackend(candidatesFor(name, registry, flags.threads), { prefer: flags.backend })
  if (flags.dryRun) {
    const config = await settled(name, flags, registry, terminal, earlier?.config)
    return dryRun(config, out, await activate(), terminal)
  }
  const { config: asked, whole } = await configure(name, flags, registry, earlier?.config)
  const { dataset, k, training } = settleRows(asked, whole)
  const config = { ...asked, k }
  const backend = await activate()

  const folder = earlier?.folder ?? (await RunFolder.create(out))
  const narrator = createNarrator(terminal.stderr)
  narrator.note(
    `${dataset.name}: ${dataset.size} rows, ${k} clusters; backend ${backend.name} (${backend.description})`,
  )
  for (const line of notices(whole)) narrator.note(line)
  const facts = { ...environment(argv), backend: backend.name, backendChoice: backend.explain().trim() }
  await folder.writeJson('config.resolved.json', config)
  await folder.writeJson('env.json', facts)
  const result = await execute({
    config,
    registry,
    dataset,
    training,
    backend,
    folder,
    narrator,
    signal: terminal.signal,
  })
  if (!result) {
    narrator.note(`Stopped; the last checkpoint is kept. Go on with: dclust run --out ${folder.path} --resume`)
    return interrupted
  }
  if (flags.json) terminal.stdout.write(`${JSON.stringify({ ...metricsOf(result), out: resolve(folder.path) })}\n`)
  else terminal.stdout.write(resultTable(result, folder.path))
  return 0
}

/** What the reader wants known of a data set: its notices, and the files it left out, the first few by name. */
function notices({ notices = [], leftOut = [] }: Dataset): string[] {
  const more = leftOut.length > 5 ? [`… and ${leftOut.length - 5} more`] : []
  const files = leftOut.slice(0, 5).map(({ reason }) => reason)
  return [...notices, ...(leftOut.length === 0 ? [] : [`left out ${leftOut.length} files:`, ...files, ...more])]
}

/** `runs/bootsc-optdigits-20260131-154500`. */
function defaultFolder(pipeline: string, flags: RunFlags): string {
  const data = (flags.data ?? 'optdigits').split(':')[0]
  const time = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
  return `runs/${pipeline}-${data}-${time}`
}

/**
 * The run to go on with. Its configuration holds; flags that would change it are an error.
 *
 * @throws DataError, DcError
 */
async function openEarlier(
  pipeline: string | undefined,
  flags: RunFlags,
  registry: Registry,
): Promise<{ folder: RunFolder; config: RunConfig }> {
  if (flags.out === undefined) throw new DcError('--resume needs --out, the folder of the run to go on with.')
  const folder = RunFolder.open(flags.out)
  const config = await readConfig(folder)
  if (folder.has('metrics.json'))
    throw new DcError(`--resume: the run in '${flags.out}' is finished.`, { out: flags.out })
  const asked = { pipeline: pipeline ?? config.pipeline, preset: flags.preset ?? config.preset }
  const changed = { ...changeConfig(config, flags, registry), ...asked }
  const path = difference(config, changed)
  if (path)
    throw new DcError(`--resume: ${path} differs from the run in '${flags.out}', which keeps its configuration.`, {
      path,
    })
  return { folder, config }
}

/** The first path at which two plain values differ. */
function difference(a: unknown, b: unknown, path = ''): string | null {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b ? null : path
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const members = [a, b] as Record<string, unknown>[]
    const found = difference(members[0][key], members[1][key], path === '' ? key : `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}

/**
 * The configuration and the data it names: what their rows are decides which preset is the default.
 *
 * @param kept the configuration of an earlier run, which holds
 */
async function configure(
  pipeline: string,
  flags: RunFlags,
  registry: Registry,
  kept?: RunConfig,
): Promise<{ config: RunConfig; whole: Dataset }> {
  // A folder of images need not be decoded to know what it holds.
  const folder = flags.data !== undefined && parseData(flags.data, registry).name === 'image-folder'
  const rows = folder ? 'photos' : undefined
  const first = kept ? checkNames(kept, registry) : resolveConfig(pipeline, flags, registry, rows)
  const whole = await readData(first, registry)
  if (kept || flags.preset !== undefined) return { config: first, whole }
  const config = resolveConfig(pipeline, flags, registry, rowKind(whole))
  // Presets may read the same data in their own ways.
  const same = JSON.stringify(config.data) === JSON.stringify(first.data)
  return { config, whole: same ? whole : await readData(config, registry) }
}

/** The configuration with k, if the data are here to count their classes; where they are not, a dry run says so. */
async function settled(
  pipeline: string,
  flags: RunFlags,
  registry: Registry,
  { stderr }: Terminal,
  kept?: RunConfig,
): Promise<RunConfig> {
  const unread = kept ?? resolveConfig(pipeline, flags, registry)
  try {
    const { config, whole } = await configure(pipeline, flags, registry, kept)
    return { ...config, k: settleRows(config, whole).k }
  } catch (error) {
    if (!DcError.isInstance(error)) throw error
    stderr.write(`The data cannot be read here, so the number of clusters is as given: ${error.message}\n`)
    return unread
  }
}

/** Says what would run, and does nothing. */
function dryRun(config: RunConfig, out: string, backend: BackendChoice, { stdout, stderr }: Terminal): number {
  stderr.write(`Nothing is run or written. Folder: ${out}. Backends:\n${backend.explain()}\n`)
  stdout.write(`${JSON.stringify(config, null, 2)}\n`)
  return 0
}
