/** What is known of one number of clusters. Every signal but the score is measured, and higher is better. */
export interface KCurvePoint {
  readonly k: number
  /** Mean adjusted Rand index between k-means of different parts of the rows, each from a seed of its own. */
  readonly stability: number
  /** Mean silhouette of those k-means, by the rows' principal coordinates. */
  readonly silhouette: number
  /** `(λ(k+1) − λ(k)) / λ(k+1)` of the graph of neighbours; null beyond the eigenvalues that were found. */
  readonly eigengap: number | null
  /** Entropy of the sizes over its greatest value: 1 for equal sizes. */
  readonly balance: number
  /** Share of a row's neighbours that have its label. It falls with k on any data, so it has no vote; how it falls has one. */
  readonly agreement: number
  /** How suddenly finer communities than k part neighbours, in [0, 1]; see `agreementElbow`. */
  readonly elbow: number
  /** How near k is to the number of communities, in (0, 1]. */
  readonly nearness: number
  /** At which resolution Leiden finds about k communities; null if that was not seen. */
  readonly resolution: number | null
}

/** A point with its score among the others. */
export type ScoredPoint = KCurvePoint & {
  /** Weighted mean of the signals, silhouette, stability and gap as shares of the best on the curve, in [0, 1]. */
  readonly score: number
}

/** Votes of the signals; what was measured with them is in the FEATURES of @dc/pipelines. */
const votes = { silhouette: 2, elbow: 2, stability: 1, nearness: 1, balance: 0.5, eigengap: 0.5 } as const
const allVotes = Object.values(votes).reduce((sum, vote) => sum + vote, 0)

/** Silhouette, stability and gap differ in size from data to data: they count as shares of the best. */
const relative: ReadonlySet<string> = new Set(['silhouette', 'stability', 'eigengap'])

/** The points with their scores. */
export function scored(points: readonly KCurvePoint[]): ScoredPoint[] {
  const names = Object.keys(votes) as (keyof typeof votes)[]
  const best = Object.fromEntries(names.map((name) => [name, Math.max(0, ...points.map((point) => point[name] ?? 0))]))
  const share = (point: KCurvePoint, name: keyof typeof votes) => {
    const scale = relative.has(name) ? best[name] : 1
    return scale > 0 ? Math.max(0, point[name] ?? 0) / scale : 0
  }
  return points.map((point) => ({
    ...point,
    score: names.reduce((sum, name) => sum + votes[name] * share(point, name), 0) / allVotes,
  }))
}

/** What is read off a curve. */
export interface KChoice {
  /** The number of the highest score; the smaller of equals. */
  readonly k: number
  /** The best number that differs from it by 15 % at least; null if there is none. */
  readonly runnerUp: number | null
  /** The largest number whose score is within 10 % of the best. */
  readonly finest: number
}

/** Share of the choice by which the runner-up differs, and share of the best score that is nearly as good. */
const [apart, nearly] = [0.15, 0.9]

/**
 * The choice, the runner-up and the finest that is nearly as good.
 *
 * @param points ascending by k, one at least
 */
export function chooseK(points: readonly ScoredPoint[]): KChoice {
  const best = highest(points)!
  const others = points.filter(({ k }) => Math.abs(k - best.k) >= Math.max(1, apart * best.k))
  return {
    k: best.k,
    runnerUp: highest(others)?.k ?? null,
    finest: points.findLast(({ score }) => score >= nearly * best.score)!.k,
  }
}

function highest(points: readonly ScoredPoint[]): ScoredPoint | undefined {
  return points.reduce<ScoredPoint | undefined>(
    (best, point) => (best && best.score >= point.score ? best : point),
    undefined,
  )
}
