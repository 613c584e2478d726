import type { Neighbours } from '@dc/spectral'

/** A labelled row whose nearest rows are of another class. */
export interface Mislabelled {
  readonly row: number
  /** The class that it has, and the one that its nearest rows have. */
  readonly given: number
  readonly likely: number
  /** Share of its nearest labelled rows with the likely class, and with its own. */
  readonly share: number
  readonly ownShare: number
}

/**
 * Rows whose class looks wrong, by confident learning (Northcutt, Jiang and Chuang 2021) with the classes of a row's nearest rows as its
 * predicted probabilities: the row's share of some other class is at least what rows of that class have of it on average, and its own class's
 * share is less than that.
 *
 * @param found neighbours of rows among each other
 * @param classes of these rows, −1 for none
 * @returns the clearest first
 */
export function mislabelled({ rows, k, indices }: Neighbours, classes: Int32Array): Mislabelled[] {
  const count = 1 + classes.reduce((most, label) => Math.max(most, label), -1)
  if (count < 2) return []
  const shares = new Map<number, Map<number, number>>()
  const [sums, sizes] = [new Float64Array(count), new Float64Array(count)]
  for (let row = 0; row < rows; row++) {
    if (classes[row] < 0) continue
    const own = new Map<number, number>()
    let known = 0
    for (let at = row * k; at < (row + 1) * k; at++) {
      const label = classes[indices[at]]
      if (label < 0) continue
      known++
      own.set(label, (own.get(label) ?? 0) + 1)
    }
    if (known === 0) continue
    for (const [label, votes] of own) own.set(label, votes / known)
    shares.set(row, own)
    sums[classes[row]] += own.get(classes[row]) ?? 0
    sizes[classes[row]]++
  }
  const threshold = sums.map((sum, label) => sum / Math.max(1, sizes[label]))
  const found: Mislabelled[] = []
  for (const [row, own] of shares) {
    const given = classes[row]
    const ownShare = own.get(given) ?? 0
    let likely = -1
    for (const [label, share] of own) {
      if (label === given || sizes[label] === 0 || share < threshold[label] || share <= ownShare) continue
      if (likely < 0 || share > own.get(likely)! || (share === own.get(likely) && label < likely)) likely = label
    }
    if (likely >= 0 && ownShare < threshold[given])
      found.push({ row, given, likely, share: own.get(likely)!, ownShare })
  }
  return found.sort((a, b) => a.ownShare - a.share - (b.ownShare - b.share) || a.row - b.row)
}
