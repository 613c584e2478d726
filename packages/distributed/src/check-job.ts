import { OptionError } from '@dc/core/plugin'
import type { Job, JobRequest, WorkOptions } from './queue'

const idForm = /^[A-Za-z][\w.-]{0,199}$/
const mostBytes = 2 ** 20

/** @throws OptionError for a worker's options that cannot be */
export function checkWork({ kinds, concurrency = 1, signal }: WorkOptions): void {
  if (!(kinds instanceof URL))
    throw new OptionError('kinds', kinds, 'the file URL of a module, such as new URL(import.meta.url)')
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new OptionError('concurrency', concurrency, 'an integer ≥ 1')
  if (!(signal instanceof AbortSignal))
    throw new OptionError('signal', signal, 'the signal of an AbortController, which ends the work')
}

/** A job as it goes through a queue: its payload checked, and as JSON makes it. */
export interface CheckedJob {
  readonly id: string
  readonly kind: string
  readonly payload: unknown
}

/** @throws OptionError for an id or a payload that is not allowed */
export function checkJobs<Payload>(kind: JobRequest<Payload>, jobs: readonly Job<Payload>[]): CheckedJob[] {
  return jobs.map(({ id, payload }) => {
    if (typeof id !== 'string' || !idForm.test(id))
      throw new OptionError('id of a job', id, 'a letter, then letters, digits, _, - or ., at most 200')
    checkPayload(kind, payload, id)
    const text = JSON.stringify(payload)
    if (text.length > mostBytes)
      throw new OptionError(`payload of job ${id}`, `${text.length} characters`, `at most ${mostBytes}; put values`)
    return { id, kind: kind.name, payload: JSON.parse(text) }
  })
}

/** @throws OptionError naming what of the payload does not fit its schema */
export function checkPayload<Payload>(kind: JobRequest<Payload>, payload: unknown, id: string): Payload {
  const checked = kind.payload.safeParse(payload)
  if (checked.success) return checked.data
  const [{ path, message }] = checked.error.issues
  const where = ['payload', ...path].map(String).join('.')
  throw new OptionError(`${where} of job ${id} (${kind.name})`, valueAt(payload, path), message)
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value)
}
