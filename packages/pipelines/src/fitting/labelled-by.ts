import { type ClassicalPipeline, createRandom, type Dataset, DcError, type Registry } from '@dc/core'
import { shareNeighbours } from '../dataset-neighbours'
import { withClusters } from '../found-clusters'
import type { Method } from '../recipes/recipe'

/**
 * Rows with the labels of a method without training steps, for a training that learns them first.
 *
 * @throws DcError if it does not find as many clusters as are trained; InterruptedError once the signal is aborted
 */
export async function labelledBy(
  { pipeline: name, options }: Method,
  dataset: Dataset,
  { k, seed, registry, signal }: { k: number; seed: number; registry: Registry; signal?: AbortSignal },
): Promise<Dataset> {
  const pipeline = registry.make('pipeline', name, withClusters(options, k)) as ClassicalPipeline
  const { labels } = await pipeline.fit(dataset, createRandom(seed).split('baseline'), { signal })
  const found = new Set(labels).size
  if (found !== k) {
    const why = pipeline.notices?.().join(' ') ?? ''
    throw new DcError(
      `start: ${name} finds ${found} clusters of these rows, and ${k} are to be trained. ${why}`.trimEnd(),
      { found, k },
    )
  }
  const labelled = { ...dataset, labels, classNames: undefined }
  shareNeighbours(dataset, labelled)
  return labelled
}
