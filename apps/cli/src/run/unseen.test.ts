import { createRandom } from '@dc/core'
import { memoryDataset, subset } from '@dc/data'
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
    expect([training.k, unseen.size, training.dataset.size, training.validation?.size]).toEqual([3, 60, 48, 12])
  })

  it('gives every row to one side only', async () => {
    const { training, unseen } = keepUnseen(dataset, 0.3)
    const first = async (part: typeof dataset) =>
      (await part.read(Int32Array.from({ length: part.size }, (_, row) => row))).filter((_, at) => at % 2 === 0)
    const parts = [training.dataset, training.validation, unseen] as (typeof dataset)[]
    const seen = (await Promise.all(parts.map(first))).flatMap((values) => [...values])
    expect(new Set(seen).size).toBe(120)
  })

  it('keeps every class in both parts, down to two rows of one; a single row is trained on', () => {
    // 40, 2 and 1 rows of the seen classes, and four rows of no known class.
    const rare = Int32Array.from({ length: 107 }, (_, row) =>
      row < 40 ? 0 : row < 42 ? 1 : row < 43 ? 2 : row < 47 ? -1 : 5 + (row % 3),
    )
    const rows = memoryDataset({ name: 'rare', values: createRandom(0).normals(214), sampleShape: [2], labels: rare })
    const { training, unseen } = keepUnseen(rows, 0.5)
    const counts = (part?: { labels?: Int32Array }) =>
      [0, 1, 2].map((label) => part?.labels?.filter((one) => one === label).length)
    expect(counts(training.dataset)).toEqual([32, 1, 1])
    expect(counts(training.validation)).toEqual([8, 1, 0])
    expect([training.k, unseen.size]).toEqual([3, 60])
  })

  it('has no validation part where every class has a single row', () => {
    const single = { ...subset(dataset, [0, 1, 2, 3]), labels: Int32Array.of(0, 1, 2, 3) }
    const { training, unseen } = keepUnseen(single, 0.5)
    expect([training.validation, training.dataset.size, unseen.size]).toEqual([undefined, 2, 2])
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
    expect(scores).not.toHaveProperty('undefinedScores')
  })

  it('says which of its scores are not defined, and why', () => {
    const few = scoreUnseen(
      'few',
      { embedding: Float32Array.of(0, 1, 5, 6), width: 1 },
      Int32Array.of(0, 0, 1, 1),
      0,
      null,
    )
    expect(few.nmi).not.toBeNull()
    // The row of zeros is at a right angle to all others, and finds the first of them.
    expect(few.recall).toMatchObject({ 1: 0.25, 4: null, 8: null })
    expect(few.undefinedScores).toEqual({ 'recall.4': 'there are 4 rows', 'recall.8': 'there are 4 rows' })
    const single = scoreUnseen(
      'one each',
      { embedding: Float32Array.of(1, 2, 3), width: 1 },
      Int32Array.of(0, 1, 2),
      0,
      null,
    )
    expect(single.undefinedScores?.['recall.1']).toMatch(/No class in truth has two samples/)
    expect(single.undefinedScores?.['recall.4']).toBe('there are 3 rows')
  })

  it('counts known classes only', () => {
    const truth = Int32Array.from({ length: 30 }, (_, row) => (row % 5 === 0 ? -1 : row % 2))
    const embedding = Float32Array.from({ length: 60 }, (_, at) => {
      const row = at >> 1
      return (row % 2 === at % 2 ? 1 : 0) + 0.001 * row
    })
    expect(scoreUnseen('space', { embedding, width: 2 }, truth, 0, null).nmi).toBeCloseTo(1, 12)
  })
})
