/** Where text goes: a stream of the process, or a test's. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
}

/** What a command is given beside its arguments. */
export interface Terminal {
  /** Data: the table, or one JSON object. */
  readonly stdout: Output
  /** Narration and errors. */
  readonly stderr: Output
  /**
   * From its call on, what would end the process asks it to stop instead: the signal is aborted, and the reason is the name of
   * the system's signal, if there was one.
   */
  interruption?(): AbortSignal
  /** The command that starts this program anew, without arguments. */
  readonly self?: readonly string[]
}
