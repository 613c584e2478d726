import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Callback } from '@dc/core'
import { readEpochs } from './epoch-lines'
import type { RunFolder } from './folder'

const file = 'phases.json'

/** A part of the work before the first epoch, and how long it took. */
export interface PhaseTime {
  readonly phase: string
  readonly seconds: number
}

/** An epoch from which on something is otherwise. */
export interface EpochMark {
  readonly epoch: number
  readonly what: 'the learning rate restarts' | 'the weights that are kept'
}

/** What a seed's training went through. */
export interface SeedPhases {
  readonly before: readonly PhaseTime[]
  readonly marks: readonly EpochMark[]
}

/**
 * Writes down how long each part of the work before a seed's first epoch took. A resumed training does some of it again: what stands there
 * already stays.
 */
export function phaseTimes(folder: RunFolder, seed: number, now = () => performance.now()): Callback & PhaseTimes {
  const found: PhaseTime[] = []
  let open: { readonly phase: string; readonly began: number } | undefined
  const begin = (phase: string | undefined) => {
    if (open?.phase === phase) return
    if (open) found.push({ phase: open.phase, seconds: (now() - open.began) / 1000 })
    open = phase === undefined ? undefined : { phase, began: now() }
  }
  return {
    begin,
    onPhase: ({ phase }) => begin(phase),
    async onTrainStart() {
      begin(undefined)
      await addTimes(folder, { [seed]: found })
    },
  }
}

/** Adds times to those of a folder; of a phase that it has already, its own stay. */
async function addTimes(folder: RunFolder, times: Record<string, readonly PhaseTime[]>): Promise<void> {
  const all = await readTimes(folder)
  let changed = false
  for (const [seed, found] of Object.entries(times)) {
    const before = all[seed] ?? []
    const added = found.filter(({ phase }) => before.every((other) => other.phase !== phase))
    changed ||= added.length > 0
    all[seed] = [...before, ...added]
  }
  if (changed) await folder.writeJson(file, all)
}

/** Takes the times of a run that trained a seed of this one elsewhere. */
export async function takePhases(from: string, folder: RunFolder): Promise<void> {
  const path = join(from, file)
  if (existsSync(path)) await addTimes(folder, JSON.parse(await readFile(path, 'utf8')))
}

export interface PhaseTimes {
  begin(phase: string): void
}

const readTimes = async (folder: RunFolder): Promise<Record<string, readonly PhaseTime[]>> =>
  folder.has(file) ? folder.readJson<Record<string, readonly PhaseTime[]>>(file) : {}

/** What the trainings of a run went through, by their seeds. */
export async function readPhases(folder: RunFolder): Promise<Record<string, SeedPhases>> {
  const [times, { lines }] = [await readTimes(folder), await readEpochs(folder)]
  const seeds = new Set([...Object.keys(times), ...lines.map(({ seed }) => String(seed))])
  return Object.fromEntries(
    [...seeds].map((seed) => {
      const own = lines.filter((line) => String(line.seed) === seed)
      const marks = marksOf(
        own.map(({ learningRate }) => learningRate),
        own.map(({ logs }) => logs.validation),
      )
      return [seed, { before: times[seed] ?? [], marks }]
    }),
  )
}

/** @param validation scores of the rows that are kept for it, if there are any: the weights of the best epoch are the result */
export function marksOf(rates: readonly number[], validation: readonly (number | undefined)[]): EpochMark[] {
  const restarts = rates.flatMap((rate, at): EpochMark[] =>
    at > 1 && rate > rates[at - 1] && rates[at - 1] < rates[at - 2]
      ? [{ epoch: at + 1, what: 'the learning rate restarts' }]
      : [],
  )
  const best = validation.reduce<number>(
    (most, score, at) => ((score ?? Number.NaN) > (validation[most] ?? Number.NEGATIVE_INFINITY) ? at : most),
    -1,
  )
  return best < 0 ? restarts : [...restarts, { epoch: best + 1, what: 'the weights that are kept' }]
}
