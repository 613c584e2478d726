import type { Phase } from '@dc/core'
import progress from 'cli-progress'
import { fitted } from '../report/names'
import { duration, scoreText } from '../report/numbers'
import type { SeedResult } from '../report/run-result'
import type { Output } from './output'
import { terminalLines } from './text'
import { tellingUnconverged } from './unconverged'

/** Tells people what is going on, on stderr: bars on a terminal, plain lines elsewhere. */
export interface Narrator {
  note(line: string): void
  /** Work of a training before its first epoch. @param label whose training it is, such as `seed 0` */
  phase(label: string, part: Phase): void
  /** @param label as above */
  trainingStarts(label: string, epoch: number, epochs: number): void
  /** @param epoch finished epochs */
  epochEnds(epoch: number, logs: Readonly<Record<string, number>>): void
  trainingEnds(): void
  seedEnds(seed: SeedResult): void
}

/** Bars if stderr is a terminal, else lines. */
export function createNarrator(stderr: Output): Narrator {
  const common = {
    note: (line: string) => void stderr.write(`${terminalLines(line)}\n`),
    seedEnds: ({ seed, acc, nmi, silhouette, undefinedScores, seconds }: SeedResult) => {
      const text = (name: string, value: number | null | undefined) => `${name} ${scoreText([value])}`
      const shape = text('silhouette', silhouette) + (silhouette === null ? ` (${undefinedScores?.silhouette})` : '')
      const found = acc === undefined ? shape : `${text('ACC', acc)}, ${text('NMI', nmi)}`
      stderr.write(`seed ${seed}: ${terminalLines(found)}, ${duration(seconds)}\n`)
    },
  }
  const training = stderr.isTTY ? bars(stderr) : lines(stderr)
  return { ...common, ...tellingUnconverged(training, common.note) }
}

/** Columns for the name of a training. */
const longestLabel = 60

type Training = Pick<Narrator, 'phase' | 'trainingStarts' | 'epochEnds' | 'trainingEnds'>

function bars(stderr: Output): Training {
  const bar = new progress.SingleBar(
    {
      stream: stderr as NodeJS.WriteStream,
      format: '{label} [{bar}] epoch {value}/{total}  loss {loss}  {eta_formatted} left',
      hideCursor: true,
      etaBuffer: 20,
      // Node would keep running for a bar that is not stopped.
      stopOnComplete: true,
    },
    progress.Presets.shades_classic,
  )
  const phases = new progress.SingleBar(
    {
      stream: stderr as NodeJS.WriteStream,
      format: '{label} [{bar}] {value}/{total}  {eta_formatted} left',
      hideCursor: true,
      stopOnComplete: true,
    },
    progress.Presets.shades_classic,
  )
  return {
    phase(label, { phase, done, total }) {
      const named = fitted(`${label}, ${phase}`, longestLabel)
      if (done === undefined || total === undefined) stderr.write(`${named}\n`)
      else if (done === 0) phases.start(total, 0, { label: named })
      else phases.update(done)
    },
    trainingStarts: (label, epoch, epochs) =>
      bar.start(epochs, epoch, { label: fitted(label, longestLabel), loss: '–' }),
    epochEnds: (epoch, logs) => bar.update(epoch, { loss: logs.loss.toPrecision(4) }),
    trainingEnds() {
      phases.stop()
      bar.stop()
    },
  }
}

/** A line at the start, at about every tenth of the way, and at the end. */
function lines(stderr: Output): Training {
  let [label, first, total, began] = ['', 0, 0, 0]
  let last = 0
  let phaseBegan = 0
  return {
    phase(name, { phase, done, total }) {
      const what = fitted(`${name}, ${phase}`, longestLabel)
      if (!done || total === undefined) {
        phaseBegan = performance.now()
        stderr.write(`${what}${total === undefined ? '' : `: ${total} epochs`}\n`)
        return
      }
      if (done % Math.max(1, Math.round(total / 10)) !== 0 && done !== total) return
      const perPart = (performance.now() - phaseBegan) / 1000 / done
      stderr.write(`${what}: ${done}/${total}${done < total ? `, ${duration(perPart * (total - done))} left` : ''}\n`)
    },
    trainingStarts(name, epoch, epochs) {
      ;[label, first, total, began] = [fitted(name, longestLabel), epoch, epochs, performance.now()]
      last = epoch
      const from = epoch > 0 ? `, going on from epoch ${epoch}` : ''
      stderr.write(`${label}: training for at most ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}${from}\n`)
    },
    epochEnds(epoch, logs) {
      last = epoch
      const stride = Math.max(1, Math.round(total / 10))
      // The first tells how long it will take.
      if (epoch % stride !== 0 && epoch !== total && epoch !== first + 1) return
      const perEpoch = (performance.now() - began) / 1000 / (epoch - first)
      const left = epoch < total ? `, ${duration(perEpoch * (total - epoch))} left` : ''
      stderr.write(`${label}: epoch ${epoch}/${total}, loss ${logs.loss.toPrecision(4)}${left}\n`)
    },
    trainingEnds() {
      if (last < total) stderr.write(`${label}: ended after ${last} ${last === 1 ? 'epoch' : 'epochs'}\n`)
      total = 0
    },
  }
}
