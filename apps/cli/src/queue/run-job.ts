import { appendFileSync, existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { DataError, DcError, InterruptedError, quoted } from '@dc/core'
import { datasetChecksum } from '@dc/core/cache'
import type { JobContext } from '@dc/distributed'
import { assemble } from '../assembly'
import { run } from '../commands/run'
import { parseConfig } from '../config/run-config'
import { loadPlugins } from '../plugins'
import { lockHolder } from '../run/lock'
import { isRunning } from '../run/process-identity'
import { readData } from '../run/settle-rows'
import { explain } from '../terminal/explain'
import { enter } from './enter'
import type { RunPayload } from './run-request'
import type { WorkerSettings } from './worker-settings'

const utf8 = new TextEncoder()
/** Milliseconds that a process of this machine may take to end. */
const longestEnding = 60_000

/**
 * A run in a process of its own: begun, or gone on with from its checkpoint where an earlier worker left it. Its answer is its
 * `metrics.json`.
 */
export const runJob =
  (settings: WorkerSettings) =>
  async ({ cwd, path, config, data }: RunPayload, { id, signal, progress }: JobContext): Promise<Uint8Array> => {
    if (existsSync(join(path, 'metrics.json'))) return readFile(join(path, 'metrics.json'))
    const log = logFile(path)
    await mkdir(dirname(path), { recursive: true })
    enter(cwd)
    try {
      const registry = assemble(await loadPlugins(settings.plugin))
      const { data: rows, encoder } = parseConfig(config)
      const reference = { data: rows, encoder }
      const whole = await readData(reference, registry)
      if ((await datasetChecksum(whole)) !== data)
        throw new DataError(
          `The data ${quoted(whole.name)} are others on this machine than where the run was asked for.`,
        )
      const begun = existsSync(join(path, 'config.resolved.json'))
      if (begun) await takeOver(path, id)
      await writeFile(ownerFile(path), JSON.stringify({ id }))
      const file = `${path}.config.json`
      await writeFile(file, `${JSON.stringify(config, null, 2)}\n`)
      const { plugin, backend, threads } = settings
      const common = { set: [], plugin: [...plugin], backend: backend && [...backend], threads, out: path }
      const flags = begun ? { ...common, resume: true } : { ...common, config: file }
      const stderr = {
        write(text: string) {
          appendFileSync(log, text)
          const [, epoch, epochs] = /epoch (\d+)\/(\d+)/.exec(text) ?? []
          if (epoch) progress(Number(epoch) / Number(epochs))
        },
      }
      const terminal = { stdout: { write: () => {} }, stderr, interruption: () => signal }
      const code = await run(undefined, flags, terminal, ['run', '--out', path], { read: { reference, whole } })
      if (code !== 0) throw new InterruptedError('Interrupted.')
      return utf8.encode(await readFile(join(path, 'metrics.json'), 'utf8'))
    } catch (error) {
      if (!InterruptedError.isInstance(error)) appendFileSync(log, explain(error))
      throw error
    }
  }

/** Where the log of a run is: beside its folder, which must be empty when it begins. */
const logFile = (path: string) => `${path}.log`
/** Says which job has the folder. */
const ownerFile = (path: string) => `${path}.job.json`

/**
 * Takes the folder of a run from a worker that had this job before. The queue gave the job away, so that one's lease is over, and
 * its process has ended by itself; on another machine that cannot be seen, only known.
 */
async function takeOver(path: string, id: string): Promise<void> {
  const lock = join(path, 'lock.json')
  for (const start = performance.now(); ; await pause(200)) {
    const holder = await lockHolder(lock)
    const running = holder && isRunning(holder)
    // What a process that is seen to be gone held is taken over by the run itself.
    if (!holder || running === false) return
    const owner = await readFile(ownerFile(path), 'utf8').catch(() => '')
    if (owner !== JSON.stringify({ id }))
      throw new DcError(
        `The run in ${quoted(path)} is gone on with by process ${holder.pid} of ${quoted(holder.host)}.`,
      )
    if (running === null) return rm(lock, { force: true })
    if (performance.now() - start > longestEnding)
      throw new DcError(`Process ${holder.pid}, which had the run in ${quoted(path)} before, does not end.`)
  }
}
