import { DataError, type Dataset, letEventsIn, tf } from '@dc/core'
import { batches } from '@dc/data/rows'

/**
 * What a network makes of every row, `[n, d]` row-major; rows are read and seen a batch at a time, so that a data set of
 * images is never whole in memory.
 *
 * @throws InterruptedError once the signal is aborted
 */
export async function featuresOf(
  dataset: Dataset,
  see: (x: tf.Tensor) => tf.Tensor2D,
  { batchSize = 128, signal }: { readonly batchSize?: number; readonly signal?: AbortSignal } = {},
): Promise<Float32Array> {
  let features = new Float32Array(0)
  for await (const { rows, values, sampleShape } of batches(dataset, { batchSize })) {
    await letEventsIn(signal)
    const seen = tf.tidy(() => see(tf.tensor(values, [rows.length, ...sampleShape])))
    const [, width] = seen.shape
    if (features.length === 0) features = new Float32Array(dataset.size * width)
    features.set(await seen.data<'float32'>(), rows[0] * width)
    seen.dispose()
  }
  return features
}

/**
 * Codes that clustering may begin at.
 *
 * @throws DataError if one is not finite: the first weights make nothing of such values
 */
export function finiteCodes(codes: Float32Array, width: number): Float32Array {
  const bad = codes.findIndex((value) => !Number.isFinite(value))
  if (bad < 0) return codes
  const row = Math.floor(bad / width)
  throw new DataError(
    `Before training the network gives ${codes[bad]} for row ${row}: values of the data on a smaller scale (standardised) may help, or other first weights.`,
    { row },
  )
}

/**
 * Mean over all entries of their squared distance to the mean of their column, in one pass (Welford 1962); 1 where all
 * rows are alike, so that it may divide.
 *
 * @throws InterruptedError once the signal is aborted
 */
export async function meanSquaredDeviation(dataset: Dataset, signal?: AbortSignal): Promise<number> {
  const width = dataset.sampleShape.reduce((product, side) => product * side, 1)
  const means = new Float64Array(width)
  let [seen, squares] = [0, 0]
  for await (const { rows, values } of batches(dataset, { batchSize: 1024 })) {
    await letEventsIn(signal)
    for (let row = 0; row < rows.length; row++) {
      seen++
      for (let column = 0; column < width; column++) {
        const value = values[row * width + column]
        const before = value - means[column]
        means[column] += before / seen
        squares += before * (value - means[column])
      }
    }
  }
  return squares / (dataset.size * width) || 1
}
