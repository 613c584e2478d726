/** What a worker was started with. */
export interface WorkerSettings {
  readonly plugin: readonly string[]
  /** Folders that jobs may name places in; anywhere if there are none. */
  readonly within?: readonly string[]
  readonly backend?: readonly string[]
  readonly threads?: number
}
