// Runs every check that knows a reference file over a folder of such files.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Oracle, ParityCheck, ParityRow } from './frame.ts'

/** A row with its file and verdict; a file that could not be checked has `reason` instead of numbers. */
export interface ParityResult extends Partial<ParityRow> {
  readonly file: string
  readonly name: string
  readonly ok: boolean
  readonly reason?: string
}

/** All checks of this folder. */
export async function loadChecks(): Promise<ParityCheck[]> {
  const folder = new URL('checks/', import.meta.url)
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'))
  return Promise.all(files.map(async (file) => (await import(new URL(file, folder).href)).default as ParityCheck))
}

/**
 * Checks every `.json` file of a folder.
 *
 * @returns a row per comparison; a failing row for a file that no check knows or that cannot be read
 * @throws Error if the folder cannot be read or holds no `.json` file
 */
export async function runParity(directory: string, checks: readonly ParityCheck[]): Promise<ParityResult[]> {
  const files = readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
  if (files.length === 0) throw new Error(`no .json file in ${directory}`)
  const results: ParityResult[] = []
  for (const file of files) results.push(...(await checkFile(join(directory, file), checks)))
  return results
}

async function checkFile(path: string, checks: readonly ParityCheck[]): Promise<ParityResult[]> {
  const file = basename(path, '.json')
  const failure = (reason: string): ParityResult => ({ file, name: file, ok: false, reason })
  let oracle: Oracle
  try {
    oracle = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return [failure(`cannot be read: ${message(error)}`)]
  }
  const known = checks.filter((check) => check.matches.test(file))
  if (known.length === 0) return [failure('no check knows this file')]
  const results: ParityResult[] = []
  for (const check of known) {
    try {
      const rows = await check.run(oracle)
      if (rows.length === 0) results.push(failure('its check compared nothing'))
      for (const row of rows) results.push({ file, ...row, ok: row.error <= row.tolerance })
    } catch (error) {
      results.push(failure(message(error)))
    }
  }
  return results
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
