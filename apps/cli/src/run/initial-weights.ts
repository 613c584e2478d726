import { existsSync, readdirSync } from 'node:fs'
import { DataError, DcError, type Pipeline, quoted } from '@dc/core'
import { type Checkpoint, loadCheckpoint, restoreVariables } from '@dc/trainer'
import { RunFolder } from './folder'

/** Names of the weights that one pipeline can take over from another. */
const encoder = 'encoder.'

/** The weights of a pipeline that another can take over: those of its backbone. */
export function backboneOf<T>(named: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(named).filter(([name]) => name.startsWith(encoder)))
}

/**
 * Starts a pipeline's backbone from that of an earlier run, such as `sp2ot` from what `bootsc` has learned; heads start
 * anew. The checkpoint of the same seed is taken, or else the first.
 *
 * @throws DataError if there is no run or checkpoint in the folder, or its backbone is another
 */
export async function startFrom(path: string, seed: number, pipeline: Pipeline): Promise<void> {
  try {
    const folder = RunFolder.open(path)
    const own = folder.checkpoint(seed)
    const checkpoints = existsSync(folder.file('checkpoints')) ? readdirSync(folder.file('checkpoints')) : []
    // Others are of trainings beside a seed's own.
    const first = checkpoints.filter((name) => /^seed-\d+\.safetensors$/.test(name)).sort()[0]
    if (first === undefined)
      throw new DataError(`The run in ${quoted(path)} has no checkpoint to start from.`, { path })
    startFromCheckpoint(await loadCheckpoint(existsSync(own) ? own : folder.file(`checkpoints/${first}`)), pipeline)
  } catch (error) {
    if (!DcError.isInstance(error)) throw error
    throw new DataError(`--init: ${error.message}`, error.facts, error)
  }
}

/** The same from a checkpoint. @throws DataError, ShapeError if the two backbones differ */
export function startFromCheckpoint({ variables }: Pick<Checkpoint, 'variables'>, pipeline: Pipeline): void {
  restoreVariables(backboneOf(pipeline.model.variables), backboneOf(variables))
}
