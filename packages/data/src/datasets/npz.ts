import { basename } from 'node:path'
import { DataError, definePlugin } from '@dc/core'
import { z } from 'zod'
import { readNpz } from '../formats/npz'
import { encodeLabels } from '../labels'
import { type MemoryDataset, memoryDataset } from '../memory-dataset'

/** Which arrays of the file are what. */
export interface NpzOptions {
  /** Array `[n, d]`; by default the only one of rank 2 or more. */
  readonly features?: string
  /** Array `[n]`; none by default. */
  readonly labels?: string
}

/**
 * Loads embeddings from a NumPy `.npz` file.
 *
 * @throws DataError if the file is broken, an array is absent or of another form, or it is not clear which array is meant
 * @example
 * const dataset = await loadNpz('embeddings.npz', { features: 'x', labels: 'y' })
 */
export async function loadNpz(path: string, options: NpzOptions = {}): Promise<MemoryDataset> {
  const names = options.features ? [options.features, ...(options.labels ? [options.labels] : [])] : undefined
  const arrays = await readNpz(path, names)
  const candidates = Object.keys(arrays).filter((name) => name !== options.labels && arrays[name].shape.length >= 2)
  const chosen = options.features ?? candidates[0]
  if (!options.features && candidates.length !== 1)
    throw new DataError(
      `'${path}' has ${candidates.length} arrays of rank 2 or more (${candidates.join(', ')}); name one as 'features'.`,
      { path, candidates },
    )
  const { shape, values } = arrays[chosen]
  const labels = options.labels === undefined ? undefined : arrays[options.labels]
  if (options.labels !== undefined && !labels)
    throw new DataError(`'${path}' has no array '${options.labels}'; it has ${Object.keys(arrays).join(', ')}.`, {
      path,
    })
  if (labels && (labels.shape.length !== 1 || labels.shape[0] !== shape[0]))
    throw new DataError(`'${path}' holds labels of shape [${labels.shape.join(', ')}]; expected [${shape[0]}].`, {
      path,
    })
  return memoryDataset({
    name: basename(path),
    values: Float32Array.from(values),
    sampleShape: shape.slice(1),
    ...(labels ? encodeLabels(Array.from(labels.values)) : {}),
    metadata: { source: path, array: chosen },
  })
}

export const npz = definePlugin({
  kind: 'dataset',
  name: 'npz',
  apiVersion: 1,
  description: 'Arrays of features and labels from a NumPy .npz file',
  options: z.strictObject({
    path: z.string().min(1),
    features: z.string().min(1).optional(),
    labels: z.string().min(1).optional(),
  }),
  create: ({ path, ...options }) => loadNpz(path, options),
})
