import type { Reporter, TestModule } from 'vitest/node'

/** Ends a test run with one plain line, `N passed, N failed, N skipped`, that any tool can read. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<unknown>): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state]++
      // Errors outside tests: a file that does not load, a failed beforeAll.
      if (module.errors().length > 0) count.failed++
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) count.failed++
    }
    const failed = count.failed + errors.length
    process.stdout.write(
      `\ntests: ${count.passed} passed, ${failed} failed, ${count.skipped + count.pending} skipped\n`,
    )
  }
}
