import type { RunFolder } from '../run/folder'
import type { Narrator } from '../terminal/narrator'
import type { LiveRows, LiveSample } from './live-rows'

/** Where a run that is watched says what it does now. It is there while the run works. */
export const liveFile = 'live.json'
/** What the rows are whose places it shows. */
export const liveRowsFile = 'live-rows.json'

/** What a run does now. */
export interface LiveState {
  /** What was told last. */
  readonly note?: string
  /** Whose training it is, and which part of the work before its first epoch. */
  readonly label?: string
  readonly phase?: { readonly phase: string; readonly done?: number; readonly total?: number }
  readonly epoch?: number
  readonly epochs?: number
  /** Clusters of a fixed sample of rows, and its places in the plane, `[n, 2]`. */
  readonly sample?: LiveSample
}

/** Keeps a run's state in its folder. */
export interface Live {
  update(part: LiveState): void
  /** What the rows are whose places are told. */
  rows(make: () => Promise<LiveRows>): Promise<void>
  /** Takes the file away. */
  end(): Promise<void>
}

/** Milliseconds between two times that the state is written. */
const pause = 300

/** The state is written by and by, and never ends a run: what cannot be written is not seen. */
export function createLive(folder: RunFolder, remove: (path: string) => Promise<void>): Live {
  let state: LiveState = {}
  let writing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const write = () => {
    timer = undefined
    writing = writing.then(() => folder.writeJson(liveFile, state)).catch(() => {})
  }
  return {
    update(part) {
      state = { ...state, ...part }
      timer ??= setTimeout(write, pause)
    },
    async rows(make) {
      await make()
        .then((rows) => folder.writeJson(liveRowsFile, rows))
        .catch(() => {})
    },
    async end() {
      clearTimeout(timer)
      await writing
      for (const file of [liveFile, liveRowsFile]) await remove(folder.file(file)).catch(() => {})
    },
  }
}

/** A narrator whose words are seen too. */
export function seenNarrator(narrator: Narrator, live: Live): Narrator {
  return {
    note(line) {
      live.update({ note: line })
      narrator.note(line)
    },
    phase(label, part) {
      live.update({ label, phase: part })
      narrator.phase(label, part)
    },
    trainingStarts(label, epoch, epochs) {
      live.update({ label, epoch, epochs, phase: undefined })
      narrator.trainingStarts(label, epoch, epochs)
    },
    epochEnds(epoch, logs) {
      live.update({ epoch })
      narrator.epochEnds(epoch, logs)
    },
    trainingEnds() {
      live.update({ label: undefined, epoch: undefined, epochs: undefined, phase: undefined })
      narrator.trainingEnds()
    },
    seedEnds: (seed) => narrator.seedEnds(seed),
  }
}
