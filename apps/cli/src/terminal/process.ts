// What the system does to a process: signals that end it, readers that go away.
import { constants } from 'node:os'
import { isatty } from 'node:tty'
import { fileReason } from '@dc/core'

const asking = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** Milliseconds in which a signal may come twice from one sender: to this process alone, and to its group. */
const echo = 200

/**
 * From now on the first of the signals that end a process aborts the one returned, with the name of the system's as its
 * reason; the second ends the process.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  const ask = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) return
    process.stderr.write('\nStopping after this step; press Ctrl-C again to stop at once.\n')
    controller.abort(name)
    // The system itself ends the process then, whatever it is busy with.
    setTimeout(() => {
      for (const signal of asking) process.removeListener(signal, ask)
    }, echo).unref()
  }
  for (const signal of asking) process.on(signal, ask)
  return controller.signal
}

// Asked at the start, for a terminal that is gone no longer looks like one.
const onTerminal = [0, 1, 2].some((file) => isatty(file))

/** Ends the process with this code, once there is nothing left to do. */
export function leave(code: number): void {
  // Output that could not be written has set a code by itself.
  if (code !== 0) process.exitCode = code
  if (!onTerminal || code !== 128 + constants.signals.SIGHUP) return
  // Node would reset the terminal, and aborts if it is gone. The signal itself ends the process with the same code in a shell.
  process.removeAllListeners('SIGHUP')
  process.kill(process.pid, 'SIGHUP')
}

/** The end of who reads the output, such as `head` or a terminal, is no reason to end. */
export function forgiveClosedReaders(): void {
  // Whatever is wrong with it cannot be told.
  process.stderr.on('error', () => {})
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // EIO: the terminal is gone.
    if (error.code === 'EPIPE' || error.code === 'EIO') return
    process.exitCode = 1
    process.stderr.write(`dclust: cannot write the output: ${fileReason(error)}.\n`)
  })
}
