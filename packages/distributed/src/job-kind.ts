import { OptionError } from '@dc/core/plugin'
import type { z } from 'zod'

/** What a job can ask for and tell while it runs. */
export interface JobContext {
  readonly id: string
  /** Aborted when the job is cancelled, its worker stops, or its lease is over. Whatever it was to keep should be kept then. */
  readonly signal: AbortSignal
  /** Tells how far it is. @param part between 0 and 1 */
  progress(part: number): void
  /** Bytes that were put into the queue with {@link Queue.putValue}. */
  value(key: string): Promise<Uint8Array>
}

/**
 * A kind of job: what it is given, and what it does. The same payload must give the same result wherever it runs and however
 * often, for a job whose worker dies is run again.
 */
export interface JobKind<Payload = unknown> {
  readonly name: string
  /** Checked when a job is added, and again before it runs. */
  readonly payload: z.ZodType<Payload>
  /** Whether each job has a process of its own, which ends with it; otherwise processes are kept for the next job. */
  readonly ownProcess?: boolean
  run(payload: Payload, context: JobContext): Promise<Uint8Array>
}

/** What a module of kinds exports as `jobKinds`; processes of workers import it. Settings are the worker's own, never a job's. */
export type JobKinds = (settings: unknown) => readonly JobKind[]

/**
 * A kind of job, with the type of its payload taken from its schema.
 *
 * @throws OptionError for what is no kind: without a name, a schema or `run`
 * @example
 * import { defineJob } from '@dc/distributed'
 * const sum = defineJob({
 *   name: 'sum',
 *   payload: z.strictObject({ numbers: z.array(z.number()) }),
 *   run: async ({ numbers }) => new Uint8Array(Float64Array.of(numbers.reduce((a, b) => a + b, 0)).buffer),
 * })
 */
export function defineJob<Payload>(kind: JobKind<Payload>): JobKind<Payload> {
  const { name, payload, run } = kind
  if (typeof name !== 'string' || name === '') throw new OptionError('name of a kind of job', name, 'a text')
  if (typeof payload?.safeParse !== 'function') throw new OptionError(`payload of ${name}`, payload, 'a schema of zod')
  if (typeof run !== 'function') throw new OptionError(`run of ${name}`, run, 'a function of a payload')
  return kind
}
