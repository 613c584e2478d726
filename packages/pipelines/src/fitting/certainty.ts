import type { Places } from '../places'

/** Values of rows that are held at once. */
const atOnce = 2 ** 22

/**
 * How surely each row belongs to its cluster: `(b − a) / max(a, b)`, with a the distance in the embedding to the centre of
 * the row's own cluster, and b to the nearest other centre. It is 1 at the centre, 0 half-way, and negative on the other
 * side. It needs no truth and no particular pipeline, and takes O(n k width).
 *
 * @param places where the rows lie; they are read twice, some at a time
 * @param labels the cluster of each row, 0 … k−1
 * @returns `[n]`, in [−1, 1]; 1 where there is a single cluster
 * @see Hruschka, Campello, de Castro, "Evolving clusters in gene-expression data", 2006 (simplified silhouette)
 */
export async function certainty(places: Places, labels: Int32Array, k: number): Promise<Float64Array> {
  const { width } = places
  async function* blocks() {
    const most = Math.max(1, Math.floor(atOnce / width))
    for (let start = 0; start < labels.length; start += most) {
      const rows = Int32Array.from({ length: Math.min(most, labels.length - start) }, (_, at) => start + at)
      yield { start, rows: rows.length, values: await places.read(rows) }
    }
  }
  const centres = new Float64Array(k * width)
  const sizes = new Int32Array(k)
  for await (const { start, rows, values } of blocks())
    for (let row = 0; row < rows; row++) {
      const label = labels[start + row]
      sizes[label]++
      for (let c = 0; c < width; c++) centres[label * width + c] += values[row * width + c]
    }
  for (let at = 0; at < centres.length; at++) centres[at] /= Math.max(1, sizes[Math.floor(at / width)])
  const sure = (values: Float32Array, row: number, own: number): number => {
    let within = 0
    let between = Number.POSITIVE_INFINITY
    for (let cluster = 0; cluster < k; cluster++) {
      if (sizes[cluster] === 0) continue
      let square = 0
      for (let c = 0; c < width; c++) square += (values[row * width + c] - centres[cluster * width + c]) ** 2
      if (cluster === own) within = Math.sqrt(square)
      else between = Math.min(between, Math.sqrt(square))
    }
    if (between === Number.POSITIVE_INFINITY) return 1
    const larger = Math.max(within, between)
    // Six decimals are precise enough, and survive the way through `labels.csv` unchanged.
    return larger === 0 ? 0 : Math.round((1e6 * (between - within)) / larger) / 1e6
  }
  const found = new Float64Array(labels.length)
  for await (const { start, rows, values } of blocks())
    for (let row = 0; row < rows; row++) found[start + row] = sure(values, row, labels[start + row])
  return found
}
