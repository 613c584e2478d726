import { existsSync, readdirSync } from 'node:fs'
import { DataError, type Pipeline } from '@dc/core'
import { type Checkpoint, loadCheckpoint, restoreVariables } from '@dc/trainer'
import { RunFolder } from './folder'

/** Names of the weights that one pipeline can take over from another. */
const encoder = 'encoder.'

/**
 * Starts a pipeline's backbone from that of an earlier run, such as `sp2ot` from what `bootsc` has learned; heads start
 * anew. The checkpoint of the same seed is taken, or else the first.
 *
 * @throws DataError if there is no run or checkpoint in the folder, or its backbone is another
 */
export async function startFrom(path: string, seed: number, pipeline: Pipeline): Promise<void> {
  const folder = RunFolder.open(path)
  const own = folder.checkpoint(seed)
  const checkpoints = existsSync(folder.file('checkpoints')) ? readdirSync(folder.file('checkpoints')) : []
  // Others are of trainings beside a seed's own.
  const first = checkpoints.filter((name) => /^seed-\d+\.safetensors$/.test(name)).sort()[0]
  if (first === undefined) throw new DataError(`The run in '${path}' has no checkpoint to start from.`, { path })
  startFromCheckpoint(await loadCheckpoint(existsSync(own) ? own : folder.file(`checkpoints/${first}`)), pipeline)
}

/** The same from a checkpoint. @throws DataError, ShapeError if the two backbones differ */
export function startFromCheckpoint({ variables }: Pick<Checkpoint, 'variables'>, pipeline: Pipeline): void {
  const encoderOf = <T>(named: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(named).filter(([name]) => name.startsWith(encoder)))
  restoreVariables(encoderOf(pipeline.model.variables), encoderOf(variables))
}
