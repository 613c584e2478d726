import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { join, resolve } from 'node:path'
import { InterruptedError, OptionError, printable } from '@dc/core'
import { removeUnfinished, writeWhole } from '@dc/core/cache'
import { codeVersion } from '../queue/code-version'
import { withQueue } from '../queue/with-queue'
import { queueRunner } from '../shards/queue-runner'
import { shardWorks } from '../shards/shard-work'
import type { ShardsFlags } from '../shards/shards-flags'
import { createNarrator } from '../terminal/narrator'
import type { Terminal } from '../terminal/output'
import { jsonText, shellWord } from '../terminal/text'

const [settingsFile, resultFile] = ['settings.json', 'result.json']

/**
 * `dclust shards WORK FOLDER …`: work over data that are larger than memory, a shard at a time, by processes of this machine or the
 * workers of a queue. What is done is not done again; what was stopped is gone on with.
 *
 * @returns the exit code: 0, or 130 when interrupted
 * @throws DcError, OptionError for folders and settings that cannot be
 */
export async function shards(
  work: string,
  folders: readonly string[],
  flags: ShardsFlags,
  terminal: Terminal,
): Promise<number> {
  const { stdout, stderr, self, interruption } = terminal
  const { note } = createNarrator(stderr)
  if (!Object.hasOwn(shardWorks, work)) throw new OptionError('work', work, Object.keys(shardWorks).join(', '))
  const out = resolve(flags.out)
  const { queue: address, jobs, json, out: _, ...settings } = flags
  const asked = JSON.stringify({ work, folders: folders.map((folder) => resolve(folder)), ...settings })
  await takeFolder(out, asked)
  const finished = join(out, resultFile)
  const signal = interruption?.()
  if (!existsSync(finished))
    try {
      const places = folders.map((folder) => resolve(folder))
      const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(path))
      const given = { ...flags, neighbours: absolute(flags.neighbours), centroids: absolute(flags.centroids) }
      const result = await withQueue({ address, jobs, settings: { plugin: [] }, self, signal }, (queue) =>
        shardWorks[work]({
          runner: queueRunner(queue, codeVersion(), signal),
          folders: places,
          flags: given,
          out,
          note,
        }),
      )
      await removeUnfinished(out)
      await writeWhole(finished, (file) => file.writeFile(`${JSON.stringify({ work, result }, null, 1)}\n`))
    } catch (error) {
      if (!InterruptedError.isInstance(error) || !signal?.aborted) throw error
      note('Stopped. The same command goes on')
      const reason = signal.reason as NodeJS.Signals
      return 128 + (Object.hasOwn(constants.signals, reason) ? constants.signals[reason] : constants.signals.SIGINT)
    }
  const { result } = JSON.parse(await readFile(finished, 'utf8')) as { result: Record<string, unknown> }
  if (json) stdout.write(`${jsonText({ out: flags.out, ...result })}\n`)
  else {
    const shown = Object.entries(result).filter(([, value]) => !Array.isArray(value))
    stdout.write(`${shown.map(([name, value]) => `${name} ${value}`).join(', ')}: ${shellWord(flags.out)}\n`)
  }
  return 0
}

/** A new or empty folder, or one of the same work. */
async function takeFolder(out: string, asked: string): Promise<void> {
  const file = join(out, settingsFile)
  if (existsSync(file)) {
    if ((await readFile(file, 'utf8')).trim() === asked) return
    throw new OptionError('--out', printable(out), 'a new folder: this one is of other work, or other settings')
  }
  if (existsSync(out) && (!statSync(out).isDirectory() || readdirSync(out).length > 0))
    throw new OptionError('--out', printable(out), 'a new or empty folder')
  await mkdir(out, { recursive: true })
  await writeWhole(file, (to) => to.writeFile(`${asked}\n`))
}
