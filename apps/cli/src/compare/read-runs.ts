import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DataError, quoted } from '@dc/core'
import { z } from 'zod'
import type { RunConfig } from '../config/run-config'
import { RunFolder } from '../run/folder'
import { howFar } from '../run/how-far'
import { readConfig } from '../run/run-files'

/** The scores that every run has, in the order in which they are shown. */
const scoreNames = ['acc', 'nmi', 'ari', 'ami', 'purity', 'meanClassAcc', 'f1', 'silhouette'] as const
const score = z.number().nullable().optional()
const metricsSchema = z.object({
  pipeline: z.string(),
  k: z.number(),
  dataset: z.object({ name: z.string(), size: z.number() }),
  backend: z.string(),
  seeds: z
    .array(
      z.object({
        ...Object.fromEntries(scoreNames.map((name) => [name, score])),
        seed: z.number(),
        seconds: z.number(),
        scores: z.record(z.string(), z.number().nullable()).optional(),
      }),
    )
    .min(1),
})

/** A finished run, as far as it is compared. */
export interface ComparedRun {
  /** Its folder, as it was named. */
  readonly run: string
  readonly config: RunConfig
  readonly dataset: { readonly name: string; readonly size: number }
  readonly k: number
  readonly backend: string
  readonly seeds: readonly {
    readonly seed: number
    readonly seconds: number
    /** Null where a score is not defined; absent where the run does not have it. */
    readonly scores: Readonly<Record<string, number | null>>
  }[]
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

function runsIn(path: string): string[] {
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
  const { dataset, k, backend, seeds } = metrics
  return {
    run: folder.path,
    config,
    dataset,
    k,
    backend,
    seeds: seeds.map(({ seed, seconds, scores, ...own }) => ({
      seed,
      seconds,
      scores: {
        ...Object.fromEntries(
          scoreNames.flatMap((name) => {
            const value = own[name as keyof typeof own] as number | null | undefined
            return value === undefined ? [] : [[name, value]]
          }),
        ),
        ...scores,
      },
    })),
  }
}
