// The process in which jobs run, so that computing never keeps a worker from holding on to its jobs.
import { DcError, fileReason, InterruptedError, OptionError, printable } from '@dc/core/plugin'
import { checkPayload } from './check-job'
import { checkSize } from './check-size'
import type { JobKind, JobKinds } from './job-kind'
import type { FailureKind, FromChild, ToChild } from './messages'

const [module, settings, lease] = process.argv.slice(2)
const silence = Number(lease)

/** Codes of a disk that is full, over its quota, or not to be written: this machine's fault. */
const diskCodes = ['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG']

const tell = (message: FromChild) => void process.send?.(message)

let stopping: AbortController | undefined
let lastBeat = performance.now()
const wanted = new Map<string, { resolve(bytes: Uint8Array): void; reject(error: Error): void }[]>()

// Ctrl-C reaches the whole group; the worker decides what it means.
process.on('SIGINT', () => {})
// Without its worker nobody hears the result.
process.on('disconnect', () => process.exit(1))
// A worker that is silent for longer than its lease may have lost the job: another one may do it by now. After a long computation
// its beats lie there unread: timers come before messages, so it is looked again once these are read.
const isSilent = () => stopping !== undefined && performance.now() - lastBeat > silence
const endIfSilent = () => isSilent() && process.exit(1)
setInterval(() => isSilent() && setImmediate(() => setImmediate(endIfSilent)), silence / 4).unref()

const kinds = await loadKinds()
process.on('message', (message: ToChild) => {
  if (message.type === 'beat') lastBeat = performance.now()
  else if (message.type === 'stop') stopping?.abort()
  else if (message.type === 'value') arrived(message)
  else void work(message)
})
tell({ type: 'ready', own: kinds.filter(({ ownProcess }) => ownProcess).map(({ name }) => name) })

async function loadKinds(): Promise<readonly JobKind[]> {
  const { jobKinds } = (await import(module)) as { jobKinds: JobKinds }
  return jobKinds(JSON.parse(settings))
}

async function work({ id, kind: name, payload }: ToChild & { type: 'run' }): Promise<void> {
  stopping = new AbortController()
  lastBeat = performance.now()
  const { signal } = stopping
  try {
    const kind = kinds.find((kind) => kind.name === name)
    if (!kind) throw new OptionError(`kind of job ${id}`, name, kinds.map(({ name }) => name).join(', '))
    const checked = checkPayload(kind, payload, id)
    const progress = (part: number) => tell({ type: 'progress', part: Math.min(1, Math.max(0, part)) })
    const bytes = await kind.run(checked, { id, signal, progress, value })
    checkSize(bytes, `result of job ${id}`)
    tell({ type: 'done', bytes })
  } catch (error) {
    tell({ type: 'failed', reason: reasonOf(error), why: signal.aborted ? 'stopped' : kindOf(error) })
  }
  stopping = undefined
}

function value(key: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const waiting = wanted.get(key)
    if (waiting) return void waiting.push({ resolve, reject })
    wanted.set(key, [{ resolve, reject }])
    tell({ type: 'want', key })
  })
}

function arrived({ key, bytes, why }: ToChild & { type: 'value' }): void {
  const waiting = wanted.get(key) ?? []
  wanted.delete(key)
  for (const { resolve, reject } of waiting)
    bytes ? resolve(Uint8Array.from(bytes)) : reject(new DcError(`value ${key}: ${why}`))
}

function kindOf(error: unknown): FailureKind {
  if (InterruptedError.isInstance(error)) return 'stopped'
  if (diskCodes.includes(codeOf(error) ?? '')) return 'disk'
  // What is said on purpose, with no fault of the system behind it, would be said again.
  return DcError.isInstance(error) && codeOf(error) === undefined ? 'refused' : 'failed'
}

/** The system's code, of the error or of what caused it. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return typeof code === 'string' ? code : codeOf(cause)
}

function reasonOf(error: unknown): string {
  if (DcError.isInstance(error)) return error.message
  const { name = 'Error' } = (error ?? {}) as { name?: string }
  return codeOf(error) ? fileReason(error) : printable(`${name}: ${(error as Error)?.message ?? error}`, 1000)
}
