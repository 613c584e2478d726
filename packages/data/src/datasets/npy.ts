import { basename } from 'node:path'
import { DataError, definePlugin } from '@dc/core'
import { z } from 'zod'
import { readNpy } from '../formats/npy'
import { encodeLabels } from '../labels'
import { type MemoryDataset, memoryDataset } from '../memory-dataset'

/**
 * Loads a NumPy array of samples, and optionally one of labels.
 *
 * @param path array `[n, d]` of features, or `[n, height, width(, channels)]` of images; bytes of images become 0…1
 * @param labelsPath integer array `[n]`
 * @throws DataError for a file that is not readable, an array of another rank, or labels of another length
 * @example
 * const dataset = await loadNpy('features.npy', 'labels.npy')
 */
export async function loadNpy(path: string, labelsPath?: string): Promise<MemoryDataset> {
  const { shape, values, dtype } = await readNpy(path)
  if (shape.length < 2 || shape.length > 4)
    throw new DataError(
      `'${path}' holds an array of shape [${shape.join(', ')}]; samples need [n, d], [n, h, w] or [n, h, w, c].`,
      {
        path,
        shape,
      },
    )
  const sampleShape = shape.length === 3 ? [shape[1], shape[2], 1] : shape.slice(1)
  const [height, width, channels] = sampleShape
  const scale = shape.length > 2 && dtype.endsWith('u1') ? 1 / 255 : 1
  const labels = labelsPath === undefined ? undefined : await readLabels(labelsPath, shape[0])
  return memoryDataset({
    name: basename(path),
    values: Float32Array.from(values, (value) => value * scale),
    sampleShape,
    ...labels,
    ...(scale < 1 && (channels === 1 || channels === 3) ? { image: { height, width, channels, range: [0, 1] } } : {}),
    metadata: { source: path },
  })
}

async function readLabels(path: string, size: number) {
  const { shape, values } = await readNpy(path)
  if (shape.length !== 1 || shape[0] !== size)
    throw new DataError(`'${path}' holds labels of shape [${shape.join(', ')}]; expected [${size}].`, { path, shape })
  return encodeLabels(Array.from(values))
}

export const npy = definePlugin({
  kind: 'dataset',
  name: 'npy',
  apiVersion: 1,
  description: 'A NumPy array of features or images, with an optional array of labels',
  options: z.strictObject({ path: z.string().min(1), labels: z.string().min(1).optional() }),
  create: ({ path, labels }) => loadNpy(path, labels),
})
