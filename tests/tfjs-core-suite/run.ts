import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { SpecResult } from './bundled/main'

/** What a backend made of the suite. Tests that the suite itself leaves out are not counted. */
export interface SuiteResult {
  readonly passed: number
  readonly total: number
  /** Name of the test, without the backend's, to the first line of its failure. */
  readonly failures: ReadonlyMap<string, string>
}

/** Runs a bundle made by `bundleSuite` on a backend, in a process of its own. */
export async function runSuite(bundle: string, backend: string, folder: string): Promise<SuiteResult> {
  const file = join(folder, `${backend}.json`)
  await promisify(execFile)(process.execPath, [bundle, backend, file], { maxBuffer: 2 ** 28 })
  const results: SpecResult[] = JSON.parse(readFileSync(file, 'utf8'))
  const ran = results.filter(({ status }) => status === 'passed' || status === 'failed')
  const failed = ran.filter(({ status }) => status === 'failed')
  return {
    passed: ran.length - failed.length,
    total: ran.length,
    failures: new Map(failed.map(({ name, failures }) => [name.replace(` ${backend} {}`, ''), failures[0]])),
  }
}

/** One line for people. */
export function summary(backend: string, { passed, total }: SuiteResult): string {
  return `tfjs-core suite on ${backend}: ${passed} of ${total} tests pass (${((100 * passed) / total).toFixed(2)} %)`
}
