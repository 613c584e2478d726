import type { Random } from '@dc/core/plugin'
import { checkInteger } from '@dc/core/plugin'
import type { SymmetricOperator } from '../laplacian'
import { orthonormalise, sideBySide } from './blocks'
import { rayleighRitz } from './chebyshev-lanczos'
import { denseEigenpairs } from './dense'
import { type EigenResult, eigenResult } from './eigen-result'

export interface RandomisedEigenOptions {
  readonly random: Random
  /** Vectors beyond those asked for. Default 10. */
  readonly oversampling?: number
  /** Rounds of power iteration. Default 30. */
  readonly powerIterations?: number
}

/** Loose, because a randomised answer is a rough one. */
const tolerance = 1e-2

/**
 * The smallest eigenpairs, roughly, at a fixed cost: randomised power iteration of `upper·I − A` (Halko, Martinsson and Tropp
 * 2011, algorithm 4.4). `residuals` tell the error. `sparseEigenpairs` is exact, and rarely slower on graphs.
 *
 * @throws OptionError for settings out of range
 * @example
 * randomisedEigenpairs(laplacian(graph).operator, 10, { random: createRandom(0) }).residuals
 */
export function randomisedEigenpairs(
  operator: SymmetricOperator,
  count: number,
  options: RandomisedEigenOptions,
): EigenResult {
  const { random, oversampling = 10, powerIterations = 30 } = options
  const n = operator.size
  checkInteger('count', count, 1, n)
  checkInteger('oversampling', oversampling, 0, n)
  checkInteger('powerIterations', powerIterations, 1, Number.MAX_SAFE_INTEGER)
  const width = count + oversampling
  if (width >= n) return denseEigenpairs(operator, count)
  const upper = operator.bounds[1]
  const drawn = (columns: number) => Float64Array.from({ length: n * columns }, () => random.normal())
  let block = orthonormalise({ values: drawn(width), width })
  for (let round = 0; round < powerIterations; round++) {
    const image = new Float64Array(block.values.length)
    operator.apply(block.values, block.width, image)
    for (let at = 0; at < image.length; at++) image[at] = upper * block.values[at] - image[at]
    block = orthonormalise({ values: image, width: block.width })
    // Directions that the operator maps to 0 drop out of the block. Random directions replace them.
    while (block.width < width) {
      const missing = width - block.width
      const fresh = orthonormalise({ values: drawn(missing), width: missing }, block.width > 0 ? block : undefined)
      block = block.width > 0 ? sideBySide([block, fresh]) : fresh
    }
  }
  const { values, vectors } = rayleighRitz(operator, block, count)
  return eigenResult(operator, values, vectors.values, {
    method: 'randomised',
    iterations: powerIterations,
    tolerance,
  })
}
