import type { z } from 'zod'

/** A piece of work on one shard, or on a pair of them: plain arguments, and bytes by their names. */
export interface ShardCall {
  readonly task: string
  /** Plain JSON. */
  readonly args: Readonly<Record<string, unknown>>
  /** Larger arguments, such as centroids; the same bytes for many calls are sent once. */
  readonly values?: Readonly<Record<string, Uint8Array>>
}

/** What a task may ask for. */
export interface ShardContext {
  readonly signal?: AbortSignal
  value(name: string): Promise<Uint8Array>
}

/** What is done for a call. The same call gives the same bytes, wherever and however often. */
export interface ShardTask<Args = unknown> {
  readonly name: string
  readonly args: z.ZodType<Args>
  run(args: Args, context: ShardContext): Promise<Uint8Array>
}

/** Does calls, here or elsewhere. */
export interface ShardRunner {
  /**
   * @param onAnswer is told of each answer in the order of the calls, as soon as it and those before it are there; an answer is
   * not kept after that
   */
  run(calls: readonly ShardCall[], onAnswer: (answer: Uint8Array, at: number) => void | Promise<void>): Promise<void>
}

/** A task, with the type of its arguments taken from their schema. */
export function defineTask<Args>(task: ShardTask<Args>): ShardTask {
  return task as ShardTask
}
