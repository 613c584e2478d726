import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { DcError } from '@dc/core/plugin'
import type { CheckedJob } from './check-job'
import type { FailureKind, FromChild, ToChild } from './messages'
import type { WorkOptions } from './queue'

/** A job that did not end well. */
export class JobFailure extends DcError {
  static override readonly marker: symbol = Symbol.for('@dc/distributed/job-failure')

  constructor(
    reason: string,
    readonly why: FailureKind,
  ) {
    super(reason, { why })
  }
}

/** What a running job needs of its queue. */
export interface Running {
  /** Aborted when the job is to stop: it has 20 seconds to keep what it has; none if the reason is `lost`, for another may do it by now. */
  readonly signal: AbortSignal
  progress(part: number): void
  value(key: string): Promise<Uint8Array>
}

/** The processes of a worker. */
export interface ChildPool {
  /** @throws JobFailure */
  run(job: CheckedJob, running: Running): Promise<Uint8Array>
  /** Tells the process of a job that it is this worker's still. */
  beat(id: string): void
  close(): void
}

interface Child {
  readonly process: ChildProcess
  /** Kinds of which each job has a process of its own. */
  readonly own: Promise<readonly string[]>
  used: boolean
  hear(message: FromChild): void
  gone(reason: string): void
}

/** Milliseconds that a job has to stop by itself: enough for a step of a training and its checkpoint. */
const grace = 20_000
const entry = new URL(import.meta.url.endsWith('.ts') ? './child-main.ts' : './child-main.js', import.meta.url)

/**
 * Processes that run jobs, each one at a time.
 *
 * @param lease milliseconds without a beat after which a process ends itself
 */
export function childPool(options: WorkOptions, lease: number): ChildPool {
  const idle: Child[] = []
  const all = new Set<Child>()
  const byJob = new Map<string, Child>()

  function start(): Child {
    const { kinds, settings = null, execArgv = process.execArgv, env = process.env, program = entry } = options
    const child = fork(fileURLToPath(program), [kinds.href, JSON.stringify(settings), String(lease)], {
      serialization: 'advanced',
      execArgv: [...execArgv],
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    let ready: (own: readonly string[]) => void = () => {}
    const made: Child = {
      process: child,
      own: new Promise((resolve) => {
        ready = resolve
      }),
      used: false,
      hear: () => {},
      gone: () => {},
    }
    all.add(made)
    child.on('message', (message: FromChild) => {
      if (message.type === 'ready') ready(message.own)
      else made.hear(message)
    })
    let ended = false
    const gone = (reason: string) => {
      if (ended) return
      ended = true
      all.delete(made)
      const at = idle.indexOf(made)
      if (at >= 0) idle.splice(at, 1)
      ready([])
      made.gone(reason)
    }
    child.on('error', (error) => gone(`its process: ${error.message}`))
    child.on('exit', (code, signal) => gone(`its process ended by ${signal ?? `code ${code}`}`))
    return made
  }

  /** A process that may run a job of this kind. */
  async function processFor(kind: string): Promise<Child> {
    const child = idle.pop() ?? start()
    if (!child.used || !(await child.own).includes(kind)) return child
    child.process.kill()
    return start()
  }

  async function run(job: CheckedJob, { signal, progress, value }: Running): Promise<Uint8Array> {
    const child = await processFor(job.kind)
    const say = (message: ToChild) => {
      if (child.process.connected) child.process.send(message, () => {})
    }
    const give = (key: string) =>
      value(key).then(
        (bytes) => say({ type: 'value', key, bytes }),
        (error: Error) => say({ type: 'value', key, bytes: null, why: error.message }),
      )
    let late: NodeJS.Timeout | undefined
    const stop = () => {
      if (signal.reason === 'lost') return void child.process.kill('SIGKILL')
      say({ type: 'stop' })
      late = setTimeout(() => child.process.kill('SIGKILL'), grace)
    }
    let back = false
    try {
      return await new Promise((resolve, reject) => {
        child.gone = (reason) => reject(new JobFailure(reason, signal.aborted ? 'stopped' : 'failed'))
        child.hear = (message) => {
          if (message.type === 'progress') progress(message.part)
          else if (message.type === 'want') void give(message.key)
          else {
            back = true
            // A Buffer may lie at any place of a larger one.
            if (message.type === 'done') resolve(Uint8Array.from(message.bytes))
            else if (message.type === 'failed') reject(new JobFailure(message.reason, message.why))
          }
        }
        if (!all.has(child)) return child.gone('its process ended before it began')
        child.used = true
        byJob.set(job.id, child)
        say({ type: 'run', ...job })
        signal.addEventListener('abort', stop, { once: true })
        if (signal.aborted) stop()
      })
    } finally {
      clearTimeout(late)
      signal.removeEventListener('abort', stop)
      byJob.delete(job.id)
      child.hear = () => {}
      child.gone = () => {}
      if (!all.has(child)) {
        // Nothing is left of it.
      } else if (!back || (await child.own).includes(job.kind)) child.process.kill('SIGKILL')
      else idle.push(child)
    }
  }

  return {
    run,
    beat(id) {
      const child = byJob.get(id)
      if (child?.process.connected) child.process.send({ type: 'beat' } satisfies ToChild, () => {})
    },
    close() {
      for (const child of all) child.process.kill('SIGKILL')
    },
  }
}
