import type { Dataset } from '@dc/core'
import type { RunResult } from '../report/run-result'
import type { RunFolder } from '../run/folder'
import { atlasFile, atlasParquet } from './atlas'
import { writeEvents } from './write-events'

/** Writes what other tools read of a finished run: its rows for embedding-atlas, its epochs for TensorBoard. */
export async function writeElsewhere(folder: RunFolder, run: RunResult, dataset: Dataset): Promise<void> {
  await folder.write(atlasFile, await atlasParquet(run, dataset))
  await writeEvents(folder, new Date(run.finishedAt))
}
