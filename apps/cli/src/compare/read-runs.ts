import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DataError, quoted } from '@dc/core'
import { z } from 'zod'
import type { RunConfig } from '../config/run-config'
import type { Warning } from '../report/run-result'
import { RunFolder } from '../run/folder'
import { howFar } from '../run/how-far'
import { readConfig } from '../run/run-files'

/** The scores that every run has, in the order in which they are shown. */
const scoreNames = [
  'acc',
  'nmi',
  'ari',
  'ami',
  'purity',
  'meanClassAcc',
  'f1',
  'silhouette',
  'neighbourAgreement',
  'sizeBalance',
] as const
const score = z.number().nullable().optional()
const scoresShape = {
  ...Object.fromEntries(scoreNames.map((name) => [name, score])),
  seconds: z.number(),
  scores: z.record(z.string(), z.number().nullable()).optional(),
}
const metricsSchema = z.object({
  pipeline: z.string(),
  k: z.number(),
  dataset: z.object({ name: z.string(), size: z.number() }),
  // Runs of an earlier version have none.
  corrects: z.object({ data: z.string() }).optional(),
  backend: z.string(),
  seeds: z
    .array(
      z.object({
        ...scoresShape,
        seed: z.number(),
      }),
    )
    .min(1),
  // Runs of an earlier version have fewer of them, and no warnings.
  baselines: z.record(z.string(), z.object(scoresShape)).default({}),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })).default([]),
})

/** Scores of one labeling. */
export interface ComparedScores {
  readonly seconds: number
  /** Null where a score is not defined; absent where the run does not have it. */
  readonly scores: Readonly<Record<string, number | null>>
}

/** A finished run, as far as it is compared. */
export interface ComparedRun {
  /** Its folder, as it was named. */
  readonly run: string
  readonly config: RunConfig
  readonly dataset: { readonly name: string; readonly size: number }
  /** Checksum of the rows, if it is known. */
  readonly rowsChecksum?: string
  readonly k: number
  readonly backend: string
  readonly seeds: readonly (ComparedScores & { readonly seed: number })[]
  /** The methods that the run was compared with itself, by their name. */
  readonly baselines: Readonly<Record<string, ComparedScores>>
  readonly warnings: readonly Warning[]
}

/** A run that cannot be compared yet, and why. */
export interface UnfinishedRun {
  readonly run: string
  readonly state: string
}

/**
 * Reads runs.
 *
 * @param paths run folders, or folders of run folders; each run counts once
 * @throws DataError if there is no run in one of them, or a file of a run cannot be read
 */
export async function readRuns(
  paths: readonly string[],
): Promise<{ finished: ComparedRun[]; unfinished: UnfinishedRun[] }> {
  const folders = new Map(paths.flatMap(runsIn).map((path) => [realpathSync(path), path]))
  const finished: ComparedRun[] = []
  const unfinished: UnfinishedRun[] = []
  for (const path of folders.values()) {
    const folder = RunFolder.open(path)
    if (folder.has('metrics.json')) finished.push(await readOne(folder))
    else unfinished.push({ run: path, state: await howFar(folder) })
  }
  return { finished, unfinished }
}

const isRun = (path: string) => existsSync(join(path, 'config.resolved.json'))

/** The folders of the run or the runs in a folder. @throws DataError if there is none */
export function runsIn(path: string): string[] {
  if (isRun(path)) return [path]
  const found = existsSync(path) && statSync(path).isDirectory() ? foldersIn(path).filter(isRun) : []
  if (found.length > 0) return found
  throw new DataError(`There is no run in ${quoted(path)} (no config.resolved.json), nor in a folder of it.`, { path })
}

const foldersIn = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name))
    .sort()

async function readOne(folder: RunFolder): Promise<ComparedRun> {
  const config = await readConfig(folder)
  const path = folder.file('metrics.json')
  const { data: metrics, error } = metricsSchema.safeParse(await folder.readJson('metrics.json'))
  if (!metrics) {
    const [{ path: at, message }] = error.issues
    throw new DataError(`${quoted(path)} is no run's: ${at.join('.')} is ${message.toLowerCase()}.`, { path })
  }
  const { dataset, corrects, k, backend, seeds, baselines, warnings } = metrics
  return {
    run: folder.path,
    config,
    dataset,
    ...(corrects && { rowsChecksum: corrects.data }),
    k,
    backend,
    seeds: seeds.map(({ seed, ...own }) => ({ seed, ...scoresOf(own) })),
    baselines: Object.fromEntries(Object.entries(baselines).map(([name, own]) => [name, scoresOf(own)])),
    warnings,
  }
}

function scoresOf({ seconds, scores, ...own }: z.output<z.ZodObject<typeof scoresShape>>): ComparedScores {
  const usual = scoreNames.flatMap((name) => {
    const value = (own as Readonly<Record<string, number | null | undefined>>)[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { seconds, scores: { ...Object.fromEntries(usual), ...scores } }
}
