import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, constants } from 'node:os'
import { join } from 'node:path'
import { type Dataset, DcError, initBackend, OptionError, printable, type Registry } from '@dc/core'
import { datasetChecksum } from '@dc/core/cache'
import type { Queue } from '@dc/distributed'
import { assemble, backendCandidates } from '../assembly'
import { compareRuns } from '../compare/comparison'
import { type Format, written } from '../compare/formats'
import { groupedRuns } from '../compare/grouped'
import { readRuns } from '../compare/read-runs'
import { completeConfig } from '../config/complete'
import { readConfigFile } from '../config/config-file'
import type { RunFlags } from '../config/flags'
import { loadPlugins } from '../plugins'
import type { JobEnd } from '../queue/await-jobs'
import { codeVersion } from '../queue/code-version'
import { runsOnQueue } from '../queue/runs-on-queue'
import { withQueue } from '../queue/with-queue'
import type { WorkerSettings } from '../queue/worker-settings'
import { duration } from '../report/numbers'
import { firstConfig, prepare } from '../run/prepare'
import { readData } from '../run/settle-rows'
import { gridPoints, type Point } from '../sweep/grid'
import { logOf, type ResolvedPoint, type Task, tasksOf } from '../sweep/tasks'
import { createNarrator } from '../terminal/narrator'
import type { Terminal } from '../terminal/output'
import { table } from '../terminal/table'
import { jsonText, shellWord } from '../terminal/text'

/** What `dclust sweep` was given. */
export interface SweepFlags extends RunFlags {
  grid: string[]
  jobs: number
  out: string
  format: Format
}

const marker = 'sweep.json'

/**
 * `dclust sweep PIPELINE`: runs a grid of settings × seeds in processes of their own. What is done already is not done again.
 *
 * @returns the exit code: 0, 1 if a run failed, 130 when interrupted
 * @throws DcError, OptionError before anything is run, for whatever a run of the grid would refuse
 */
export async function sweep(
  pipeline: string | undefined,
  given: SweepFlags,
  terminal: Terminal,
  argv: readonly string[],
): Promise<number> {
  const { self, stdout, stderr } = terminal
  const registry = assemble(await loadPlugins(given.plugin))
  const file = given.config === undefined ? undefined : await readConfigFile(given.config, registry)
  const name = pipeline ?? file?.content.pipeline
  if (name === undefined)
    throw new OptionError('pipeline', undefined, 'its name; or a configuration file that names it')
  const flags = { ...given, ...(file && { file }) }
  const { note } = createNarrator(stderr)
  checkFolder(given.out)
  const points = await resolved(gridPoints(given.grid, flags), name, flags, registry, note)
  const code = given.queue === undefined ? undefined : codeVersion()
  const tasks = await tasksOf(points, given.out, registry, code)
  const count = (state: Task['state']) => tasks.filter((task) => task.state === state).length
  note(
    `${points.length} settings × ${points[0].config.seeds.length} seeds: ${tasks.length} runs, of which ${count('done')} are done and ${count('begun')} are gone on with`,
  )
  if (given.dryRun) {
    const rows = tasks.map(({ point, seed, state, path }) => [point, String(seed), state, path])
    if (given.json) stdout.write(`${jsonText({ out: given.out, runs: tasks })}\n`)
    else stdout.write(`${table(['settings', 'seed', 'state', 'folder'], rows)}\n`)
    return 0
  }
  await mkdir(given.out, { recursive: true })
  await writeFile(
    join(given.out, marker),
    `${JSON.stringify({ command: ['dclust', ...argv], grid: given.grid }, null, 2)}\n`,
  )
  const signal = terminal.interruption?.()
  const open = tasks.filter(({ state }) => state !== 'done')
  const tell = endings(open.length, signal, note)
  const choice = { address: given.queue, jobs: given.jobs, settings: settingsOf(given), self, signal }
  const ends = await withQueue(choice, (queue) => runAll(queue, open, { signal, note, tell }))
  // Asked to stop, they have kept what they have by now.
  if (given.queue === undefined) for (const end of ends) if (end.code === stoppedCode) tell(end)
  return finish(tasks, ends, given, signal, terminal)
}

/** Tells how runs end, and how long the others will take. */
function endings(count: number, signal: AbortSignal | undefined, note: (line: string) => void): (end: Ended) => void {
  const start = performance.now()
  let done = 0
  return (end) => {
    const { point, seed } = end.task
    done++
    const each = (performance.now() - start) / 1000 / done
    const left = signal?.aborted || done === count ? '' : `; about ${duration(each * (count - done))} left`
    note(`[${done}/${count}] ${point}, seed ${seed}: ${endingOf(end)}${left}`)
  }
}

/** How a task ended. */
interface Ended {
  readonly task: Task
  /** As of a process: 0, 1, 130 for one that was stopped; null if it never ran. */
  readonly code: number | null
  readonly seconds: number
  /** Why it failed. */
  readonly last: string
}

const stoppedCode = 128 + constants.signals.SIGINT

/** Lets the workers of a queue do runs: those of other machines, or processes of this one. */
async function runAll(
  queue: Queue,
  open: readonly Task[],
  { signal, note, tell }: { signal?: AbortSignal; note(line: string): void; tell(end: Ended): void },
): Promise<Ended[]> {
  const begun = new Set<number>()
  const ended = (at: number, end: JobEnd | null): Ended => ({
    task: open[at],
    code: end ? (end.state === 'done' ? 0 : 1) : begun.has(at) ? stoppedCode : null,
    seconds: end?.seconds ?? 0,
    last: end?.state === 'cancelled' ? 'cancelled' : (end?.reason ?? ''),
  })
  const runs = open.map(({ path, config, data }) => ({ path, config, data }))
  const ends = await runsOnQueue(queue, runs, {
    signal,
    note,
    onBegin(at) {
      const { point, seed, state } = open[at]
      begun.add(at)
      note(`${point}, seed ${seed}: ${state === 'begun' ? 'goes on' : 'begins'}`)
    },
    onEnd: (at, end) => tell(ended(at, end)),
  })
  return ends.map((end, at) => ended(at, end))
}

/** An empty or new folder, or one of an earlier sweep. */
function checkFolder(path: string): void {
  if (path.trim() === '') throw new OptionError('--out', path, 'the name of a folder')
  if (!existsSync(path)) return
  if (!statSync(path).isDirectory())
    throw new DcError(`--out ${printable(path)}: a file of this name exists; name a folder.`)
  if (readdirSync(path).length > 0 && !existsSync(join(path, marker)))
    throw new DcError(`--out ${printable(path)}: the folder is not empty and holds no sweep; name another one.`, {
      path,
    })
}

/** Every point as its run would resolve it, or its error. Data that points share are read once. */
async function resolved(
  points: readonly Point[],
  pipeline: string,
  flags: RunFlags,
  registry: Registry,
  note: (line: string) => void,
): Promise<ResolvedPoint[]> {
  await initBackend(backendCandidates(registry, flags.threads), { prefer: flags.backend })
  const read = new Map<string, Promise<Dataset>>()
  const sums = new Map<string, string>()
  const found: ResolvedPoint[] = []
  const told = new Set<string>()
  for (const point of points)
    try {
      const first = await firstConfig(pipeline, point.flags, registry)
      const data = JSON.stringify([first.config.data, first.config.encoder])
      if (!read.has(data)) read.set(data, readData(first.config, registry))
      const { config, notes } = await prepare(first, await read.get(data)!, point.flags, registry)
      for (const line of notes) if (!told.has(line)) note(line)
      for (const line of notes) told.add(line)
      const whole = await read.get(data)!
      if (!sums.has(data)) sums.set(data, await datasetChecksum(whole))
      found.push({ name: point.name, config: completeConfig(config, registry), data: sums.get(data)! })
    } catch (error) {
      if (!DcError.isInstance(error)) throw error
      throw new DcError(`${printable(point.name)}: ${error.message}`, error.facts, error)
    }
  return found
}

/** Runs beside each other share the cores. */
function settingsOf({ backend, threads, jobs, plugin }: SweepFlags): WorkerSettings {
  const each = threads ?? (jobs > 1 ? Math.max(1, Math.floor(availableParallelism() / jobs)) : undefined)
  return { plugin, backend, ...(each !== undefined && { threads: each }) }
}

function endingOf({ code, seconds, last, task }: Ended): string {
  if (code === 0) return `done in ${duration(seconds)}`
  if (code !== null && code > 128) return 'stopped; what was trained is kept'
  return `failed with exit code ${code}: ${printable(last, 300)} (${logOf(task)})`
}

async function finish(
  tasks: readonly Task[],
  ends: readonly Ended[],
  { out, format, json, queue }: SweepFlags,
  signal: AbortSignal | undefined,
  { stdout, stderr }: Terminal,
): Promise<number> {
  const { note } = createNarrator(stderr)
  const finished = tasks.filter(({ path }) => existsSync(join(path, 'metrics.json')))
  const failed = ends.filter(({ code }) => code !== 0 && code !== null && code <= 128)
  const runs = finished.length > 0 ? (await readRuns(finished.map(({ path }) => path))).finished : []
  const comparison = compareRuns(groupedRuns(runs))
  if (json) {
    const codes = new Map(ends.map(({ task, code }) => [task.path, code]))
    const shown = tasks.map(({ config: _, ...task }) => ({
      ...task,
      exitCode: task.state === 'done' ? 0 : (codes.get(task.path) ?? null),
    }))
    stdout.write(`${jsonText({ out, runs: shown, ...comparison })}\n`)
  } else if (runs.length > 0) stdout.write(written(comparison, format))
  if (signal?.aborted) {
    if (queue === undefined)
      note(`Stopped; what was trained is kept. The same command goes on: dclust sweep … --out ${shellWord(out)}`)
    else note('Stopped waiting; the jobs go on. The same command waits again; dclust queue --cancel ends them')
    const { signals } = constants
    const reason = signal.reason as NodeJS.Signals
    return 128 + (Object.hasOwn(signals, reason) ? signals[reason] : signals.SIGINT)
  }
  if (failed.length > 0) note(`${failed.length} of ${tasks.length} runs failed; the same command tries them again`)
  return failed.length > 0 ? 1 : 0
}
