// What a worker and the process of a job say to each other.

export type ToChild =
  | { readonly type: 'run'; readonly id: string; readonly kind: string; readonly payload: unknown }
  /** The worker holds the job still. */
  | { readonly type: 'beat' }
  | { readonly type: 'stop' }
  | { readonly type: 'value'; readonly key: string; readonly bytes: Uint8Array | null; readonly why?: string }

export type FromChild =
  | { readonly type: 'ready'; readonly own: readonly string[] }
  | { readonly type: 'progress'; readonly part: number }
  | { readonly type: 'want'; readonly key: string }
  | { readonly type: 'done'; readonly bytes: Uint8Array }
  | { readonly type: 'failed'; readonly reason: string; readonly why: FailureKind }

/**
 * `refused`: trying again would give the same. `disk`: the fault of the machine, not of the job. `stopped`: as it was asked to.
 * `failed`: another attempt may do.
 */
export type FailureKind = 'refused' | 'disk' | 'stopped' | 'failed'
