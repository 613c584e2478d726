import { eachBatch, withKernels } from '../kernels/memory'
import { type Matrix, rowOf, takeRows } from '../matrix'

/** Labels, with the weighted sums and masses of their clusters; all three change together. */
export interface Clusters {
  readonly labels: Int32Array
  /** Sums of deviations from each cluster's origin, `[k, columns]`, float64. Sums of the points lose digits far from 0. */
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

/** The first point as the origin of all clusters: `[k, columns]`. */
export function firstPoint(points: Matrix, k: number): Matrix {
  return takeRows(points, new Int32Array(k))
}

/**
 * Moves points to their new clusters and updates the sums; `weighClusters` then updates the masses.
 *
 * @param origins the origin of each cluster, `[k, columns]`, the same in every call
 * @returns how many points moved
 */
export function movePoints(
  { labels, sums }: Clusters,
  points: Matrix,
  origins: Matrix,
  to: Int32Array,
  weights?: Float64Array,
): number {
  const { rows, columns } = points
  return withKernels(({ kernels, floats, floats32 }) => {
    const single = points.values instanceof Float32Array
    const row = (single ? floats32 : floats)(columns)
    const addDeviation = single ? kernels.addDeviation32 : kernels.addDeviation
    const [totals, from] = [floats(sums.length), floats(sums.length)]
    const add = (cluster: number, weight: number) => {
      const at = 8 * cluster * columns
      addDeviation(row.pointer, from.pointer + at, columns, weight, totals.pointer + at)
    }
    totals.values.set(sums)
    from.values.set(origins.values)
    let moved = 0
    for (let i = 0; i < rows; i++) {
      if (to[i] === labels[i]) continue
      const weight = weights ? weights[i] : 1
      row.values.set(rowOf(points, i))
      if (labels[i] >= 0) add(labels[i], -weight)
      add(to[i], weight)
      labels[i] = to[i]
      moved++
    }
    sums.set(totals.values)
    return moved
  })
}

/** Counts the masses anew. The sums of clusters without mass are set to 0, so that no rounding stays in them. */
export function weighClusters({ labels, sums, masses }: Clusters, weights?: Float64Array): void {
  masses.fill(0)
  if (weights) for (let i = 0; i < labels.length; i++) masses[labels[i]] += weights[i]
  else for (let i = 0; i < labels.length; i++) masses[labels[i]]++
  const columns = sums.length / masses.length
  masses.forEach((mass, c) => {
    if (mass === 0) sums.fill(0, c * columns, (c + 1) * columns)
  })
}

/**
 * Gives every empty cluster the point that is farthest from its own centroid, among points in clusters of two or more. If
 * every point lies on its centroid, a cluster stays empty: there are fewer different points than clusters.
 *
 * @returns how many clusters were filled
 */
export function repairEmptyClusters(
  clusters: Clusters,
  points: Matrix,
  origins: Matrix,
  centroids: Matrix,
  weights?: Float64Array,
): number {
  const to = clusters.labels.slice()
  const sizes = new Int32Array(centroids.rows)
  for (let i = 0; i < to.length; i++) sizes[to[i]]++
  const empty = [...sizes.keys()].filter((c) => sizes[c] === 0)
  if (empty.length === 0) return 0
  const distances = ownDistances(points, centroids, to)
  const farthest = [...distances.keys()].sort((a, b) => distances[b] - distances[a] || a - b)
  let filled = 0
  for (const i of farthest) {
    if (filled === empty.length || distances[i] === 0) break
    if (sizes[to[i]] < 2 || weights?.[i] === 0) continue
    sizes[to[i]]--
    to[i] = empty[filled++]
  }
  if (movePoints(clusters, points, origins, to, weights) > 0) weighClusters(clusters, weights)
  return filled
}

/**
 * Writes the mean of every cluster that has mass, or the mean's direction if centroids have length 1.
 *
 * @returns the sum of the squared distances that the centroids moved
 */
export function updateCentroids(
  { sums, masses }: Clusters,
  origins: Matrix,
  centroids: Float64Array,
  spherical: boolean,
): number {
  const columns = centroids.length / masses.length
  const mean = new Float64Array(columns)
  let shift = 0
  for (let c = 0; c < masses.length; c++) {
    // Without mass there is no mean, and without direction no unit vector: the centroid stays.
    if (!(masses[c] > 0)) continue
    let square = 0
    for (let j = 0, at = c * columns; j < columns; j++, at++) {
      mean[j] = origins.values[at] + sums[at] / masses[c]
      square += mean[j] * mean[j]
    }
    if (spherical && square === 0) continue
    const length = spherical ? Math.sqrt(square) : 1
    for (let j = 0, at = c * columns; j < columns; j++, at++) {
      const next = mean[j] / length
      shift += (next - centroids[at]) ** 2
      centroids[at] = next
    }
  }
  return shift
}

/** Weighted sum of squared distances of points to their centroids, float64. */
export function inertiaOf(points: Matrix, centroids: Matrix, labels: Int32Array, weights?: Float64Array): number {
  let inertia = 0
  ownDistances(points, centroids, labels).forEach((distance, i) => {
    inertia += (weights ? weights[i] : 1) * distance
  })
  return inertia
}

/** Squared distance of every point to the centroid of its label. */
function ownDistances(points: Matrix, centroids: Matrix, labels: Int32Array): Float64Array {
  const { rows, columns } = points
  return withKernels((lender) => {
    const [centres, own] = [lender.floats(centroids.values.length), lender.integers(rows)]
    const distances = lender.floats(rows)
    centres.values.set(centroids.values)
    own.values.set(labels)
    eachBatch(points, lender, (x, from, count) => {
      for (let i = from; i < from + count; i++, x += 8 * columns) {
        const [centre, out] = [own.pointer + 4 * i, distances.pointer + 8 * i]
        lender.kernels.squaredDistances(x, centres.pointer, centre, 1, columns, out)
      }
    })
    return distances.values.slice()
  })
}
