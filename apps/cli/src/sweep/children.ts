import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Task } from './tasks'

/** How a task ended. */
export interface Ended {
  readonly task: Task
  /** Exit code of the process; null if it never ran. */
  readonly code: number | null
  readonly seconds: number
  /** The last line that it wrote to stderr. */
  readonly last: string
}

/** How children are started. */
export interface ChildOptions {
  /** The command that starts this program. */
  readonly self: readonly string[]
  /** Arguments that each run gets. */
  readonly args: readonly string[]
  readonly jobs: number
  readonly signal?: AbortSignal
  started(task: Task): void
  ended(ended: Ended): void
}

/**
 * Runs tasks in processes of their own, some at a time. A failed one does not end the others. Once the signal is aborted,
 * those that run are asked to stop, which leaves their checkpoints, and no other begins.
 *
 * @returns how each ended, in the order of the tasks
 */
export async function runTasks(tasks: readonly Task[], options: ChildOptions): Promise<Ended[]> {
  const { jobs, signal } = options
  const ends: Ended[] = tasks.map((task) => ({ task, code: null, seconds: 0, last: '' }))
  let next = 0
  const worker = async () => {
    while (next < tasks.length && !signal?.aborted) {
      const at = next++
      options.started(tasks[at])
      ends[at] = await runTask(tasks[at], options)
      options.ended(ends[at])
    }
  }
  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, worker))
  return ends
}

async function runTask(task: Task, { self, args, signal }: ChildOptions): Promise<Ended> {
  const start = performance.now()
  const folder = dirname(task.path)
  await mkdir(folder, { recursive: true })
  // Beside the run, whose own folder must be empty when it begins.
  const log = logOf(task)
  const config = `${task.path}.config.json`
  await writeFile(config, `${JSON.stringify(task.config, null, 2)}\n`)
  const how = task.state === 'begun' ? ['--resume'] : ['--config', config]
  const [program, ...first] = self
  const file = openSync(log, 'a')
  let child: ChildProcess
  try {
    // In a group of its own, so that Ctrl-C reaches it once: from here.
    child = spawn(program, [...first, 'run', ...how, '--out', task.path, ...args], {
      stdio: ['ignore', 'ignore', file],
      detached: true,
      env: withoutChoices(process.env),
    })
  } finally {
    closeSync(file)
  }
  const stop = () => void child.kill(signal?.reason === 'SIGHUP' ? 'SIGHUP' : 'SIGTERM')
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })
  signal?.removeEventListener('abort', stop)
  return { task, code, seconds: (performance.now() - start) / 1000, last: await lastLine(log) }
}

/** The file says all settings: variables would go before it. */
function withoutChoices(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('DCLUST_')))
}

async function lastLine(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').at(-1) ?? ''
}

/** Where the log of a task is. */
export const logOf = ({ path }: Task): string => `${path}.log`
