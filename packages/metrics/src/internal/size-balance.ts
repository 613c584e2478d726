import { DataError, OptionError } from '@dc/core/plugin'

/**
 * How even clusters are: the entropy of their shares over its greatest value, `−Σ p_k ln p_k / ln K`. 1 for clusters of one size,
 * 0 if all samples are in one of several.
 *
 * @param sizes samples of each of K clusters, empty ones among them
 * @returns a number in [0, 1]
 * @throws OptionError for sizes that are no counts; DataError for fewer than two clusters, or without any sample
 * @example
 * sizeBalance([50, 50])      // 1
 * sizeBalance([100, 0, 0])   // 0
 */
export function sizeBalance(sizes: ArrayLike<number>): number {
  const counts = Array.from(sizes)
  const wrong = counts.find((size) => !(Number.isInteger(size) && size >= 0))
  if (wrong !== undefined) throw new OptionError('sizes', wrong, 'integers ≥ 0')
  const total = counts.reduce((sum, size) => sum + size, 0)
  if (counts.length < 2 || total === 0)
    throw new DataError(`The balance of ${counts.length} clusters of ${total} samples is not defined.`, { counts })
  const entropy = counts.reduce((sum, size) => (size === 0 ? sum : sum - (size / total) * Math.log(size / total)), 0)
  return Math.max(0, Math.min(1, entropy / Math.log(counts.length)))
}
