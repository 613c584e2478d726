import type { HostFunction } from '@dc/core'
import { NotCompilableError } from '@dc/core/errors'
import type { Value } from './graph/value'

/** What the host computes in the middle of a function that is traced. */
export interface HostCall {
  readonly input: Value
  /** Stands for the result. */
  readonly output: Value
  readonly compute: HostFunction
}

/** Sees to it that a function only records while it is to be compiled, or tried. */
export class Recording {
  private current: { readonly hostCalls: HostCall[] | null; refusal: NotCompilableError | null } | null = null

  /** Whether a function is under way. */
  get isOn(): boolean {
    return this.current !== null
  }

  /** What the function asks of the host, which is not asked now; null if it is, or no function is under way. */
  get hostCalls(): HostCall[] | null {
    return this.current?.hostCalls ?? null
  }

  /**
   * Runs a function that only records.
   *
   * @param hostCalls takes what the function asks of the host; if left out, the host is asked at once
   * @throws NotCompilableError if it reads a tensor, whatever it makes of being refused that; whatever else it throws
   */
  run<T>(run: () => T, hostCalls: HostCall[] | null = null): T {
    const recording: NonNullable<Recording['current']> = { hostCalls, refusal: null }
    this.current = recording
    try {
      const result = run()
      if (recording.refusal === null) return result
    } catch (error) {
      if (recording.refusal === null) throw error
    } finally {
      this.current = null
    }
    throw recording.refusal
  }

  /** Runs what the host does in the middle of a function: it may read. */
  interrupted<T>(run: () => T): T {
    const { current } = this
    this.current = null
    try {
      return run()
    } finally {
      this.current = current
    }
  }

  /** @throws NotCompilableError while a function is under way, which does this */
  refuse(what: string): void {
    if (this.current === null) return
    this.current.refusal ??= new NotCompilableError(what)
    throw this.current.refusal
  }
}
