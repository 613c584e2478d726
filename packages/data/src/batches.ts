import { type Batch, type Dataset, OptionError, type Random } from '@dc/core/plugin'

/** How {@link batches} cuts a dataset. */
export interface BatchOptions {
  readonly batchSize: number
  /** Shuffles the rows; without it they come in order. */
  readonly random?: Random
  /** Leaves out the last batch if it is not full. */
  readonly dropLast?: boolean
  /** Whether the values are read (default true); else they are empty, for who needs the row numbers alone. */
  readonly withValues?: boolean
}

/**
 * The number of batches that {@link batches} gives.
 *
 * @throws OptionError if the batch size is no positive integer, or exceeds the dataset while partial batches are dropped
 */
export function batchCount(size: number, { batchSize, dropLast = false }: BatchOptions): number {
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new OptionError('batchSize', batchSize, 'an integer ≥ 1')
  if (dropLast && batchSize > size)
    throw new OptionError(
      'batchSize',
      batchSize,
      `at most ${size}, the number of samples, when partial batches are dropped`,
    )
  return dropLast ? Math.floor(size / batchSize) : Math.ceil(size / batchSize)
}

/**
 * One pass over a dataset in mini-batches.
 *
 * @throws OptionError as {@link batchCount}
 * @example
 * for await (const batch of batches(dataset, { batchSize: 256, random, dropLast: true })) console.log(batch.rows)
 */
export async function* batches(dataset: Dataset, options: BatchOptions): AsyncGenerator<Batch> {
  const count = batchCount(dataset.size, options)
  const order = options.random?.permutation(dataset.size) ?? Int32Array.from({ length: dataset.size }, (_, i) => i)
  for (let i = 0; i < count; i++) {
    const rows = order.slice(i * options.batchSize, (i + 1) * options.batchSize)
    yield {
      rows,
      values: options.withValues === false ? new Float32Array(0) : await dataset.read(rows),
      sampleShape: dataset.sampleShape,
      ...(dataset.labels ? { labels: rows.map((row) => dataset.labels![row]) } : {}),
      ...(dataset.guide ? { given: rows.map((row) => dataset.guide!.given[row]) } : {}),
    }
  }
}
