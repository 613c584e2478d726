import type { RowKind } from '@dc/pipelines'

/** Rows below which there is too little to train a network on. */
const fewRows = 200
/** Rows below which neighbourhoods say nothing. */
const fewestRows = 50
/** Rows of a cluster, on average, below which a training learns less than neighbours and communities say. */
const fewInCluster = 25

/**
 * The method that is tried first on rows of a kind.
 *
 * @param rows how many there are, where that is known before they are read
 * @param k clusters, where that is known
 * @see bench/results/embeddings.md for features, quality-systems.md and quality-images.md for images
 */
export function pickMethod(kind: RowKind, rows = Number.POSITIVE_INFINITY, k = 1): { pipeline: string; why: string } {
  if (rows < fewRows)
    return {
      pipeline: kind === 'features' && rows >= fewestRows ? 'consensus' : 'kmeans',
      why: `${rows === 1 ? '1 row is' : `${rows} rows are`} too few to train a network on`,
    }
  if (kind === 'features' && rows < fewInCluster * k)
    return { pipeline: 'consensus', why: `${rows} rows in ${k} clusters are too few of each to train a network on` }
  if (kind === 'features')
    return { pipeline: 'bootsc', why: 'the rows are features, of which it takes neighbours as views' }
  if (kind === 'photos')
    return { pipeline: 'sp2ot', why: 'the rows are photos, for which bootsc trains its network first' }
  return { pipeline: 'bootsc', why: 'the rows are small grey images, of which it draws views' }
}
