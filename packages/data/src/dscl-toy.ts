import { fileURLToPath } from 'node:url'
import { DataError, definePlugin, quoted } from '@dc/core/plugin'
import { z } from 'zod'
import { readJson } from './files'
import { type MemoryDataset, memoryDataset } from './memory-dataset'

/** Facts of the shipped set, for reports. */
export const dsclToyMetadata = {
  title: 'Toy set of Deep Spectral Clustering Learning',
  authors: 'M. T. Law, R. Urtasun, R. S. Zemel',
  source: 'https://proceedings.mlr.press/v70/law17a.html',
} as const

type Split = 'train' | 'test'
const points = z.object({ X: z.array(z.array(z.number()).length(3)), y: z.array(z.int()) })
const form = z.object({ train: points, test: points })

/**
 * The toy data set published with DSCL: points in three dimensions, of three classes that no linear map separates.
 *
 * @param split `train`, 15,000 points (the default), or `test`, 6,000
 * @see Law, Urtasun, Zemel, "Deep Spectral Clustering Learning", ICML 2017
 * @example
 * const points = await loadDsclToy('test')   // size 6000, sample shape [3]
 */
export async function loadDsclToy(split: Split = 'train'): Promise<MemoryDataset> {
  const path = fileURLToPath(new URL('../assets/dscl-toy.json.gz', import.meta.url))
  const file = form.safeParse(await readJson(path))
  if (!file.success) throw new DataError(`${quoted(path)} is not the file that was shipped.`, { path }, file.error)
  const { X, y } = file.data[split]
  return memoryDataset({
    name: `dscl-toy ${split}`,
    values: Float32Array.from(X.flat()),
    sampleShape: [3],
    labels: Int32Array.from(y),
    metadata: dsclToyMetadata,
  })
}

export const dsclToy = definePlugin({
  kind: 'dataset',
  name: 'dscl-toy',
  apiVersion: 1,
  description: 'Three classes in three dimensions, published with DSCL, shipped with the package',
  metadata: dsclToyMetadata,
  options: z.strictObject({ split: z.enum(['train', 'test']).default('train') }),
  describe: () => ({}),
  create: ({ split }) => loadDsclToy(split),
})
