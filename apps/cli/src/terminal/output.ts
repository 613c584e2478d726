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
  /** Asks a run to stop after the step at hand. */
  readonly signal?: AbortSignal
}
