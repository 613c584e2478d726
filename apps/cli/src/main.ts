import { main } from './cli'
import { forgiveClosedReaders, interruption } from './terminal/process'

forgiveClosedReaders()
const code = await main(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr, interruption })
// Output that could not be written has set a code by itself.
if (code !== 0) process.exitCode = code
