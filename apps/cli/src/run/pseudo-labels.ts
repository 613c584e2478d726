import type { Pipeline } from '@dc/core'
import { optimalMatching } from '@dc/metrics'

/**
 * How right the pseudo-labels of an epoch are, for the report; training never sees it. Clusters are matched to classes so
 * that the right mass is largest.
 *
 * @returns `precision`, the share of the mass that is right, and `coverage`, the share of rows with more than half of their
 * mass; nothing if the pipeline gives no pseudo-labels, or no class is known
 */
export async function pseudoLabelScores(pipeline: Pipeline, truth: Int32Array): Promise<Record<string, number>> {
  const given = await pipeline.pseudoLabels?.()
  if (!given || given.rows.length === 0 || !truth.some((label) => label >= 0)) return {}
  const classes = 1 + truth.reduce((most, label) => Math.max(most, label), 0)
  const clusters = 1 + given.labels.reduce((most, label) => Math.max(most, label), 0)
  const mass = new Float64Array(classes * clusters)
  let [total, covered] = [0, 0]
  given.rows.forEach((row, at) => {
    if (truth[row] < 0) return
    mass[truth[row] * clusters + given.labels[at]] += given.weights[at]
    total += given.weights[at]
    if (given.weights[at] > 0.5) covered++
  })
  const right = optimalMatching(mass, classes, clusters).reduce(
    (sum, cluster, label) => sum + (cluster < 0 ? 0 : mass[label * clusters + cluster]),
    0,
  )
  return { precision: total > 0 ? right / total : 0, coverage: covered / given.rows.length }
}
