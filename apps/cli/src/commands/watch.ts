import type { Terminal } from '../terminal/output'
import { watchRuns } from '../watch/server'

/** What `dclust watch` was given. */
export interface WatchFlags {
  port?: number
}

/**
 * `dclust watch FOLDER`: shows the run in a folder, or all runs in it, in a browser on this machine, until it is stopped.
 *
 * @throws DataError if there is no run; DcError if the port cannot be had
 */
export async function watch(
  path: string,
  { port }: WatchFlags,
  { stdout, stderr, interruption }: Terminal,
): Promise<number> {
  const watching = await watchRuns(path, port)
  stdout.write(`${watching.url}\n`)
  stderr.write('Open this address in a browser on this machine. Ctrl-C ends it; runs go on.\n')
  const signal = interruption?.()
  try {
    await new Promise<void>((resolve) => {
      if (!signal || signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve(), { once: true })
    })
  } finally {
    await watching.close()
  }
  return 0
}
