import { checkChoice, OptionError, ShapeError } from '@dc/core/plugin'
import { checkPoints, type Matrix, type Rows } from '../matrix'
import { type Seeding, seedings } from './seeding'

/** @throws OptionError unless there is one finite weight ≥ 0 for each point, and not all are 0 */
export function checkWeights(weights: ArrayLike<number> | undefined, rows: number): Float64Array | undefined {
  if (weights === undefined) return undefined
  if (weights.length !== rows) throw new ShapeError('weights', [weights.length], `[${rows}], one for each point`)
  const checked = Float64Array.from(weights)
  const bad = checked.findIndex((w) => !(w >= 0 && w < Number.POSITIVE_INFINITY))
  if (bad >= 0) throw new OptionError(`weights[${bad}]`, checked[bad], 'a finite number ≥ 0')
  if (checked.every((w) => w === 0)) throw new OptionError('weights', 'only zeros', 'at least one weight > 0')
  return checked
}

/**
 * @returns the name, or the given centroids as a matrix
 * @throws OptionError for a name that is no seeding; ShapeError unless given centroids are `[k, columns]`
 */
export function checkSeeding(seeding: Seeding | Rows, k: number, columns: number): Seeding | Matrix {
  if (typeof seeding !== 'object') {
    checkChoice('seeding', seeding, seedings)
    return seeding
  }
  const centroids = checkPoints(seeding, 'seeding')
  if (centroids.rows !== k || centroids.columns !== columns)
    throw new ShapeError('seeding', [centroids.rows, centroids.columns], `[k, columns] = [${k}, ${columns}]`)
  return centroids
}
