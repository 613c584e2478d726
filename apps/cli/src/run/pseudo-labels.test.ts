import type { Pipeline } from '@dc/core'
import { describe, expect, it } from 'vitest'
import { pseudoLabelScores } from './pseudo-labels'

const giving = (labels: number[], weights: number[]): Pipeline =>
  ({
    pseudoLabels: async () => ({
      rows: Int32Array.from(labels, (_, row) => row),
      labels: Int32Array.from(labels),
      weights: Float32Array.from(weights),
    }),
  }) as unknown as Pipeline

describe('pseudoLabelScores', () => {
  it('matches clusters to classes and weighs rows by their mass', async () => {
    // Cluster 1 is class 0, cluster 0 is class 1; row 3 is wrong and has a quarter of 2 units of mass.
    const found = await pseudoLabelScores(giving([1, 1, 0, 1], [1, 0.25, 0.25, 0.5]), Int32Array.of(0, 0, 1, 1))
    expect(found.precision).toBeCloseTo(0.75, 12)
    expect(found.coverage).toBeCloseTo(0.25, 12)
  })

  it('leaves out rows of unknown class, and says nothing of a pipeline without pseudo-labels', async () => {
    const found = await pseudoLabelScores(giving([0, 1, 1], [1, 1, 1]), Int32Array.of(0, 1, -1))
    expect(found.precision).toBe(1)
    expect(await pseudoLabelScores({} as Pipeline, Int32Array.of(0))).toEqual({})
    expect(await pseudoLabelScores(giving([0, 1], [1, 1]), Int32Array.of(-1, -1))).toEqual({})
  })
})
