import { DataError, DcError, fileReason, type NamedVariables, nodeModule, quoted, ShapeError, show, tf } from '@dc/core'
import { checksum } from '@dc/core/cache'
import { decodeSafetensors, encodeSafetensors, type SafetensorsTensor } from '@dc/core/safetensors'
import { z } from 'zod'
import { type Facts, factsSchema, factsText } from './facts'
import { fromFile, type HostTensor, toFile } from './host-tensor'
import { requireIdentity, type TrainingIdentity } from './identity'

/** Everything that training needs to go on as if it had never stopped. It is held on the host. */
export interface Checkpoint {
  /** Steps taken. */
  readonly step: number
  /** Optimisation steps of all epochs together, taken or not. */
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
  /** The weights of the best epoch so far; empty unless `keepBest` asks for them. */
  readonly best: Readonly<Record<string, HostTensor>>
  /** What training it is a checkpoint of: seed, data. */
  readonly identity?: TrainingIdentity
  /** Anything that the app wants to find again, such as its configuration. */
  readonly note?: unknown
}

/**
 * Writes saved values into a model's variables.
 *
 * @throws DataError if names differ between the two
 * @throws ShapeError if a saved tensor has another shape than the variable of its name. After an error nothing is changed.
 */
export function restoreVariables(variables: NamedVariables, saved: Readonly<Record<string, HostTensor>>): void {
  const missing = Object.keys(variables).filter((name) => !Object.hasOwn(saved, name))
  const extra = Object.keys(saved).filter((name) => !Object.hasOwn(variables, name))
  if (missing.length + extra.length > 0)
    throw new DataError(
      `The checkpoint is of another model: it lacks [${missing.join(', ')}] and has [${extra.join(', ')}] too much.`,
      { missing, extra },
    )
  for (const [name, variable] of Object.entries(variables)) {
    const { shape, dtype } = saved[name]
    const what = `checkpoint variable '${name}'`
    if (shape.join() !== variable.shape.join()) throw new ShapeError(what, shape, `[${variable.shape.join(', ')}]`)
    if (dtype !== variable.dtype) throw new DataError(`${what} is ${dtype}; expected ${variable.dtype}.`, { name })
  }
  for (const [name, variable] of Object.entries(variables)) {
    const { values, shape, dtype } = saved[name]
    tf.tidy(() => variable.assign(tf.tensor(values, [...shape], dtype)))
  }
}

const format = 'dc-checkpoint-2'
const groups = ['variables', 'optimizer', 'pipeline', 'best'] as const
/** SHA-256 of the facts as text, and of each tensor with its type and shape. */
const checksumsSchema = z.strictObject({ facts: z.string(), tensors: z.record(z.string(), z.string()) })

/**
 * Writes a checkpoint as one safetensors file. It is written beside the target, flushed to disk, and renamed over the target,
 * so that a crash at any moment leaves the old file or the new one, never a part. The file holds a checksum of every tensor
 * and of all other facts.
 *
 * @throws DcError if the folder cannot be written or the disk is full; the earlier file is then untouched
 */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { variables, optimizer, pipeline, best, ...rest } = checkpoint
  const tensors = new Map<string, SafetensorsTensor>()
  for (const group of groups)
    for (const [name, tensor] of Object.entries(checkpoint[group])) tensors.set(`${group}/${name}`, toFile(tensor))
  const facts = factsText(rest as Facts)
  const sums = { facts: checksum(facts), tensors: Object.fromEntries([...tensors].map(([k, v]) => [k, tensorSum(v)])) }
  const bytes = encodeSafetensors(tensors, { format, checkpoint: facts, checksums: JSON.stringify(sums) })
  const { open, rename, rm } = files()
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
    const { code } = error as NodeJS.ErrnoException
    const what = `Cannot write checkpoint ${quoted(path)}: ${fileReason(error)}`
    throw new DcError(`${what}. An earlier checkpoint there is untouched.`, { path, code }, error)
  }
}

/**
 * Reads a checkpoint that {@link saveCheckpoint} wrote.
 *
 * @param identity what it must be a checkpoint of; other facts in the checkpoint's identity do not count
 * @throws DataError if the file is missing, is no checkpoint, is broken (the message names the tensor whose checksum is
 * wrong), or is of another training
 * @example
 * const resume = await loadCheckpoint('run.safetensors', { seed: 0 })
 */
export async function loadCheckpoint(path: string, identity: TrainingIdentity = {}): Promise<Checkpoint> {
  const bytes = await files()
    .readFile(path)
    .catch((error) => {
      throw new DataError(`Cannot read checkpoint ${quoted(path)}: ${fileReason(error)}.`, { path }, error)
    })
  const { tensors, metadata } = decodeSafetensors(bytes, path)
  const broken = (what: string) => new DataError(`Checkpoint ${quoted(path)} is broken: ${what}.`, { path })
  if (metadata.get('format') !== format) throw otherFormat(path, metadata.get('format'))
  const text = metadata.get('checkpoint') ?? ''
  const sums = parse(checksumsSchema, metadata.get('checksums') ?? '', (what) => broken(`its checksums: ${what}`))
  if (checksum(text) !== sums.facts) throw broken('its counts and logs do not have their checksum')
  const lost = Object.keys(sums.tensors).find((name) => !tensors.has(name))
  if (lost !== undefined) throw broken(`it lacks tensor ${quoted(lost)}`)
  const found: Record<string, [string, HostTensor][]> = { variables: [], optimizer: [], pipeline: [], best: [] }
  for (const [name, tensor] of tensors) {
    if (!Object.hasOwn(sums.tensors, name) || tensorSum(tensor) !== sums.tensors[name])
      throw broken(`tensor ${quoted(name)} does not have its checksum`)
    const [group, ...rest] = name.split('/')
    const host = fromFile(tensor)
    if (!host || !Object.hasOwn(found, group)) throw broken(`it holds ${quoted(name)} of type ${tensor.type}`)
    found[group].push([rest.join('/'), host])
  }
  const facts = parse(factsSchema, text, broken)
  requireIdentity(facts.identity, identity, path)
  const [variables, optimizer, pipeline, best] = groups.map((group) => Object.fromEntries(found[group]))
  return { ...facts, variables, optimizer, pipeline, best }
}

const files = () => nodeModule<typeof import('node:fs/promises')>('node:fs/promises', 'A checkpoint file')

function otherFormat(path: string, found: string | undefined): DataError {
  const what = /^dc-checkpoint-\d+$/.test(found ?? '')
    ? `is a checkpoint of another version (${found}; this one reads ${format}). Start anew`
    : 'is a safetensors file but no checkpoint of this trainer'
  return new DataError(`${quoted(path)} ${what}.`, { path })
}

function tensorSum({ type, shape, values }: SafetensorsTensor): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  return checksum(`${type} [${shape.join(', ')}] ${checksum(bytes)}`)
}

/** Parses JSON and checks its form. */
function parse<T>(schema: z.ZodType<T>, text: string, broken: (what: string) => DataError): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw broken('it is no JSON')
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [{ path, message }] = result.error.issues
  const given = path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)?.[key], value)
  throw broken(`${path.join('.')} is ${show(given)}: ${message}`)
}
