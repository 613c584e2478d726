import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import {
  type BackendChoice,
  type Dataset,
  DcError,
  InterruptedError,
  initBackend,
  OptionError,
  printable,
  quoted,
  type Registry,
} from '@dc/core'
import { findPreset, type KCurve } from '@dc/pipelines'
import { assemble, backendCandidates } from '../assembly'
import { type ConfigFile, readConfigFile } from '../config/config-file'
import { defaultFolder } from '../config/default-folder'
import type { RunFlags } from '../config/flags'
import { changeConfig } from '../config/resolve'
import type { RunConfig } from '../config/run-config'
import { correctedFile, correctedRun } from '../corrections/corrected-run'
import { correctedConfig, correctedFlags, correctedRows, keptCorrections } from '../corrections/go-by'
import { loadPlugins } from '../plugins'
import { strangers } from '../program/environment'
import type { Environment } from '../report/run-result'
import { dryRun } from '../run/dry-run'
import { environment } from '../run/environment'
import { execute } from '../run/execute'
import { RunFolder } from '../run/folder'
import { type FirstConfig, firstConfig, prepare } from '../run/prepare'
import { kCurveFile, metricsOf, readConfig } from '../run/run-files'
import { trainOnQueue } from '../run/seeds-on-queue'
import { type DataToRead, readData } from '../run/settle-rows'
import { checkSortTarget, sortTarget } from '../run/sort-files'
import { tellSorted } from '../run/tell-sorted'
import { createNarrator, type Narrator } from '../terminal/narrator'
import type { Terminal } from '../terminal/output'
import { resultTable } from '../terminal/table'
import { jsonText, shellWord } from '../terminal/text'
import { createLive, seenNarrator } from '../watch/live'
import { watchRuns } from '../watch/server'

/** What a caller knows of a run before. */
export interface Known {
  /** Data that were read already. */
  readonly read?: { readonly reference: DataToRead; readonly whole: Dataset }
  /** Looks for the number of clusters; undefined leaves it to what was asked for and to the labels. */
  propose?(whole: Dataset): Promise<KCurve | undefined>
}

/**
 * `dclust run PIPELINE`.
 *
 * @param pipeline its name; may be left out with --resume, for the run that is gone on with knows its own
 * @returns the exit code
 */
export async function run(
  pipeline: string | undefined,
  given: RunFlags,
  terminal: Terminal,
  argv: readonly string[],
  known: Known = {},
): Promise<number> {
  const registry = assemble(await loadPlugins(given.plugin))
  let flags = await withFile(given, registry)
  const target = sortTarget(flags)
  const earlier = flags.resume ? await openEarlier(pipeline, flags, registry) : undefined
  const name = pipeline ?? earlier?.config.pipeline ?? pipelineOf(flags.file!)
  // Whatever can be refused is refused before there is a folder, and what costs least is looked at first.
  const corrected = earlier?.config.corrections ? await keptCorrections(earlier.folder) : await correctedRun(flags)
  if (corrected && !earlier) flags = correctedFlags(flags, name, corrected)
  let first = await firstConfig(name, flags, registry, earlier?.config)
  if (corrected && !earlier) first = correctedConfig(first, corrected, registry)
  const out = flags.out ?? defaultFolder(first.config)
  if (!earlier) await RunFolder.check(out)
  const backend = await initBackend(backendCandidates(registry, flags.threads), { prefer: flags.backend })
  const { read, propose } = known
  const { data, encoder } = first.config
  const isRead = read && difference(read.reference, { data, encoder }) === null
  const whole = isRead ? read.whole : await readOrDoWithout(first, flags, registry, terminal)
  const curve = whole && !corrected ? await propose?.(whole) : undefined
  if (curve) {
    const { k } = curve
    flags = { ...flags, k }
    first = { ...first, config: { ...first.config, k } }
  }
  const show = (config: RunConfig, asked: RunConfig, notes: readonly string[] = []) =>
    dryRun({ config, asked, notes, flags, registry, out, backend, kept: first.kept }, terminal)
  if (!whole) return show(first.config, first.config)
  const { config, asked, notes, ...prepared } = await prepare(first, whole, flags, registry, earlier?.folder)
  const { pipeline: method, seeds } = config
  const { rows, corrections } = corrected
    ? await correctedRows(prepared.rows, corrected, { pipeline: method, seed: seeds[0], registry })
    : { rows: prepared.rows, corrections: undefined }
  if (target) await checkSortTarget(target, rows.dataset)
  if (flags.dryRun) return show(config, asked, notes)

  const folder = earlier ? await takeUp(earlier.folder) : await RunFolder.create(out, config)
  const live = flags.watch ? createLive(folder, (path) => rm(path, { force: true })) : undefined
  const watching =
    live &&
    (await watchRuns(folder.path).catch(async (error) => {
      await folder.close()
      throw error
    }))
  const told = createNarrator(terminal.stderr)
  const narrator = live ? seenNarrator(told, live) : told
  if (watching) told.note(`watch it at ${watching.url}`)
  // Until here a signal ends the process, and nothing is lost.
  const signal = terminal.interruption?.()
  try {
    const { dataset, k, training } = rows
    const clusters = k === null ? `as many clusters as ${config.pipeline} finds` : `${k} clusters`
    narrator.note(
      `${printable(dataset.name, 80)}: ${dataset.size} rows, ${clusters}; backend ${backend.name} (${backend.description})`,
    )
    for (const line of notes) narrator.note(line)
    if (earlier) await tellOtherBackend(folder, backend, narrator)
    for (const name of strangers()) narrator.note(`${name} is no setting of dclust and is passed over`)
    if (whole.leftOut && whole.leftOut.length > 0) await folder.writeJson('left-out.json', whole.leftOut)
    if (whole.encoder) await folder.writeJson('encoder.json', whole.encoder)
    if (curve) await folder.writeJson(kCurveFile, curve)
    if (corrected) await folder.writeJson(correctedFile, corrected)
    await writeEnvironment(folder, argv, backend)
    if (flags.queue !== undefined && config.training !== null)
      await trainOnQueue(flags.queue, config, whole, { folder, narrator, signal })
    const result = await execute({
      config,
      registry,
      dataset,
      training,
      corrections,
      live,
      backend,
      folder,
      narrator,
      signal,
    })
    const sorted = target && (await tellSorted(target, dataset, result.shown.labels, narrator, signal))
    const facts = { ...metricsOf(result), out: resolve(folder.path), ...(sorted && { sorted }) }
    if (flags.json) terminal.stdout.write(`${jsonText(facts)}\n`)
    else terminal.stdout.write(resultTable(result, folder.path))
    return 0
  } catch (error) {
    if (!InterruptedError.isInstance(error)) {
      if (!earlier) await folder.removeUntrained()
      throw error
    }
    // Only the sorting of files comes after a run.
    if (folder.has('metrics.json')) narrator.note(`Stopped; the run in ${shellWord(folder.path)} is finished`)
    else
      narrator.note(
        `Stopped; what was trained is kept. Go on with: dclust run --out ${shellWord(folder.path)} --resume`,
      )
    return exitCode(signal)
  } finally {
    await live?.end()
    await watching?.close()
    await folder.close()
  }
}

/** As shells have it: 130 after Ctrl-C. */
function exitCode(signal: AbortSignal | undefined): number {
  const { signals } = constants
  const name = signal?.reason as NodeJS.Signals
  return 128 + (Object.hasOwn(signals, name) ? signals[name] : signals.SIGINT)
}

/** Makes the folder of an earlier run this process's own. @throws DcError if another process has it, or has finished the run */
async function takeUp(folder: RunFolder): Promise<RunFolder> {
  await folder.hold()
  try {
    refuseFinished(folder)
  } catch (error) {
    await folder.close()
    throw error
  }
  return folder
}

function refuseFinished(folder: RunFolder): void {
  const { path } = folder
  if (folder.has('metrics.json')) throw new DcError(`--resume: the run in ${quoted(path)} is finished.`, { out: path })
}

/** A run that goes on elsewhere computes with other roundings. */
async function tellOtherBackend(folder: RunFolder, { name }: BackendChoice, narrator: Narrator): Promise<void> {
  const before = (await folder.readJson<Environment>('env.json').catch((): Environment => ({}))).backend
  if (typeof before === 'string' && before !== name)
    narrator.note(
      `this run was begun on backend ${quoted(before)} and goes on with ${name}: labels may differ from those of an unbroken run`,
    )
}

/** Writes `env.json`; what earlier sittings found out about their steps stays in it. */
async function writeEnvironment(folder: RunFolder, argv: readonly string[], backend: BackendChoice): Promise<void> {
  const earlier = await folder.readJson<Environment>('env.json').catch((): Environment => ({}))
  await folder.writeJson('env.json', {
    ...environment(argv),
    backend: backend.name,
    backendChoice: backend.explain().trim(),
    ...(earlier.plainSteps !== undefined && { plainSteps: earlier.plainSteps }),
  })
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
  refuseFinished(folder)
  await folder.refuseIfInUse()
  const asked = { pipeline: pipeline ?? config.pipeline, preset: flags.preset ?? config.preset }
  // Of the environment nothing: it is there for new runs.
  const changed = { ...changeConfig(config, { ...flags, environment: {} }, registry), ...asked }
  const path = difference(config, changed)
  if (path)
    throw new DcError(
      `--resume: ${path} differs from the run in ${quoted(flags.out)}, which keeps its configuration.`,
      {
        path,
      },
    )
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

/** Reads the data; those that a preset was made for, and that are not here, a dry run does without. */
async function readOrDoWithout(
  { config }: FirstConfig,
  flags: RunFlags,
  registry: Registry,
  { stderr }: Terminal,
): Promise<Dataset | undefined> {
  try {
    return await readData(config, registry, stderr)
  } catch (error) {
    if (!(flags.dryRun && DcError.isInstance(error) && isAbsent(config))) throw error
    stderr.write(`The data cannot be read here, so the settings are as given: ${error.message}\n`)
    return undefined
  }
}

/** Whether a preset was made for these data, and they are not where they should be: its settings may be looked at. */
function isAbsent({ pipeline, preset, data }: RunConfig): boolean {
  const { path } = data.options
  return findPreset(pipeline, preset).data?.name === data.name && !(typeof path === 'string' && existsSync(path))
}

/** With what the configuration file says. */
async function withFile(flags: RunFlags, registry: Registry): Promise<RunFlags> {
  return flags.config === undefined ? flags : { ...flags, file: await readConfigFile(flags.config, registry) }
}

function pipelineOf({ path, content }: ConfigFile): string {
  if (content.pipeline !== undefined) return content.pipeline
  throw new OptionError(
    `--config ${printable(path)}: config.pipeline`,
    undefined,
    'a pipeline; or name it: dclust run NAME',
  )
}
