import type { Callback, Phase } from '@dc/core'

/** Where a fit stands. */
export interface FitProgress {
  /** What is done now: `reading`, `training`, `labelling`, a classical method's name, … */
  readonly phase: string
  /** Parts of the phase that are done, and all of them, where it has parts: epochs of a training. */
  readonly done?: number
  readonly total?: number
  /** Mean logs of the epoch that has ended. */
  readonly logs?: Readonly<Record<string, number>>
}

/** Tells of phases, and of the epochs of a training. */
export function progressOf(tell: (progress: FitProgress) => void = () => {}) {
  const report = (phase: string) => tell({ phase })
  return Object.assign(report, {
    part: (part: Phase) => tell(part),
    training: (phase: string): Callback => {
      let total = 0
      return {
        onPhase: (part) => tell({ ...part, phase: `${phase}: ${part.phase}` }),
        onTrainStart({ progress }) {
          total = progress.epochs
          tell({ phase, done: progress.epoch, total })
        },
        onEpochEnd: ({ progress, logs }) => tell({ phase, done: progress.epoch + 1, total, logs }),
      }
    },
  })
}
