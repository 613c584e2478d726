import type { Progress } from '@dc/core'
import type { Checkpoint } from '@dc/trainer'
import { z } from 'zod'
import type { RunFolder } from './folder'

const file = 'metrics.jsonl'

// JSON has no NaN: a score that is not defined is null.
const log = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN)
/** A line of `metrics.jsonl`: the mean logs of one epoch. */
const epochLineSchema = z.object({
  seed: z.int(),
  /** From 1. */
  epoch: z.int().min(1),
  /** Since the seed began. */
  seconds: z.number(),
  learningRate: z.number(),
  logs: z.record(z.string(), log),
})
export type EpochLine = z.output<typeof epochLineSchema>

/** Writes down an epoch. */
export async function writeEpoch(folder: RunFolder, line: EpochLine): Promise<void> {
  await folder.append(file, textOf(line))
}

/**
 * The epochs that are written down. The last line may have been cut short by a kill, and is then left out in silence; `broken`
 * are the numbers of other lines that are no epochs.
 */
export async function readEpochs(folder: RunFolder): Promise<{ lines: EpochLine[]; broken: number[] }> {
  if (!folder.has(file)) return { lines: [], broken: [] }
  const texts = (await folder.read(file)).split('\n').slice(0, -1)
  const parsed = texts.map(parse)
  return {
    lines: parsed.filter((line) => line !== null),
    broken: parsed.flatMap((line, at) => (line === null ? [at + 1] : [])),
  }
}

/**
 * Leaves of a seed's epochs what its checkpoint knows of them, each once, whatever a crash did to the file.
 *
 * @param rateAt the learning rate, for an epoch whose line is lost
 * @returns the seconds of these epochs
 */
export async function keepEpochs(
  folder: RunFolder,
  seed: number,
  checkpoint: Checkpoint | undefined,
  rateAt: (progress: Progress) => number,
): Promise<number> {
  const { lines } = await readEpochs(folder)
  const own = new Map(lines.filter((line) => line.seed === seed).map((line) => [line.epoch, line]))
  let seconds = 0
  const kept = (checkpoint?.history ?? []).map((logs, at): EpochLine => {
    const { steps, epochs } = checkpoint!
    const last = { step: ((at + 1) * steps) / epochs - 1, steps, epoch: at, epochs }
    const line = own.get(at + 1) ?? { seed, epoch: at + 1, seconds, learningRate: rateAt(last) }
    seconds = line.seconds
    return { ...line, logs: { ...logs } }
  })
  // Each seed stays in its place.
  const seeds = [...new Set([...lines.map((line) => line.seed), seed])]
  const all = seeds.flatMap((each) => (each === seed ? kept : lines.filter((line) => line.seed === each)))
  const text = all.map(textOf).join('')
  if (folder.has(file) ? text !== (await folder.read(file)) : text !== '') await folder.write(file, text)
  return seconds
}

const textOf = (line: EpochLine) => `${JSON.stringify(line)}\n`

function parse(text: string): EpochLine | null {
  try {
    return epochLineSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
