import { createRandom } from '@dc/core'
import { adjustedRandIndex, contingencyTable } from '@dc/metrics'
import { describe, expect, it } from 'vitest'
import { fit } from '../fitting/fit'
import { load } from '../model/load'

/** Clouds of different sizes on a sphere of 40 dimensions, of lengths that say nothing, and a row that stands twice. */
function clouds() {
  const random = createRandom(2)
  const sizes = [90, 50, 25, 12]
  const centres = sizes.map(() => random.normals(40))
  const truth = Int32Array.from(sizes.flatMap((size, cluster) => Array<number>(size).fill(cluster)))
  const rows = Array.from(truth, (cluster) => {
    const length = 0.2 + 5 * random.uniform()
    return Array.from(random.normals(40, 0, 0.6), (value, c) => length * (value + centres[cluster][c]))
  })
  rows[1] = rows[0]
  return { rows, truth }
}

describe('consensus', () => {
  it('finds clusters of different sizes by direction, the same each time', async () => {
    const { rows, truth } = clouds()
    const found = await fit(rows, { method: 'consensus', k: 4, seed: 1 })
    expect(adjustedRandIndex(contingencyTable(truth, found.labels))).toBeGreaterThan(0.97)
    const plain = await fit(rows, { method: 'kmeans', k: 4, seed: 1 })
    expect(adjustedRandIndex(contingencyTable(truth, plain.labels))).toBeLessThan(0.8)
    expect((await fit(rows, { method: 'consensus', k: 4, seed: 1 })).labels).toEqual(found.labels)
  })

  it('predicts the fitted rows as it labelled them, also as a saved model, and new rows by their neighbours', async () => {
    const { rows, truth } = clouds()
    const found = await fit(rows, { method: 'consensus', k: 4 })
    expect(await found.predict(rows)).toEqual(found.labels)
    const again = await load(await found.toBytes())
    expect(await again.predict(rows)).toEqual(found.labels)
    const longer = rows.map((row) => row.map((value) => 3 * value))
    expect(adjustedRandIndex(contingencyTable(truth, await again.predict(longer)))).toBeGreaterThan(0.97)
  })

  it('takes copies of rows for one row', async () => {
    const points = [0, 10, 20].flatMap((x) => [0, 1, 2, 3, 4, 5].map((at) => [x + (at % 3), 0.3 * at]))
    const { labels } = await fit([...points, ...points, ...points, ...points, ...points, ...points], {
      method: 'consensus',
      k: 3,
    })
    const truth = labels.map((_, row) => Math.floor((row % 18) / 6))
    expect(adjustedRandIndex(contingencyTable(truth, labels))).toBe(1)
  })

  it('goes by distance where rows have few columns, and works on a handful', async () => {
    const lines = [0, 1, 2, 10, 11, 12, 40, 41, 42].map((x) => [x, 1])
    const { labels } = await fit(lines, { method: 'consensus', k: 3 })
    const parts = [0, 3, 6].map((at) => new Set(labels.subarray(at, at + 3)))
    expect(parts.map(({ size }) => size)).toEqual([1, 1, 1])
    expect(new Set(labels).size).toBe(3)
    expect((await fit([[0], [1]], { method: 'consensus', k: 2 })).labels).toHaveLength(2)
    expect(
      (
        await fit(
          [
            [1, 1],
            [1, 1],
            [1, 1],
          ],
          { method: 'consensus', k: 2 },
        )
      ).labels,
    ).toHaveLength(3)
  })
})
