import { type Dataset, letEventsIn, OptionError, type Pipeline, tf } from '@dc/core'
import { batches } from '@dc/data/rows'

/** A trained pipeline's labels and embedding of every row of a dataset. */
export interface Inference {
  /** Cluster of each row, by the pipeline's own rule. */
  readonly labels: Int32Array
  /** `[n, width]`, row-major. */
  readonly embedding: Float32Array
  readonly width: number
}

/**
 * Labels and embeds every row of a dataset, in inference mode, in batches of equal size (so that a compiling backend
 * compiles two graphs at most).
 *
 * @throws OptionError if the batch size is no positive integer; InterruptedError once the signal is aborted
 * @example
 * const { labels, embedding, width } = await infer(pipeline, dataset)
 */
export async function infer(pipeline: Pipeline, dataset: Dataset, options: InferOptions = {}): Promise<Inference> {
  const labels = new Int32Array(dataset.size)
  let embedding = new Float32Array(0)
  let width = 0
  for await (const batch of inferBatches(pipeline, dataset, options)) {
    width = batch.width
    if (embedding.length === 0) embedding = new Float32Array(dataset.size * width)
    labels.set(batch.labels, batch.start)
    embedding.set(batch.embedding, batch.start * width)
  }
  return { labels, embedding, width }
}

/** How {@link infer} reads. */
export interface InferOptions {
  /** By default 1024, or fewer rows of large images: about a million values. */
  readonly batchSize?: number
  /** Aborting it ends the work. */
  readonly signal?: AbortSignal
}

/**
 * The same a batch after the other, for more rows than should be held: in order, each with the number of its first row.
 *
 * @throws as {@link infer}
 */
export async function* inferBatches(
  pipeline: Pipeline,
  dataset: Dataset,
  { batchSize = defaultBatch(dataset), signal }: InferOptions = {},
): AsyncGenerator<Inference & { readonly start: number }> {
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new OptionError('batchSize', batchSize, 'an integer ≥ 1')
  for await (const { rows, values, sampleShape } of batches(dataset, { batchSize })) {
    await letEventsIn(signal)
    const found = tf.tidy(() => ({ ...pipeline.infer(tf.tensor(values, [rows.length, ...sampleShape])) }))
    const labels = Int32Array.from(await found.labels.data<'int32'>())
    const embedding = Float32Array.from(await found.embedding.data<'float32'>())
    const width = found.embedding.shape[1]
    tf.dispose(found)
    yield { start: rows[0], labels, embedding, width }
  }
}

/** Smaller batches for large images: a network's activations take many times the memory of its images. */
function defaultBatch({ sampleShape }: Dataset): number {
  const values = sampleShape.reduce((product, side) => product * side, 1)
  return Math.max(32, Math.min(1024, Math.floor(2 ** 20 / values)))
}
