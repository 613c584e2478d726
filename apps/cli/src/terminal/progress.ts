import type { Phase } from '@dc/core'
import progress from 'cli-progress'
import { duration } from '../report/numbers'
import type { Output } from './output'

/** Tells how far a piece of work is: a bar on a terminal, elsewhere a line at every tenth. */
export interface Progress {
  /** @param done how many of `total` are done; may be called as often as one likes */
  update(done: number, total: number): void
  end(): void
}

/** @param what as the beginning of a line: `decoding` */
export function createProgress(stderr: Output, what: string): Progress {
  return stderr.isTTY ? bar(stderr, what) : lines(stderr, what)
}

function bar(stderr: Output, what: string): Progress {
  const shown = new progress.SingleBar(
    {
      stream: stderr as NodeJS.WriteStream,
      format: `${what} [{bar}] {value}/{total}  {eta_formatted} left`,
      hideCursor: true,
      etaBuffer: 100,
      stopOnComplete: true,
    },
    progress.Presets.shades_classic,
  )
  let begun = false
  return {
    update(done, total) {
      if (!begun) shown.start(total, 0)
      begun = true
      shown.update(done)
    },
    end: () => shown.stop(),
  }
}

function lines(stderr: Output, what: string): Progress {
  const began = performance.now()
  let told = 0
  return {
    update(done, total) {
      const tenths = Math.floor((10 * done) / total)
      if (tenths <= told) return
      told = tenths
      const left = ((performance.now() - began) / 1000 / done) * (total - done)
      stderr.write(`${what}: ${done} of ${total}${done < total ? `, ${duration(left)} left` : ''}\n`)
    },
    end: () => {},
  }
}

/** The same of work in phases: each has a bar or lines of its own. */
export function phaseProgress(stderr: Output): { update(part: Phase): void; end(): void } {
  let shown: { phase: string; progress: Progress } | undefined
  return {
    update({ phase, done, total }) {
      if (done === undefined || total === undefined) return
      if (shown?.phase !== phase) {
        shown?.progress.end()
        shown = { phase, progress: createProgress(stderr, phase) }
      }
      shown.progress.update(done, total)
    },
    end: () => shown?.progress.end(),
  }
}
