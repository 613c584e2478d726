/**
 * How surely each row belongs to its cluster: `(b − a) / max(a, b)`, with a the distance in the embedding to the centre of
 * the row's own cluster, and b to the nearest other centre. It is 1 at the centre, 0 half-way, and negative on the other
 * side. It needs no truth and no particular pipeline, and takes O(n k width).
 *
 * @param embedding `[n, width]`, row-major
 * @param labels the cluster of each row, 0 … k−1
 * @returns `[n]`, in [−1, 1]; 1 where there is a single cluster
 * @see Hruschka, Campello, de Castro, "Evolving clusters in gene-expression data", 2006 (simplified silhouette)
 */
export function certainty(embedding: Float32Array, width: number, labels: Int32Array, k: number): Float64Array {
  const centres = new Float64Array(k * width)
  const sizes = new Int32Array(k)
  for (let row = 0; row < labels.length; row++) {
    sizes[labels[row]]++
    for (let c = 0; c < width; c++) centres[labels[row] * width + c] += embedding[row * width + c]
  }
  for (let at = 0; at < centres.length; at++) centres[at] /= Math.max(1, sizes[Math.floor(at / width)])
  return Float64Array.from(labels, (own, row) => {
    let within = 0
    let between = Number.POSITIVE_INFINITY
    for (let cluster = 0; cluster < k; cluster++) {
      if (sizes[cluster] === 0) continue
      let square = 0
      for (let c = 0; c < width; c++) square += (embedding[row * width + c] - centres[cluster * width + c]) ** 2
      if (cluster === own) within = Math.sqrt(square)
      else between = Math.min(between, Math.sqrt(square))
    }
    if (between === Number.POSITIVE_INFINITY) return 1
    const larger = Math.max(within, between)
    // Six decimals are precise enough, and survive the way through `labels.csv` unchanged.
    return larger === 0 ? 0 : Math.round((1e6 * (between - within)) / larger) / 1e6
  })
}
