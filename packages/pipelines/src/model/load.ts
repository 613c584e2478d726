import { DataError, fileReason, nodeModule, OptionError, quoted, type Registry } from '@dc/core'
import { encoderBeside } from '../encoders/encoder-place'
import { requireBackend } from '../fitting/backend'
import type { ReadLike } from '../read-path'
import { assemble } from '../registry'
import { type ClusterModel, clusterModel } from './cluster-model'
import type { ModelData } from './model-data'
import { decodeModel } from './model-file'

/**
 * Loads a model that `save` or `toBytes` has written. It needs no configuration.
 *
 * @param source a path (only in Node), or the bytes of the file
 * @param options.registry with the pipeline of a plugin, if the model is of one
 * @param options.backend false leaves it to the caller to choose a backend before the model is used
 * @throws DataError if it is no model, or broken; UnknownPluginError if its pipeline is not registered
 * @example
 * const model = await load('topics.dclust')
 * const labels = await model.predict([[0.1, 0.9]])
 */
export async function load(
  source: string | Uint8Array | ArrayBuffer,
  { registry = assemble(), backend = true }: { registry?: Registry; backend?: boolean } = {},
): Promise<ClusterModel> {
  const decoded = await decodeModel(await bytesOf(source), typeof source === 'string' ? source : 'the model')
  const data = typeof source === 'string' ? foundBeside(decoded, source) : decoded
  registry.get('pipeline', data.facts.method.pipeline)
  if (backend && !data.facts.classical) await requireBackend()
  return clusterModel(data, registry)
}

/** What saw the rows may be a file, which has moved with that of the model. */
function foundBeside(data: ModelData, file: string): ModelData {
  const like = data.facts.about.data as ReadLike | null | undefined
  if (typeof like?.encoder !== 'object' || like.encoder === null) return data
  const about = { ...data.facts.about, data: { ...like, encoder: encoderBeside(like.encoder, file) } }
  return { ...data, facts: { ...data.facts, about } }
}

async function bytesOf(source: unknown): Promise<Uint8Array> {
  if (source instanceof ArrayBuffer) return new Uint8Array(source)
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  if (typeof source !== 'string') throw new OptionError('source', source, 'a path, or the bytes of a model file')
  const { readFile } = nodeModule<typeof import('node:fs/promises')>('node:fs/promises', 'Loading a path')
  try {
    return await readFile(source)
  } catch (error) {
    throw new DataError(`Cannot read ${quoted(source)}: ${fileReason(error)}.`, { path: source }, error)
  }
}
