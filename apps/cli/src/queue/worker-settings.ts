/** What a worker was started with. */
export interface WorkerSettings {
  readonly plugin: readonly string[]
  readonly backend?: readonly string[]
  readonly threads?: number
}
