// The option `normalize` of methods that compare rows: by direction, which is by distance of rows of length 1.
import type { Dataset, NamedArrays } from '@dc/core'
import { unitRows } from '@dc/core/points'
import type { Matrix } from '@dc/spectral'
import { z } from 'zod'
import { stateArray } from '../arrays'
import { rowMetric } from '../row-metric'

export const normalizeOption = z
  .union([z.boolean(), z.literal('auto')])
  .default('auto')
  .describe('rows of length 1: neighbours by direction. auto: of rows of 32 numbers and more that are no pixels')

/** Whether rows are compared by direction. */
export const goesByDirection = (normalize: boolean | 'auto', dataset: Dataset): boolean =>
  normalize === 'auto' ? rowMetric(dataset) === 'cosine' : normalize

/** The rows as they are compared. */
export const compared = (points: Matrix, byDirection: boolean): Matrix => (byDirection ? unitRows(points) : points)

/** The choice as an array of a state, and back. */
export const directionArray = (byDirection: boolean): NamedArrays[string] => ({
  shape: [1],
  values: Int32Array.of(Number(byDirection)),
})
export const stateDirection = (state: NamedArrays): boolean => stateArray(state, 'byDirection').values[0] === 1
