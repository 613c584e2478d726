/** What of jasmine-core's result objects we read. */
interface JasmineResult {
  readonly fullName: string
  readonly status: 'passed' | 'failed' | 'pending' | 'excluded'
  readonly failedExpectations: readonly { readonly message: string }[]
}

declare module 'jasmine-core/lib/jasmine-core/jasmine.js' {
  export interface Environment {
    configure(options: { random: boolean }): void
    addReporter(reporter: {
      specDone?(result: JasmineResult): unknown
      suiteDone?(result: JasmineResult): unknown
    }): void
    execute(): Promise<unknown>
  }
  export interface Jasmine {
    getEnv(): Environment
  }
  const jasmineRequire: {
    core(self: unknown): Jasmine
    interface(jasmine: Jasmine, environment: Environment): Record<string, unknown>
  }
  export default jasmineRequire
}
