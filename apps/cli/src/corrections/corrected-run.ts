import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { DataError, fileReason, OptionError, quoted } from '@dc/core'
import { type CorrectionPlan, parseCorrections, planCorrections } from '@dc/pipelines'
import type { RunConfig } from '../config/run-config'
import { reasonOf } from '../run/defined'
import { RunFolder } from '../run/folder'
import { readLabelsCsv } from '../run/labels-csv'
import { type Metrics, readConfig } from '../run/run-files'

/** A finished run, and what a person says of its clusters; a run that goes by it keeps it in its folder. */
export interface CorrectedRun {
  /** The folder of the corrected run. */
  readonly run: string
  /** The file of corrections, and what it says. */
  readonly file: string
  readonly given: unknown
  readonly method: string
  readonly preset: string
  readonly seed: number
  readonly labels: readonly number[]
  readonly k: number
  readonly names: readonly (string | null)[] | null
}

/** Where a run keeps what it corrects. */
export const correctedFile = 'corrected.json'

export const noNumber = 'nothing: corrections say how many clusters there are'

/**
 * The run that corrections are of; undefined if there are none.
 *
 * @throws OptionError for corrections without a run; DataError for a file or a run that cannot be read, or is not finished
 */
export async function correctedRun({
  corrections,
  init,
}: {
  corrections?: string
  init?: string
}): Promise<CorrectedRun | undefined> {
  if (corrections === undefined) return undefined
  if (init === undefined)
    throw new OptionError('--init', undefined, 'the folder of the run that the corrections are of')
  const folder = RunFolder.open(init)
  const { pipeline: method, preset }: RunConfig = await readConfig(folder)
  if (!folder.has('metrics.json'))
    throw new DataError(`The run in ${quoted(init)} is not finished, so it cannot be corrected.`, { path: init })
  const { k, clusterNames: names = null, shownSeed: seed } = await folder.readJson<Metrics>('metrics.json')
  const labels = [...(await readLabelsCsv(folder.file('labels.csv'))).labels]
  const given = await readJson(corrections)
  return { run: resolve(init), file: corrections, given, method, preset, seed, labels, k, names }
}

async function readJson(path: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new DataError(`Cannot read ${quoted(path)}: ${fileReason(error)}.`, { path }, error)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new DataError(`${quoted(path)} is not valid JSON.`, { path }, error)
  }
}

/** What the corrections come to. @throws DataError that names the file and the place in it */
export function planOf({ file, given, names }: CorrectedRun): CorrectionPlan {
  return inFile(file, () => planCorrections(parseCorrections(given), names ?? []))
}

function inFile<T>(file: string, look: () => T): T {
  try {
    return look()
  } catch (error) {
    throw ofFile(file, error)
  }
}

/** An error of corrections with the file that they stand in. */
export function ofFile(file: string, error: unknown): unknown {
  if (!OptionError.isInstance(error) || !error.message.startsWith('corrections')) return error
  return new DataError(`${quoted(file)}: ${reasonOf(error)}`, { path: file }, error)
}
