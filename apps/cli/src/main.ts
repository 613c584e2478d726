import { main } from './cli'

const interruption = new AbortController()
process.on('SIGINT', () => {
  // The first asks the run to end after its step; the second ends the process.
  if (interruption.signal.aborted) process.exit(130)
  process.stderr.write('\nStopping after this step; press Ctrl-C again to stop at once.\n')
  interruption.abort()
})
// A reader that closes early, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interruption.signal,
})
