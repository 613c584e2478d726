import type { FitProgress } from '@dc/pipelines'
import type { Report } from './messages'

type Progress = Extract<Report, { tell: 'progress' }>

/** Adds the seconds that are left to what a fit tells: as the parts of the phase took so far. */
export function withTimeLeft(tell: (progress: Progress) => void): (progress: FitProgress) => void {
  let phase = ''
  let [begun, first] = [0, 0]
  return ({ phase: now, done, total, logs }) => {
    if (now !== phase || done === undefined || done <= first) {
      phase = now
      begun = performance.now()
      first = done ?? 0
    }
    const parts = (done ?? 0) - first
    const left =
      parts > 0 && total !== undefined
        ? ((performance.now() - begun) / 1000 / parts) * (total - (done ?? 0))
        : undefined
    tell({
      tell: 'progress',
      phase: now,
      ...(done !== undefined && { done }),
      ...(total !== undefined && { total }),
      ...(left !== undefined && { left }),
      ...(logs?.loss !== undefined && { loss: logs.loss }),
    })
  }
}
