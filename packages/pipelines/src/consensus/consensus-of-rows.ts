import { type Guide, letEventsIn } from '@dc/core'
import { unitRows } from '@dc/core/points'
import {
  consensusClustering,
  type Matrix,
  type Neighbours,
  nearestNeighbours,
  neighbourVote,
  takeRows,
} from '@dc/spectral'
import { firstEqualRows } from '../classical/equal-rows'
import { spreadCorrections } from '../corrections/spread'
import { communityVoices, kmeansVoices, layoutVoices, type VoiceOptions } from './voices'

/** How a consensus is found. */
export interface ConsensusOptions extends VoiceOptions {
  /** The nearest rows of every row. */
  readonly found: Neighbours
  /** What a trained method says of the rows. */
  readonly learned?: { readonly embedding: Matrix; readonly labels: Int32Array }
  /** What a person has said of the clusters of rows. */
  readonly guide?: Guide
}

/** Few communities, as many as modularity likes, and more: what stays together at all of them belongs together. */
const alone = {
  resolutions: [0.7, 1, 1.5, 2].flatMap((resolution) => [resolution, resolution, resolution]),
  layout: 12,
}
/** Beside a trained method, whose embedding is the best single source, the others only settle what it leaves open. */
const beside = { resolutions: [1, 1.5], layout: 2, learned: 9, own: 3 }

/** How many nearest rows a row is joined to: not many more than a cluster has, on average. */
export const nearestOf = (asked: number, rows: number, k: number): number =>
  Math.min(asked, rows - 1, Math.max(3, Math.floor(rows / k)))

/**
 * k clusters that many labellings agree on: communities of the graph of neighbours, k-means on its layout, and, if a method was
 * trained, k-means on what it learned and its own labels. At the end every row votes with its neighbours, three rounds.
 *
 * With a guide the clusters of before are among the labellings, at half the weight of all, and instead of the vote what was said of rows
 * spreads to their neighbours.
 *
 * @param points `[n, d]`, n ≥ 2
 * @returns labels `[n]`; equal rows have equal ones
 * @throws InterruptedError once the signal is aborted
 */
export async function consensusOfRows(points: Matrix, options: ConsensusOptions): Promise<Int32Array> {
  const { k, products, learned, found, guide } = options
  const first = firstEqualRows(points)
  const rows = first.filter((row, at) => row === at)
  if (rows.length === points.rows || rows.length <= k) {
    const labels = await consensusOfDistinct(points, options)
    return first.map((row) => labels[row])
  }
  // Copies of a row would be its neighbours in place of others: each row counts once.
  const distinct = takeRows(points, rows)
  const nearest = nearestOf(found.k, rows.length, k)
  const labels = await consensusOfDistinct(distinct, {
    ...options,
    found: nearestNeighbours(distinct, nearest, { products }),
    ...(learned && {
      learned: { embedding: takeRows(learned.embedding, rows), labels: rows.map((row) => learned.labels[row]) },
    }),
    ...(guide && { guide: guideOfDistinct(guide, first, rows) }),
  })
  const place = new Int32Array(points.rows)
  for (const [at, row] of rows.entries()) place[row] = at
  return first.map((row) => labels[place[row]])
}

async function consensusOfDistinct(points: Matrix, options: ConsensusOptions): Promise<Int32Array> {
  const { k, random, signal, found, learned, guide } = options
  const counts = learned ? beside : alone
  const drawn = (what: string) => ({ ...options, random: random.split(what) })
  const voices = [
    ...(await communityVoices(points, found, counts.resolutions, drawn('communities'))),
    ...(await layoutVoices(points, found, counts.layout, drawn('layout'))),
    ...(learned ? await kmeansVoices(unitRows(learned.embedding), beside.learned, drawn('learned')) : []),
    ...(learned ? Array<Int32Array>(beside.own).fill(learned.labels) : []),
  ]
  await letEventsIn(signal)
  if (guide) voices.push(...Array<Int32Array>(Math.ceil(voices.length / 2)).fill(guide.before))
  const { labels } = consensusClustering(voices, { k, random: random.split('consensus') })
  return guide ? spreadCorrections(labels, found, guide, k) : neighbourVote(labels, found)
}

/** The guide of the first of equal rows: what was said of any of them. */
function guideOfDistinct({ before, given }: Guide, first: Int32Array, rows: Int32Array): Guide {
  const said = new Map<number, number>()
  for (const [row, cluster] of given.entries()) if (cluster >= 0 && !said.has(first[row])) said.set(first[row], cluster)
  const own = rows.map((row) => said.get(row) ?? -1)
  return { before: rows.map((row, at) => (own[at] >= 0 ? own[at] : before[row])), given: own }
}
