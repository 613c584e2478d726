import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { RunConfig } from '../config/run-config'
import type { Difference, LastRun } from '../report/run-result'
import { RunFolder } from '../run/folder'
import { type Metrics, readConfig } from '../run/run-files'
import { leaves } from './comparison'
import { runsIn } from './read-runs'

/** What is not a setting of the method: where the same rows were read. */
const elsewhere = /^data\./

/**
 * Looks among the folders beside a run's for the run on the same rows that was finished last before it. What cannot be read is passed over.
 *
 * @param run `corrects` has the checksum of its rows; a run without one has no last run
 */
export async function lastRun(
  path: string,
  run: { readonly corrects?: { readonly data: string }; readonly finishedAt: string; readonly config: RunConfig },
): Promise<LastRun | undefined> {
  const own = resolve(path)
  const beside = dirname(own)
  if (!run.corrects || !existsSync(beside)) return undefined
  let last: { readonly folder: RunFolder; readonly finishedAt: string } | undefined
  for (const other of runsBeside(beside)) {
    if (resolve(other) === own) continue
    const folder = RunFolder.open(other)
    if (!folder.has('metrics.json')) continue
    const metrics = await folder.readJson<Partial<Metrics>>('metrics.json').catch((): Partial<Metrics> => ({}))
    const { finishedAt, corrects } = metrics
    if (corrects?.data !== run.corrects.data || !finishedAt || finishedAt >= run.finishedAt) continue
    if (!last || finishedAt > last.finishedAt) last = { folder, finishedAt }
  }
  const config = last && (await readConfig(last.folder).catch(() => undefined))
  if (!last || !config) return undefined
  const name = last.folder.path.split(/[\\/]/).at(-1)!
  return { name, finishedAt: last.finishedAt, differences: differencesOf(config, run.config) }
}

function runsBeside(folder: string): string[] {
  try {
    return runsIn(folder)
  } catch {
    return []
  }
}

/** The settings that two configurations have otherwise; where the rows lie is none. */
export function differencesOf(before: RunConfig, now: RunConfig): Difference[] {
  const [a, b] = [leaves(before), leaves(now)]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((path) =>
    elsewhere.test(path) || JSON.stringify(a[path]) === JSON.stringify(b[path])
      ? []
      : [{ path, before: a[path], value: b[path] }],
  )
}
