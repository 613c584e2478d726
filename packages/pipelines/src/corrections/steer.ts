import { type Dataset, type Guide, letEventsIn, type Random } from '@dc/core'
import { availableProducts, kmeans, type Matrix, matrix, takeRows } from '@dc/spectral'
import { compared } from '../classical/direction'
import { allRows, readOnHost, rowWidth } from '../host-rows'
import { rowMetric } from '../row-metric'
import { newClusters } from './new-clusters'
import type { CorrectionPlan } from './plan'

/**
 * What a fit is steered by: a cluster for every row as it was before, corrected where that was said, and the rows of which something was
 * said. A group of rows without a given cluster gets one here, for what is learned of rows must name clusters: the cluster that most of
 * them were in and that they are near to, all of them together (the neighbourhoods of Basu, Bilenko and Mooney 2004). Groups that are apart
 * from others are placed in the order of how clear their cluster is, each in none where one that it is apart from is (Wagstaff et al. 2001).
 *
 * @param before the cluster of each row before, 0 … k−1
 * @returns in fitted clusters; −1 for noise in both
 * @throws InterruptedError once the signal is aborted
 */
export async function steer(
  { corrections, fitted, groups, apart, final }: CorrectionPlan,
  before: Int32Array,
  dataset: Dataset,
  random: Random,
  signal?: AbortSignal,
): Promise<Guide> {
  const { splits, noise } = corrections
  const own = before.slice()
  for (const row of noise) own[row] = -1
  const open = groups.some(({ cluster }) => cluster === null)
  const points = open || splits.some((split) => 'into' in split) ? await pointsOf(dataset) : undefined
  await letEventsIn(signal)
  const added = newClusters(corrections)
  for (const [at, split] of splits.entries()) {
    if ('rows' in split) continue
    const members = [...own.keys()].filter((row) => own[row] === split.cluster)
    const parts = Math.min(split.into, members.length)
    if (parts < 2) continue
    const { labels } = kmeans(takeRows(points!, members), { k: parts, random: random.split('split').split(at) })
    for (const [place, row] of members.entries()) if (labels[place] > 0) own[row] = added[at] + labels[place] - 1
  }
  const given = new Int32Array(dataset.size).fill(-1)
  const say = (rows: readonly number[], cluster: number) => {
    for (const row of rows) given[row] = own[row] = cluster
  }
  for (const { rows, cluster } of groups) if (cluster !== null) say(rows, cluster)
  if (open) {
    const costs = groupCosts(groups, points!, own, fitted)
    for (const [group, cluster] of placed(groups, apart, costs, final)) say(groups[group].rows, cluster)
  }
  return { before: own, given }
}

async function pointsOf(dataset: Dataset): Promise<Matrix> {
  const rows = matrix(await readOnHost(dataset, allRows(dataset)), dataset.size, rowWidth(dataset))
  await availableProducts()
  return compared(rows, rowMetric(dataset) === 'cosine')
}

/** How ill each cluster fits a group: squared distances to its centre in those within clusters, less the share of rows that were in it. */
function groupCosts(
  groups: CorrectionPlan['groups'],
  points: Matrix,
  labels: Int32Array,
  fitted: number,
): Map<number, Float64Array> {
  const { columns, values } = points
  const centres = new Float64Array(fitted * columns)
  const sizes = new Float64Array(fitted)
  for (const [row, label] of labels.entries()) {
    if (label < 0) continue
    sizes[label]++
    for (let c = 0; c < columns; c++) centres[label * columns + c] += values[row * columns + c]
  }
  for (let at = 0; at < centres.length; at++) centres[at] /= Math.max(1, sizes[Math.floor(at / columns)])
  const square = (row: number, cluster: number) => {
    let sum = 0
    for (let c = 0; c < columns; c++) sum += (values[row * columns + c] - centres[cluster * columns + c]) ** 2
    return sum
  }
  let spread = 0
  for (const [row, label] of labels.entries()) if (label >= 0) spread += square(row, label) / labels.length
  const costs = new Map<number, Float64Array>()
  for (const [group, { rows, cluster }] of groups.entries()) {
    if (cluster !== null) continue
    const cost = new Float64Array(fitted)
    for (const row of rows) {
      for (let c = 0; c < fitted; c++)
        cost[c] += sizes[c] === 0 ? Number.POSITIVE_INFINITY : square(row, c) / (spread || 1) / rows.length
      if (labels[row] >= 0) cost[labels[row]] -= 1 / rows.length
    }
    costs.set(group, cost)
  }
  return costs
}

/** A cluster for each group that has none, the clearest first; none for a group that has no place left. */
function placed(
  groups: CorrectionPlan['groups'],
  apart: CorrectionPlan['apart'],
  costs: ReadonlyMap<number, Float64Array>,
  final: readonly number[],
): Map<number, number> {
  const others = new Map<number, number[]>()
  for (const [a, b] of apart) {
    others.set(a, [...(others.get(a) ?? []), b])
    others.set(b, [...(others.get(b) ?? []), a])
  }
  const margin = (cost: Float64Array) => {
    const [best, second = Number.POSITIVE_INFINITY] = cost.toSorted()
    return second - best
  }
  const order = [...costs].map(([group, cost]) => ({ group, cost, margin: margin(cost) }))
  order.sort((a, b) => b.margin - a.margin || a.group - b.group)
  const found = new Map<number, number>()
  for (const { group, cost } of order) {
    const taken = new Set(
      (others.get(group) ?? []).flatMap((other) => {
        const cluster = groups[other].cluster ?? found.get(other)
        return cluster === undefined ? [] : [final[cluster]]
      }),
    )
    let best = -1
    for (const [cluster, own] of cost.entries())
      if (!taken.has(final[cluster]) && own < (cost[best] ?? Number.POSITIVE_INFINITY)) best = cluster
    if (best >= 0) found.set(group, best)
  }
  return found
}
