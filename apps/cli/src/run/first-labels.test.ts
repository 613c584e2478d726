import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { adjustedRandIndex, contingencyTable } from '@dc/metrics'
import { describe, expect, it } from 'vitest'
import { createNarrator } from '../terminal/narrator'
import { writeFirstLabels } from './first-labels'
import { RunFolder } from './folder'
import { readLabelsCsv } from './labels-csv'

describe('writeFirstLabels', () => {
  // More rows than k-means starts on.
  it.each([600, 12_000])('writes and tells labels of %d rows', async (n) => {
    const random = createRandom(1)
    const truth = Int32Array.from({ length: n }, (_, row) => row % 3)
    const values = Float32Array.from({ length: 2 * n }, (_, at) => (at % 2) + 20 * truth[at >> 1] + random.normal())
    const rowNames = Array.from(truth, (_, row) => (row === 0 ? '=1+1' : `row ${row}`))
    const dataset = { ...memoryDataset({ name: 'three', values, sampleShape: [2] }), rowNames }
    const out = mkdtempSync(join(tmpdir(), 'first-labels-'))
    try {
      const folder = await RunFolder.create(join(out, 'run'), {})
      const told: string[] = []
      const narrator = createNarrator({ write: (text: string) => told.push(text) > 0 })
      await writeFirstLabels({ dataset, k: 3, seed: 0, products: null, folder, narrator })
      await folder.close()
      const size = (n / 3).toLocaleString('en-US')
      expect(told.join('')).toContain(`first labels, by k-means: 3 clusters of ${size} to ${size} rows`)
      const path = join(out, 'run', 'first-labels.csv')
      const { labels, names } = await readLabelsCsv(path)
      expect(adjustedRandIndex(contingencyTable(truth, labels))).toBe(1)
      expect(names).toEqual(rowNames)
      expect(readFileSync(path, 'utf8')).toContain("'=1+1")
    } finally {
      rmSync(out, { recursive: true })
    }
  })
})
