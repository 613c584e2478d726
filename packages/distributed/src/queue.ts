import type { JobKind } from './job-kind'

/** A job to be done. */
export interface Job<Payload = unknown> {
  /** Says what is done: two jobs of one id are one job. A letter, then letters, digits, `_`, `-` or `.`; at most 200. */
  readonly id: string
  /** Plain JSON, at most 1 MiB of it. What is larger is a value of the queue. */
  readonly payload: Payload
}

/** What of a kind of job must be known to ask for one. */
export type JobRequest<Payload = unknown> = Pick<JobKind<Payload>, 'name' | 'payload'>

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

/** How a job stands. */
export interface JobStatus {
  readonly id: string
  readonly state: JobState
  /** Between 0 and 1, as the job tells it. */
  readonly progress: number
  /** Why its last attempt failed. */
  readonly reason?: string
  /** Seconds of its last attempt, once it ended. */
  readonly seconds?: number
}

/** A process that takes jobs. */
export interface WorkerFacts {
  readonly host: string
  readonly pid: number
  readonly concurrency: number
  /** What it runs now. */
  readonly jobs: readonly string[]
}

/** What a queue holds, for people. */
export interface Overview {
  /** Code version of the jobs; undefined for an empty queue. */
  readonly code?: string
  readonly counts: Readonly<Record<JobState, number>>
  /** Jobs of other versions of the code that wait or run. */
  readonly ofOtherVersions: number
  readonly workers: readonly WorkerFacts[]
  /** The newest jobs that failed, at most 20. */
  readonly failures: readonly JobStatus[]
  /** Seconds until all is done, by the jobs that ended last and the workers there are; undefined where that cannot be told. */
  readonly secondsLeft?: number
}

/** How a worker works. */
export interface WorkOptions {
  /** File URL of a module that exports `jobKinds`; see {@link JobKinds}. */
  readonly kinds: URL
  /** Handed to `jobKinds` as they are. */
  readonly settings?: unknown
  /** Jobs at a time, each in a process of its own. Default 1. */
  readonly concurrency?: number
  /** The work ends when this is aborted: running jobs are asked to stop and go back to the queue. */
  readonly signal: AbortSignal
  /** Arguments of Node for the processes, by default those of this one. */
  readonly execArgv?: readonly string[]
  /** Their environment, by default that of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The program of the processes: where this package is bundled, it is no file beside this one. */
  readonly program?: URL
  /** Told when a job begins, ends, or goes back to the queue. */
  onJob?(id: string, what: 'begins' | 'done' | 'failed' | 'back', reason?: string): void
}

/**
 * Jobs, their results, and who does them. Two implementations, {@link localQueue} and {@link redisQueue}, pass one suite.
 *
 * A job runs at least once, and its result is there once: a worker that dies, or is silent for longer than its lease, loses its
 * job to another one, and what it says afterwards is not heard.
 */
export interface Queue {
  /**
   * Adds jobs. One that waits, runs or is done is not added again; one that failed or was cancelled is.
   *
   * @throws OptionError for an id or a payload that is not allowed; then nothing is added
   */
  add<Payload>(kind: JobRequest<Payload>, jobs: readonly Job<Payload>[]): Promise<void>
  /** How a job stands; undefined if there is none of this id. */
  status(id: string): Promise<JobStatus | undefined>
  /**
   * Waits until jobs have ended, however they do.
   *
   * @param onChange is told of each change of state or progress that is seen
   * @returns how each ended, in the order of the ids
   * @throws InterruptedError once the signal is aborted; the jobs go on
   */
  ended(
    ids: readonly string[],
    options?: { readonly signal?: AbortSignal; onChange?(status: JobStatus): void },
  ): Promise<JobStatus[]>
  /** @throws DcError if the job is not done */
  result(id: string): Promise<Uint8Array>
  /** Ends jobs: those that wait never begin, those that run are stopped. */
  cancel(ids: readonly string[]): Promise<void>
  /**
   * Ends all jobs that wait or run.
   *
   * @param options.everyVersion whether those of other versions of the code end too. A job whose worker was lost without a word is ended
   *   once its lease is over; until then it counts as one that runs
   */
  cancelAll(options?: { readonly everyVersion?: boolean }): Promise<void>
  /** Forgets jobs that have ended, and their results. */
  remove(ids: readonly string[]): Promise<void>
  /** Keeps bytes for jobs to read. @returns their key, which is made of what they are */
  putValue(bytes: Uint8Array): Promise<string>
  /** Forgets values; a worker that has read one lately may still know it. */
  removeValues(keys: readonly string[]): Promise<void>
  /**
   * Does jobs until the signal is aborted.
   *
   * @throws OptionError for kinds, a concurrency or a signal that cannot be
   * @throws DcError if this worker cannot go on: its disk is full, or the jobs are of another code version
   */
  work(options: WorkOptions): Promise<void>
  overview(): Promise<Overview>
  /** Ends the connection; jobs that others do go on. */
  close(): Promise<void>
}
