import type { RowKind } from '@dc/pipelines'

/** Rows below which there is too little to train a network on. */
const fewRows = 200

/**
 * The method that is tried first on rows of a kind.
 *
 * @param rows how many there are, where that is known before they are read
 * @see bench/results/quality-systems.md and quality-images.md: SP²OT was the best on features and photos, BootSC on small images
 */
export function pickMethod(kind: RowKind, rows = Number.POSITIVE_INFINITY): { pipeline: string; why: string } {
  if (rows < fewRows) return { pipeline: 'kmeans', why: `${rows} rows are too few to train a network on` }
  if (kind === 'features') return { pipeline: 'sp2ot', why: 'the rows are features, whose classes may differ in size' }
  if (kind === 'photos')
    return { pipeline: 'sp2ot', why: 'the rows are photos, for which bootsc trains its network first' }
  return { pipeline: 'bootsc', why: 'the rows are small grey images, of which it draws views' }
}
