import { OptionError, ShapeError } from '@dc/core/plugin'
import { checkChoice, checkPoints, type Matrix } from '../matrix'
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

/** @throws OptionError for a name that is no seeding; ShapeError unless given centroids are `[k, columns]` */
export function checkSeeding(seeding: Seeding | Matrix, k: number, columns: number): void {
  if (typeof seeding !== 'object') {
    checkChoice('seeding', seeding, seedings)
    return
  }
  checkPoints(seeding, 'seeding')
  if (seeding.rows !== k || seeding.columns !== columns)
    throw new ShapeError('seeding', [seeding.rows, seeding.columns], `[k, columns] = [${k}, ${columns}]`)
}
