import { open, readFile, rename, rm } from 'node:fs/promises'
import { DataError, DcError, type NamedTensors, type NamedVariables, ShapeError, tf } from '@dc/core'
import { decodeSafetensors, encodeSafetensors, type HostTensor } from './safetensors'

/** Everything that training needs to go on as if it had never stopped. Lives on the host. */
export interface Checkpoint {
  /** Steps taken. */
  readonly step: number
  /** Optimisation steps of one epoch, and of all. */
  readonly steps: number
  readonly epochs: number
  /** Sums of the logs over the steps of the unfinished epoch. */
  readonly epochSums: Readonly<Record<string, number>>
  /** Mean logs of each finished epoch. */
  readonly history: readonly Readonly<Record<string, number>>[]
  readonly variables: Readonly<Record<string, HostTensor>>
  readonly optimizer: Readonly<Record<string, HostTensor>>
  /** What the pipeline keeps beside its weights. */
  readonly pipeline: Readonly<Record<string, HostTensor>>
  /** The weights of the best epoch so far; none where none is asked for. */
  readonly best: Readonly<Record<string, HostTensor>>
  /** Anything the app wants to find again: its configuration. */
  readonly note?: unknown
}

/** Copies named tensors to the host. */
export async function toHost(tensors: NamedTensors): Promise<Record<string, HostTensor>> {
  const host: Record<string, HostTensor> = {}
  for (const [name, tensor] of Object.entries(tensors)) {
    const values = (await tensor.data()) as HostTensor['values']
    host[name] = { dtype: tensor.dtype as HostTensor['dtype'], shape: tensor.shape, values: values.slice() }
  }
  return host
}

/** Makes tensors of host tensors. The caller disposes them. */
export function fromHost(host: Readonly<Record<string, HostTensor>>): NamedTensors {
  return Object.fromEntries(
    Object.entries(host).map(([name, { values, shape, dtype }]) => [name, tf.tensor(values, [...shape], dtype)]),
  )
}

/**
 * Writes saved values into a model's variables.
 *
 * @throws DataError if names differ between the two
 * @throws ShapeError if a saved tensor has another shape than the variable of its name
 */
export function restoreVariables(variables: NamedVariables, saved: Readonly<Record<string, HostTensor>>): void {
  const missing = Object.keys(variables).filter((name) => !(name in saved))
  const extra = Object.keys(saved).filter((name) => !(name in variables))
  if (missing.length + extra.length > 0)
    throw new DataError(
      `The checkpoint is of another model: it lacks [${missing.join(', ')}] and has [${extra.join(', ')}] too much.`,
      { missing, extra },
    )
  for (const [name, variable] of Object.entries(variables)) {
    const { values, shape, dtype } = saved[name]
    if (shape.join() !== variable.shape.join())
      throw new ShapeError(`checkpoint variable '${name}'`, shape, `[${variable.shape.join(', ')}]`)
    tf.tidy(() => variable.assign(tf.tensor(values, [...shape], dtype)))
  }
}

const groups = ['variables', 'optimizer', 'pipeline', 'best'] as const

/**
 * Writes a checkpoint as one safetensors file: beside the target first, flushed to disk, then renamed over it, so that
 * a crash at any moment leaves the old file or the new one, never a part.
 *
 * @throws DcError if the folder cannot be written or the disk is full; the earlier file is then untouched
 */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { variables, optimizer, pipeline, best, ...facts } = checkpoint
  const tensors: Record<string, HostTensor> = {}
  for (const group of groups)
    for (const [name, tensor] of Object.entries(checkpoint[group])) tensors[`${group}/${name}`] = tensor
  const bytes = encodeSafetensors(tensors, { format: 'dc-checkpoint-1', checkpoint: JSON.stringify(facts) })
  const beside = `${path}.part`
  try {
    const file = await open(beside, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {})
    const { code, message } = error as NodeJS.ErrnoException
    const why =
      code === 'ENOSPC'
        ? 'the disk is full'
        : code === 'EACCES' || code === 'EROFS'
          ? 'the folder is not writable'
          : message
    throw new DcError(
      `Cannot write checkpoint '${path}': ${why}. An earlier checkpoint there is untouched.`,
      { path, code },
      error,
    )
  }
}

/**
 * Reads a checkpoint that {@link saveCheckpoint} wrote.
 *
 * @throws DataError if the file is missing, broken, or no checkpoint
 */
export async function loadCheckpoint(path: string): Promise<Checkpoint> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new DataError(
      `Cannot read checkpoint '${path}': ${error.code === 'ENOENT' ? 'it does not exist' : error.message}.`,
      { path },
      error,
    )
  })
  const { tensors, metadata } = decodeSafetensors(bytes, path)
  if (metadata.format !== 'dc-checkpoint-1')
    throw new DataError(`'${path}' is a safetensors file but no checkpoint of this trainer.`, { path })
  const members = (group: (typeof groups)[number]) =>
    Object.fromEntries(
      Object.entries(tensors).flatMap(([name, tensor]) =>
        name.startsWith(`${group}/`) ? [[name.slice(group.length + 1), tensor]] : [],
      ),
    )
  return {
    ...(JSON.parse(metadata.checkpoint) as Omit<Checkpoint, (typeof groups)[number]>),
    variables: members('variables'),
    optimizer: members('optimizer'),
    pipeline: members('pipeline'),
    best: members('best'),
  }
}
