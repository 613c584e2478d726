import { definePlugin } from '@dc/core/plugin'
import { z } from 'zod'
import { baseName, type FileSource, sourceName } from '../file-source'
import { type ReadOptions, readStream } from '../files'
import { parseNpyHeader, readNpy } from '../formats/npy'
import { type MemoryDataset, memoryDataset } from '../memory-dataset'
import { describeSamples, labelsOf, samplesOf } from './array-samples'

/**
 * Loads a NumPy array of samples, and optionally one of labels.
 *
 * @param file array `[n, d]` of features, or `[n, height, width(, channels)]` of images; bytes of images become 0…1
 * @param labelsFile array `[n]`, `[n, 1]` or `[1, n]` of numbers, bools or text; −1, NaN and empty text are unknown
 * @throws DataError for a file that is not readable (see {@link readNpy}), an array of another rank, images whose channels
 * come first, or labels of another length
 * @example
 * const dataset = await loadNpy('features.npy', 'labels.npy')
 */
export async function loadNpy(
  file: FileSource,
  labelsFile?: FileSource,
  options: ReadOptions = {},
): Promise<MemoryDataset> {
  const path = sourceName(file)
  const array = await readNpy(file, options)
  const samples = samplesOf(array, path)
  const { notices = [], ...known } =
    labelsFile === undefined ? {} : labelsOf(await readNpy(labelsFile, options), array.shape, sourceName(labelsFile))
  return memoryDataset({ name: baseName(path), ...samples, ...known, notices, metadata: { source: path } })
}

export const npy = definePlugin({
  kind: 'dataset',
  name: 'npy',
  apiVersion: 1,
  description: 'A NumPy array of features or images, with an optional array of labels',
  options: z.strictObject({
    path: z.string().min(1),
    labels: z.string().min(1).optional(),
    maxUnpackedBytes: z.int().positive().optional(),
  }),
  describe: async ({ path, labels: _, ...options }) => describeSamples(await readStream(path, options, parseNpyHeader)),
  create: ({ path, labels, ...options }) => loadNpy(path, labels, options),
})
