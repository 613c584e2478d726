import { type Matrix, squaredDistance } from '../matrix'

/** Labels with the weighted sums and masses of their clusters, kept in step with each other. */
export interface Clusters {
  readonly labels: Int32Array
  /** `[k, columns]`, float64. */
  readonly sums: Float64Array
  /** Total weight per cluster. */
  readonly masses: Float64Array
}

export function emptyClusters(points: Matrix, k: number): Clusters {
  return {
    labels: new Int32Array(points.rows).fill(-1),
    sums: new Float64Array(k * points.columns),
    masses: new Float64Array(k),
  }
}

/** Moves one point to a cluster, updating both clusters' sums; `weighClusters` brings the masses up to date. */
export function movePoint(clusters: Clusters, points: Matrix, i: number, to: number, weight: number): void {
  const { labels } = clusters
  if (labels[i] >= 0) addPoint(clusters, points, i, labels[i], -weight)
  addPoint(clusters, points, i, to, weight)
  labels[i] = to
}

/** Recounts the masses, and clears the sums of clusters without mass, so that no rounding is left behind in them. */
export function weighClusters({ labels, sums, masses }: Clusters, weights?: Float64Array): void {
  masses.fill(0)
  for (let i = 0; i < labels.length; i++) masses[labels[i]] += weights ? weights[i] : 1
  const columns = sums.length / masses.length
  masses.forEach((mass, c) => {
    if (mass === 0) sums.fill(0, c * columns, (c + 1) * columns)
  })
}

function addPoint({ sums }: Clusters, { values, columns }: Matrix, i: number, cluster: number, weight: number) {
  for (let j = 0, p = i * columns, q = cluster * columns; j < columns; j++, p++, q++) sums[q] += weight * values[p]
}

/**
 * Gives every empty cluster the point that lies farthest from its own centroid, of those in clusters of two or more.
 * A cluster stays empty when every point sits on its centroid: there are fewer different points than clusters.
 *
 * @returns how many clusters were filled
 */
export function repairEmptyClusters(
  clusters: Clusters,
  points: Matrix,
  centroids: Matrix,
  weights?: Float64Array,
): number {
  const sizes = new Int32Array(centroids.rows)
  for (const label of clusters.labels) sizes[label]++
  const empty = [...sizes.keys()].filter((c) => sizes[c] === 0)
  if (empty.length === 0) return 0
  const distances = new Float64Array(points.rows)
  for (let i = 0; i < points.rows; i++) distances[i] = squaredDistance(points, i, centroids, clusters.labels[i])
  const farthest = [...distances.keys()].sort((a, b) => distances[b] - distances[a] || a - b)
  let filled = 0
  for (const i of farthest) {
    if (filled === empty.length || distances[i] === 0) break
    const weight = weights ? weights[i] : 1
    if (sizes[clusters.labels[i]] < 2 || weight === 0) continue
    sizes[clusters.labels[i]]--
    movePoint(clusters, points, i, empty[filled], weight)
    filled++
  }
  if (filled > 0) weighClusters(clusters, weights)
  return filled
}

/**
 * Writes the mean of every cluster that has mass, or its direction; returns the squared distance all centroids moved
 * together.
 */
export function updateCentroids({ sums, masses }: Clusters, centroids: Float64Array, spherical: boolean): number {
  const columns = centroids.length / masses.length
  let shift = 0
  for (let c = 0; c < masses.length; c++) {
    const sum = sums.subarray(c * columns, (c + 1) * columns)
    const divisor = spherical ? Math.sqrt(sum.reduce((total, s) => total + s * s, 0)) : masses[c]
    // Without mass there is no mean, and without direction no unit vector: the centroid stays.
    if (!(masses[c] > 0) || divisor === 0) continue
    for (let j = 0, at = c * columns; j < columns; j++, at++) {
      const next = sum[j] / divisor
      shift += (next - centroids[at]) ** 2
      centroids[at] = next
    }
  }
  return shift
}

/** Weighted sum of squared distances of points to their centroids, float64. */
export function inertiaOf(points: Matrix, centroids: Matrix, labels: Int32Array, weights?: Float64Array): number {
  let inertia = 0
  for (let i = 0; i < points.rows; i++)
    inertia += (weights ? weights[i] : 1) * squaredDistance(points, i, centroids, labels[i])
  return inertia
}
