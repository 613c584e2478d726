import type { Dataset } from '@dc/core'
import { rowWidth } from '../host-rows'

/** With fewer columns, rows are measurements, and their lengths count. */
const manyColumns = 32

/**
 * Whether rows are compared by direction: those of many columns that were not standardised, as embeddings are. Their lengths tell how
 * sure a network is, or how long a text is, more than what it is about.
 */
export const byDirection = (dataset: Dataset): boolean => !dataset.standardized && rowWidth(dataset) >= manyColumns
