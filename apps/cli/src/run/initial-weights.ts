import { existsSync, readdirSync } from 'node:fs'
import { DataError, DcError, type Pipeline, quoted } from '@dc/core'
import { backboneOf, startFromBackbone } from '@dc/pipelines'
import { type Checkpoint, loadCheckpoint, saveCheckpoint } from '@dc/trainer'
import { RunFolder } from './folder'

/**
 * What a training with `--init` begins with: the checkpoint of an earlier run, of the same seed or else the first.
 *
 * @param path of the earlier run's folder
 * @param folder of this run; what it took at its beginning stays there, whatever becomes of the earlier run
 * @throws DataError if there is no run or checkpoint in the earlier run's folder
 */
export async function initialCheckpoint(path: string, seed: number, folder?: RunFolder): Promise<Checkpoint> {
  const kept = folder?.initial(seed)
  if (kept !== undefined && existsSync(kept)) return loadCheckpoint(kept)
  try {
    const earlier = RunFolder.open(path)
    const own = earlier.checkpoint(seed)
    const checkpoints = existsSync(earlier.file('checkpoints')) ? readdirSync(earlier.file('checkpoints')) : []
    // Others are of trainings beside a seed's own.
    const first = checkpoints.filter((name) => /^seed-\d+\.safetensors$/.test(name)).sort()[0]
    if (first === undefined)
      throw new DataError(`The run in ${quoted(path)} has no checkpoint to start from.`, { path })
    return await loadCheckpoint(existsSync(own) ? own : earlier.file(`checkpoints/${first}`))
  } catch (error) {
    throw named(error)
  }
}

/** Keeps the backbone that a training begins with in its run's folder. */
export async function keepInitial(checkpoint: Checkpoint, seed: number, folder: RunFolder): Promise<void> {
  const path = folder.initial(seed)
  if (existsSync(path)) return
  await saveCheckpoint(path, {
    ...checkpoint,
    variables: backboneOf(checkpoint.variables),
    optimizer: {},
    pipeline: {},
    best: {},
  })
}

/**
 * Gives a pipeline the backbone of an earlier run.
 *
 * @throws DataError as {@link initialCheckpoint}, or if its backbone is another
 */
export async function startFrom(
  path: string,
  seed: number,
  pipeline: Pipeline,
  folder?: RunFolder,
): Promise<Checkpoint> {
  const checkpoint = await initialCheckpoint(path, seed, folder)
  try {
    startFromBackbone(checkpoint.variables, pipeline)
  } catch (error) {
    throw named(error)
  }
  return checkpoint
}

const named = (error: unknown) =>
  DcError.isInstance(error) ? new DataError(`--init: ${error.message}`, error.facts, error) : error
