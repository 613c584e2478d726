// The program that esbuild makes of tfjs-core's published tests: `node bundle.cjs BACKEND RESULTS.json`.
import { writeFileSync } from 'node:fs'
import { activate } from './backend'
import { env } from './jasmine'

// Last: its files call Jasmine's globals and ask for the backend while they load.
import '@tensorflow/tfjs-core/dist/tests'

/** One test of the suite. */
export interface SpecResult {
  readonly name: string
  readonly status: 'passed' | 'failed' | 'pending' | 'excluded'
  /** The first line of each failure. */
  readonly failures: readonly string[]
}

const results: SpecResult[] = []
const keep = ({ fullName, status, failedExpectations }: JasmineResult) =>
  results.push({ name: fullName, status, failures: failedExpectations.map(({ message }) => message.split('\n')[0]) })
env.configure({ random: false })
env.addReporter({
  specDone: keep,
  // A group is a result of its own only if what runs before or after its tests failed.
  suiteDone: (result) => result.failedExpectations.length > 0 && keep({ ...result, status: 'failed' }),
})
activate()
  .then(() => env.execute())
  .then(() => {
    writeFileSync(process.argv[3], JSON.stringify(results))
    process.exit(0)
  })
  // Jasmine would swallow it.
  .catch((error) => {
    console.error(error)
    process.exit(1)
  })
