import { DataError, OptionError, ShapeError } from '@dc/core/plugin'
import type { Labels } from '../labels'

/**
 * Share of the nearest rows that have the row's own label, of each row.
 *
 * @param neighbours row numbers of the k nearest rows of each row, `[n, k]`, such as `nearestNeighbours` of `@dc/spectral` finds
 * @param labels n labels
 * @returns n shares in [0, 1]
 * @throws OptionError unless k is a positive integer; ShapeError unless there are k neighbours for each label; DataError for a
 *   neighbour that is no row
 * @example
 * neighbourAgreementSamples([1, 0, 1], 1, [0, 0, 1])   // Float64Array [1, 1, 0]
 */
export function neighbourAgreementSamples(neighbours: ArrayLike<number>, k: number, labels: Labels): Float64Array {
  if (!(Number.isInteger(k) && k >= 1)) throw new OptionError('k', k, 'an integer ≥ 1')
  const n = labels.length
  if (neighbours.length !== n * k)
    throw new ShapeError('neighbours', [neighbours.length], `[${n * k}], ${k} neighbours for each of ${n} labels`)
  return Float64Array.from({ length: n }, (_, row) => {
    let same = 0
    for (let at = row * k; at < (row + 1) * k; at++) {
      const other = neighbours[at]
      if (!(other >= 0 && other < n))
        throw new DataError(`neighbours[${at}] is ${other}; rows are 0 … ${n - 1}.`, { at })
      if (labels[other] === labels[row]) same++
    }
    return same / k
  })
}

/**
 * Mean share of the nearest rows that have the row's own label. Labels that follow the data's own neighbourhoods have a high one, and
 * so has a single cluster, for which it is 1: {@link sizeBalance} beside it tells. More clusters have more borders, and so a lower one.
 *
 * @param neighbours as {@link neighbourAgreementSamples}
 * @returns a number in [0, 1]
 * @throws OptionError, ShapeError, DataError as {@link neighbourAgreementSamples}; DataError without any row
 * @example
 * neighbourAgreement([1, 0, 1], 1, [0, 0, 1])   // 2 / 3
 */
export function neighbourAgreement(neighbours: ArrayLike<number>, k: number, labels: Labels): number {
  if (labels.length === 0) throw new DataError('labels is empty; at least one label is needed.', { argument: 'labels' })
  const shares = neighbourAgreementSamples(neighbours, k, labels)
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}
