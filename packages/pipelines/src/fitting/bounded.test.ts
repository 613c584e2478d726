// Rows that need not fit in memory: how many are read at once, and that nobody holds the place of each.
import { type ClassicalPipeline, createRandom, type Dataset } from '@dc/core'
import { describe, expect, it } from 'vitest'
import { full } from '../../../../tests/full'
import { clusterModel } from '../model/cluster-model'
import { decodeModel } from '../model/model-file'
import { holdsPlaces, placesOf } from '../places'
import { assemble } from '../registry'
import { fit } from './fit'

const width = 4096
/** 2²⁴ values are held at most. */
const most = 2 ** 24 / width
const size = most + 900

/** Two groups of rows that are made when they are read. */
function counted(size: number): { dataset: Dataset; longest: () => number; forget(): void } {
  let longest = 0
  return {
    dataset: {
      name: 'made',
      size,
      sampleShape: [width],
      async read(rows) {
        longest = Math.max(longest, rows.length)
        const values = new Float32Array(rows.length * width)
        for (let at = 0; at < rows.length; at++) {
          const row = rows[at]
          values.fill(row % 2 === 0 ? 1 : 3, at * width, (at + 1) * width)
          values[at * width] += row / size
        }
        return values
      },
    },
    longest: () => longest,
    forget: () => {
      longest = 0
    },
  }
}

describe('rows that are not held', () => {
  it.skipIf(!full)(
    'k-means reads a part at a time, leaves places out, and labels as if it held all',
    async () => {
      const { dataset, longest, forget } = counted(size)
      const found = await fit(dataset, { method: 'kmeans', k: 2, options: { starts: 1 } })
      expect(longest()).toBeLessThanOrEqual(most)
      const other = 1 - found.labels[0]
      expect(found.labels).toEqual(
        Int32Array.from({ length: size }, (_, row) => (row % 2 === 0 ? found.labels[0] : other)),
      )
      expect(found.certainty.every((sure) => sure > 0.9)).toBe(true)
      forget()
      expect(await found.predict(dataset)).toEqual(found.labels)
      // A quarter of what may be held, for those who label have centroids beside it.
      expect(longest()).toBe(most / 4)
      const model = clusterModel(await decodeModel(await found.toBytes(), 'model'), assemble())
      expect(await model.predict(dataset)).toEqual(found.labels)
    },
    60_000,
  )

  it('places that are left out are those that are held otherwise', async () => {
    const { dataset } = counted(6)
    for (const normalize of [false, true]) {
      const method = assemble().make('pipeline', 'kmeans', { k: 2, normalize }) as ClassicalPipeline
      expect([holdsPlaces(dataset, method), holdsPlaces(dataset, method, 1)]).toEqual([true, false])
      const held = await method.fit(dataset, createRandom(0))
      const left = await method.predict(dataset, { embedding: false })
      expect([left.embedding.length, left.labels]).toEqual([0, held.labels])
      const rows = Int32Array.of(5, 0, 3)
      const read = await placesOf(dataset, left, method).read(rows)
      expect(read).toEqual(await placesOf(dataset, held, method).read(rows))
    }
  })

  it.each(['leiden', 'spectral', 'consensus'])('%s predicts the same without places', async (name) => {
    const { dataset } = counted(40)
    const settings = name === 'leiden' ? {} : { k: 2 }
    const method = assemble().make('pipeline', name, settings) as ClassicalPipeline
    await method.fit(dataset, createRandom(0))
    const { labels } = await method.predict(dataset)
    const left = await method.predict(dataset, { embedding: false })
    expect([left.embedding.length, left.labels]).toEqual([0, labels])
  })
})
