import { dirname } from 'node:path'
import type { ComparedRun } from './read-runs'

/** Runs that differ in nothing but their seeds as one, which is called by the folder that they lie in. */
export function groupedRuns(runs: readonly ComparedRun[]): ComparedRun[] {
  const groups = new Map<string, ComparedRun>()
  for (const run of runs) {
    const { seeds: _, ...config } = run.config
    const key = JSON.stringify([config, run.k, run.dataset, run.rowsChecksum, run.backend])
    const before = groups.get(key)
    const seeds = [...(before?.seeds ?? []), ...run.seeds].sort((a, b) => a.seed - b.seed)
    groups.set(key, { ...(before ?? { ...run, run: dirname(run.run) }), seeds })
  }
  return [...groups.values()]
}
