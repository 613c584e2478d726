import { DataError } from '@dc/core'
import { byRows, compareRuns } from '../compare/comparison'
import { type Format, written } from '../compare/formats'
import { readRuns } from '../compare/read-runs'
import type { Terminal } from '../terminal/output'
import { jsonText, terminalLines } from '../terminal/text'

/**
 * `dclust compare RUN…`: runs side by side. Those that are not finished are told and left out.
 *
 * @throws DataError if there is no run, or none is finished
 */
export async function compare(
  paths: readonly string[],
  flags: { format: Format; json?: boolean },
  { stdout, stderr }: Terminal,
): Promise<number> {
  const { finished, unfinished } = await readRuns(paths)
  if (finished.length === 0) {
    const [{ run, state }] = unfinished
    const more = unfinished.length > 1 ? ` So it is with ${unfinished.length - 1} more.` : ''
    throw new DataError(`No run is finished: ${run} ${state}.${more}`, { unfinished })
  }
  for (const { run, state } of unfinished) stderr.write(`${terminalLines(`left out ${run}, which ${state}`)}\n`)
  for (const { run, warnings } of finished)
    for (const { message } of warnings) stderr.write(`${terminalLines(`warning: ${run}: ${message}`)}\n`)
  const groups = byRows(finished)
  if (groups.length > 1) {
    const named = groups.map((runs) => runs.map(({ run }) => run).join(', ')).join('; ')
    stderr.write(
      `${terminalLines(`these runs are on different rows, so their scores are not of one task: ${named}`)}\n`,
    )
  }
  const comparison = compareRuns(finished)
  if (flags.json) {
    const runs = finished.map(({ config: _, ...run }, at) => ({ ...run, ...comparison.lines[at], seeds: run.seeds }))
    stdout.write(`${jsonText({ settings: comparison.settings, runs, baselines: comparison.baselines, unfinished })}\n`)
  } else {
    const text = written(comparison, flags.format)
    // A program gets the names as they are.
    stdout.write(stdout.isTTY ? terminalLines(text) : text)
  }
  return 0
}
