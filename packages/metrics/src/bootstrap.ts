import { OptionError } from '@dc/core/plugin'
import type { Random } from '@dc/core/random'
import { type ContingencyTable, contingencyTable } from './contingency'
import { type Labels, type NoiseOptions, pairLabels } from './labels'

/** A score with the interval that resampling gives it. */
export interface BootstrapInterval {
  /** The score of the samples as they are. */
  readonly value: number
  readonly low: number
  readonly high: number
  /** Standard deviation of the resampled scores. */
  readonly deviation: number
}

/**
 * Percentile bootstrap interval of an external score: samples are drawn with replacement, the score computed again.
 *
 * @param truth n class labels
 * @param labels n cluster labels
 * @param score any external score, or a function of a contingency table
 * @param random draws the resamples
 * @param options.rounds resamples (default 1000)
 * @param options.level coverage in (0, 1) (default 0.95)
 * @throws ShapeError, DataError for unfit labels; OptionError for rounds or level out of range
 * @see Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13
 * @example
 * bootstrapInterval(truth, labels, accuracy, createRandom(0))   // { value: 0.95, low: 0.94, high: 0.96, … }
 */
export function bootstrapInterval(
  truth: Labels,
  labels: Labels,
  score: (table: ContingencyTable) => number,
  random: Random,
  options: NoiseOptions & { rounds?: number; level?: number } = {},
): BootstrapInterval {
  const { rounds = 1000, level = 0.95 } = options
  if (!(Number.isInteger(rounds) && rounds >= 2)) throw new OptionError('rounds', rounds, 'an integer ≥ 2')
  if (!(level > 0 && level < 1)) throw new OptionError('level', level, 'a number between 0 and 1')
  const value = score(contingencyTable(truth, labels, options))
  // Samples that are dropped are none: a resample of them alone would have no score.
  const [classes, clusters] = pairLabels(truth, labels, options.noise === 'drop' ? 'drop' : 'cluster')
  const n = classes.length
  const [drawnTruth, drawnLabels] = [new Int32Array(n), new Int32Array(n)]
  const scores = new Float64Array(rounds)
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < n; i++) {
      const row = random.integer(n)
      drawnTruth[i] = classes[row]
      drawnLabels[i] = clusters[row]
    }
    scores[round] = score(contingencyTable(drawnTruth, drawnLabels, options))
  }
  scores.sort()
  const mean = scores.reduce((sum, s) => sum + s, 0) / rounds
  const variance = scores.reduce((sum, s) => sum + (s - mean) ** 2, 0) / (rounds - 1)
  const tail = (1 - level) / 2
  return { value, low: quantile(scores, tail), high: quantile(scores, 1 - tail), deviation: Math.sqrt(variance) }
}

/** Linear interpolation between order statistics. */
function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(sorted.length - 1, below + 1)
  return Math.min(sorted[above], sorted[below] + (at - below) * (sorted[above] - sorted[below]))
}
