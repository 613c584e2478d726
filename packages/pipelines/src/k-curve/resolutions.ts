import { letEventsIn, type Random, type SparseRows } from '@dc/core'
import { neighbourAgreement } from '@dc/metrics'
import { leiden, type Neighbours } from '@dc/spectral'

/** The communities of a graph at a resolution. */
export interface ResolutionPoint {
  readonly resolution: number
  readonly k: number
  /** Share of a row's neighbours in its community, of those that one of the mean size has room for. */
  readonly agreement: number
}

/** Factor from one resolution to the next, and how many there are below and above 1. */
const [factor, below, above] = [1.35, 8, 10]
/** Iterations of Leiden; more change the number of communities little. */
const maxIterations = 3

/**
 * Communities at resolutions from 0.09 to 20, by modularity (Traag, Waltman, van Eck 2019). Resolution 1 is among them.
 * It ends where there are more than `most`.
 *
 * @throws InterruptedError once the signal is aborted
 */
export async function communitiesByResolution(
  graph: SparseRows,
  neighbours: Neighbours,
  most: (communities: number) => number,
  random: Random,
  signal?: AbortSignal,
): Promise<ResolutionPoint[]> {
  const found: ResolutionPoint[] = []
  let proposed = 0
  for (let power = -below; power <= above; power++) {
    await letEventsIn(signal)
    const resolution = factor ** power
    const { k, labels } = leiden(graph, { random: random.split('leiden'), resolution, maxIterations })
    found.push({ resolution: Number(resolution.toPrecision(3)), k, agreement: heldTogether(neighbours, labels, k) })
    if (power === 0) proposed = k
    if (power >= 0 && k > most(proposed)) break
  }
  return found
}

/** As small communities cannot hold all neighbours of a row, whatever the data, they are asked for as many as they can. */
function heldTogether({ rows, k: asked, indices }: Neighbours, labels: Int32Array, communities: number): number {
  const room = Math.max(1, rows / communities - 1)
  return Math.min(1, neighbourAgreement(indices, asked, labels) / Math.min(1, room / asked))
}

/**
 * The resolution at which there are k communities, between those that were tried, in logarithms; null outside of them.
 * With 4 at 0.5 and 16 at 2, 8 are at 1.
 */
export function resolutionOf(points: readonly Omit<ResolutionPoint, 'agreement'>[], k: number): number | null {
  const exact = points.find((point) => point.k === k)
  if (exact) return exact.resolution
  for (let at = 1; at < points.length; at++) {
    const [before, after] = [points[at - 1], points[at]]
    if (!(before.k < k && k < after.k)) continue
    const way = Math.log(k / before.k) / Math.log(after.k / before.k)
    return Number((before.resolution * (after.resolution / before.resolution) ** way).toPrecision(3))
  }
  return null
}

/** Factor between the numbers that are compared; a bend up to `slack` may be chance, and one of `sharp` is as sharp as can be. */
const [step, slack, sharp] = [1.5, 0.08, 0.2]

/**
 * How suddenly communities finer than k part neighbours. With a(k) the share of neighbours in one community where there are k,
 * between those that were seen, the bend is `(a(k) − a(1.5 k)) − (a(k / 1.5) − a(k))`. The elbow is 0 for a bend up to 0.08, 1 from
 * 0.2 on. Groups that are apart are found without parting neighbours; whatever parts them further does.
 * With agreements of 1, 1 and 0.86 at 4, 6 and 9, the elbow at 6 is 0.5.
 */
export function agreementElbow(points: readonly Omit<ResolutionPoint, 'resolution'>[], k: number): number {
  const at = (wanted: number) => agreementAt(points, wanted)
  const bend = at(k) - at(step * k) - (at(k / step) - at(k))
  return Math.max(0, Math.min(1, (bend - slack) / (sharp - slack)))
}

/** The agreement where there are k communities, between those that were seen, by the logarithm of k. */
function agreementAt(points: readonly Omit<ResolutionPoint, 'resolution'>[], k: number): number {
  // A single community parts no neighbours.
  const best = new Map([[1, 1]])
  for (const point of points) best.set(point.k, Math.max(point.agreement, best.get(point.k) ?? 0))
  const known = [...best].sort(([a], [b]) => a - b)
  const next = known.findIndex(([seen]) => seen >= k)
  if (next <= 0) return known.at(next)![1]
  const [[low, before], [high, after]] = [known[next - 1], known[next]]
  return before + ((after - before) * Math.log(k / low)) / Math.log(high / low)
}
