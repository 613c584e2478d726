import type { Dataset } from '@dc/core'
import { rowWidth } from './host-rows'

/** Numbers of a row from which on it is taken for an embedding, which means something by its direction. */
const embeddingWidth = 32

/**
 * How rows are compared where nobody says: features of 32 numbers and more by their direction, the columns of a table by their
 * values, images by their pixels.
 */
export function rowMetric(dataset: Pick<Dataset, 'image' | 'sampleShape'>): 'cosine' | 'euclidean' {
  return !dataset.image && rowWidth(dataset) >= embeddingWidth ? 'cosine' : 'euclidean'
}
