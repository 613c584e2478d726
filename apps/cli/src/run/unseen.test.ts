import { createRandom } from '@dc/core'
import { memoryDataset } from '@dc/data'
import { describe, expect, it } from 'vitest'
import { keepUnseen, scoreUnseen } from './unseen'

/** 20 rows of each of six classes, numbered 2, 3, … so that codes must be made. */
const labels = Int32Array.from({ length: 120 }, (_, row) => 2 + (row % 6))
const dataset = memoryDataset({ name: 'six', values: createRandom(0).normals(240), sampleShape: [2], labels })

describe('keepUnseen', () => {
  it('keeps the last classes from training, and a fifth of the rows of the others', () => {
    const { training, unseen } = keepUnseen(dataset, 0.5)
    expect(new Set(unseen.labels)).toEqual(new Set([5, 6, 7]))
    expect(new Set(training.dataset.labels)).toEqual(new Set([0, 1, 2]))
    expect([training.k, unseen.size, training.dataset.size, training.validation.size]).toEqual([3, 60, 48, 12])
  })

  it('gives every row to one side only', async () => {
    const { training, unseen } = keepUnseen(dataset, 0.3)
    const first = async (part: typeof dataset) =>
      (await part.read(Int32Array.from({ length: part.size }, (_, row) => row))).filter((_, at) => at % 2 === 0)
    const parts = [training.dataset, training.validation, unseen] as (typeof dataset)[]
    const seen = (await Promise.all(parts.map(first))).flatMap((values) => [...values])
    expect(new Set(seen).size).toBe(120)
  })

  it('says what it cannot do', () => {
    expect(() => keepUnseen(dataset, 0.9)).toThrow(/unseen: got 0.9; allowed: a share that leaves two of the 6 classes/)
    expect(() => keepUnseen({ ...dataset, labels: undefined }, 0.5)).toThrow(/has no labels/)
  })
})

describe('scoreUnseen', () => {
  it('is perfect for classes far apart', () => {
    const truth = Int32Array.from({ length: 30 }, (_, row) => row % 3)
    const random = createRandom(1)
    const embedding = Float32Array.from({ length: 90 }, (_, at) => {
      const [row, column] = [Math.floor(at / 3), at % 3]
      return (1 + 0.1 * (row % 2)) * ((row % 3 === column ? 1 : 0) + 0.01 * random.normal())
    })
    const scores = scoreUnseen('space', { embedding, width: 3 }, truth, 0, null)
    expect(scores.nmi).toBeCloseTo(1, 12)
    expect(scores.nmiSpectral).toBeCloseTo(1, 12)
    expect(scores.recall).toEqual({ 1: 1, 2: 1, 4: 1, 8: 1 })
  })
})
