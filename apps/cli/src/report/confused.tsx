import type { Dataset } from '@dc/core'
import { SampleRows, typicalRows } from '@dc/explore/parts'
import type { Alignment } from './alignment'
import { count } from './numbers'
import type { RunResult } from './run-result'
import { placed, type Sample, samplesOf, shownRows } from './samples'

/** Pairs that are shown, and rows of each side. */
const [mostPairs, mostPictures, mostTexts] = [4, 8, 3]

/** Two clusters that are taken for each other, and rows of both sides. */
export interface ConfusedPair {
  readonly clusters: readonly [number, number]
  /** What stands above each side. */
  readonly titles: readonly [string, string]
  readonly sides: readonly [readonly Sample[], readonly Sample[]]
}

/**
 * The pairs that are confused most. Where classes are known: those of whose rows most are in the other's cluster, with these rows. Else: the
 * clusters that share most of their rows' nearest rows, with the least certain rows of both.
 */
export async function confusedPairs(run: RunResult, dataset: Dataset, alignment: Alignment): Promise<ConfusedPair[]> {
  const most = dataset.image || dataset.seen?.image ? mostPictures : mostTexts
  const pairs = alignment.confusion ? byClass(run, alignment, most) : byNeighbours(run, alignment, most)
  const found: ConfusedPair[] = []
  for (const { rows, ...pair } of pairs)
    found.push({ ...pair, sides: [await samplesOf(dataset, rows[0]), await samplesOf(dataset, rows[1])] })
  return found
}

type Pair = Omit<ConfusedPair, 'sides'> & { readonly rows: readonly [readonly number[], readonly number[]] }

function byClass({ shown, dataset }: RunResult, { confusion, name, className }: Alignment, most: number): Pair[] {
  const { classOf } = confusion!
  const rows = new Map<string, number[]>()
  const truth = dataset.labels!
  shown.labels.forEach((cluster, row) => {
    const own = classOf.get(cluster)
    if (own === undefined || truth[row] < 0 || truth[row] === own) return
    const key = `${truth[row]} ${own}`
    const there = rows.get(key)
    if (there) there.push(row)
    else rows.set(key, [row])
  })
  const clusterOf = new Map([...classOf].map(([cluster, own]) => [own, cluster]))
  const many = (a: number, b: number) => rows.get(`${a} ${b}`)?.length ?? 0
  const pairs = [...rows.keys()]
    .map((key) => key.split(' ').map(Number) as [number, number])
    .filter(([a, b]) => clusterOf.has(a) && (a < b || many(b, a) === 0))
    .sort(([a, b], [c, d]) => many(c, d) + many(d, c) - many(a, b) - many(b, a) || a - c || b - d)
    .slice(0, mostPairs)
  return pairs.map(([a, b]) => {
    const title = (from: number, to: number) =>
      `${count(many(from, to))} of “${className(from)}” in ${name.get(clusterOf.get(to)!)}`
    const some = (from: number, to: number) => (rows.get(`${from} ${to}`) ?? []).slice(0, most)
    return {
      clusters: [clusterOf.get(a)!, clusterOf.get(b)!],
      titles: [title(a, b), title(b, a)],
      rows: [some(a, b), some(b, a)],
    }
  })
}

function byNeighbours(run: RunResult, { name }: Alignment, most: number): Pair[] {
  const shares = new Map<string, number>()
  run.clusters.forEach(({ nearest }, cluster) => {
    for (const { cluster: other, share } of nearest) {
      const key = [cluster, other].sort((a, b) => a - b).join(' ')
      shares.set(key, (shares.get(key) ?? 0) + share)
    }
  })
  const members = (cluster: number) => [...run.shown.labels.keys()].filter((row) => run.shown.labels[row] === cluster)
  return [...shares]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostPairs)
    .map(([key]) => {
      const clusters = key.split(' ').map(Number) as [number, number]
      const [a, b] = clusters.map(
        (own) => typicalRows(placed(run), members(own), { typical: 1, uncertain: most }).uncertain,
      )
      const title = (own: number, other: number) => {
        const share = run.clusters[own].nearest.find(({ cluster }) => cluster === other)?.share ?? 0
        return `${name.get(own)}: ${Math.round(100 * share)}\u00a0% of its nearest rows are in ${name.get(other)}`
      }
      const [first, second] = clusters
      return { clusters, titles: [title(first, second), title(second, first)], rows: [a, b] }
    })
}

/** The most confused pairs, side by side. */
export function ConfusedSection({ pairs, alignment }: { pairs: readonly ConfusedPair[]; alignment: Alignment }) {
  if (pairs.length === 0) return null
  return (
    <section>
      <h2>Most confused</h2>
      <p class="note">
        {alignment.confusion
          ? 'Rows of one class that are in the cluster of the other.'
          : 'Clusters whose rows lie nearest to each other, with the least certain rows of both.'}
      </p>
      <div class="pairs">
        {pairs.map(({ clusters, titles, sides }) => {
          const filled = ([0, 1] as const).filter((side) => sides[side].length > 0)
          return (
            <div
              class={filled.length > 1 ? 'two' : undefined}
              key={clusters.join(' ')}
              data-cluster={clusters.join(' ')}
            >
              {filled.map((side) => (
                <SampleRows
                  key={side}
                  title={`${titles[side]}${filled.length > 1 ? '' : ', and none the other way'}`}
                  rows={shownRows(sides[side], alignment.className)}
                />
              ))}
            </div>
          )
        })}
      </div>
    </section>
  )
}
