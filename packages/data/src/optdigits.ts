import { definePlugin, nodeModule } from '@dc/core/plugin'
import { z } from 'zod'
import type { FileSource } from './file-source'
import { readCsv } from './formats/csv'
import { type MemoryDataset, memoryDataset } from './memory-dataset'

/** Facts of the shipped set, for reports. */
export const optdigitsMetadata = {
  title: 'Optical Recognition of Handwritten Digits (test part)',
  authors: 'E. Alpaydin, C. Kaynak',
  source: 'https://doi.org/10.24432/C50P49',
  licence: 'CC BY 4.0',
} as const

/**
 * The 1,797 real handwritten digits that this package ships: 8×8 grey images, 10 classes.
 *
 * @returns images `[8, 8, 1]` with values 0…1 (the file's 0…16 divided by 16), labels 0…9
 * @see E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998; CC BY 4.0
 * @example
 * const digits = await loadOptdigits()   // size 1797
 */
export async function loadOptdigits(): Promise<MemoryDataset> {
  const { fileURLToPath } = nodeModule<typeof import('node:url')>('node:url', 'Finding the file of the digits')
  // The source lies in src/, the built file in dist/: the assets are beside both.
  return readOptdigits(fileURLToPath(new URL('../assets/optdigits.csv.gz', import.meta.url)))
}

/** The same from its file, `assets/optdigits.csv.gz` of this package: a page has it by its address. */
export async function readOptdigits(file: FileSource): Promise<MemoryDataset> {
  const table = await readCsv(file, { header: false, label: -1 })
  return memoryDataset({
    name: 'optdigits',
    values: Float32Array.from(table.values, (value) => value / 16),
    sampleShape: [8, 8, 1],
    labels: Int32Array.from(table.labels!, Number),
    classNames: Array.from({ length: 10 }, (_, digit) => String(digit)),
    image: { height: 8, width: 8, channels: 1, range: [0, 1] },
    metadata: optdigitsMetadata,
  })
}

export const optdigits = definePlugin({
  kind: 'dataset',
  name: 'optdigits',
  apiVersion: 1,
  description: '1,797 real handwritten digits of 8×8 pixels, shipped with the package',
  metadata: optdigitsMetadata,
  options: z.strictObject({}),
  describe: () => ({ image: { height: 8, width: 8, channels: 1 } }),
  create: loadOptdigits,
})
