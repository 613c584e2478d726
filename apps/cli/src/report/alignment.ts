import type { AlignedConfusion } from '@dc/metrics'
import { classShares } from '../judge/class-shares'
import { chartText, shownName } from './names'
import type { RunResult } from './run-result'

/** Columns of a name in a chart. */
const chartColumns = 22

/** What clusters are called in the report: the class they were matched to, or a number of their own. */
export interface Alignment {
  readonly confusion: AlignedConfusion | null
  /** Clusters in the order they are shown: by class where the truth is known, else 0 … k−1. */
  readonly order: readonly number[]
  /** Palette entry of each cluster; a matched cluster has that of its class. */
  readonly colour: ReadonlyMap<number, number>
  /** Of each cluster with rows of known class: its commonest class and that one's share, `62 % “shoe”`; what it is called by, if by any. */
  readonly purity: ReadonlyMap<number, string>
  /** The class of each cluster with rows of known class: the one that it is called by, else its commonest. */
  readonly mainClass: ReadonlyMap<number, number>
  /** What each cluster is called: as a person has named it, else by its class in quotes, or `cluster 7` if none makes enough of it. */
  readonly name: ReadonlyMap<number, string>
  /** The same, shortened to fit a chart. */
  readonly chartName: ReadonlyMap<number, string>
  className(index: number): string
  chartClassName(index: number): string
}

/** Aligns the shown clusters to the truth, so that colours and order mean the same everywhere in the report. */
export function alignRun(run: RunResult): Alignment {
  const { labels: truth, classNames } = run.dataset
  const clusters = Array.from({ length: run.k }, (_, cluster) => cluster)
  const whole = (index: number) => classNames?.[index] ?? String(index)
  const className = (index: number) => shownName(whole(index))
  const chartClassName = (index: number) => chartText(whole(index), chartColumns)
  const names = { className, chartClassName }
  /** What a person has called a cluster. */
  const given = (cluster: number, shown = shownName) => {
    const name = run.clusterNames?.[cluster]
    return typeof name === 'string' ? shown(name) : undefined
  }
  if (!truth?.some((label) => label >= 0)) {
    const own = new Map(clusters.map((cluster) => [cluster, cluster]))
    const name = new Map(clusters.map((cluster) => [cluster, given(cluster) ?? `cluster ${cluster}`]))
    const chartName = new Map([...name].map(([cluster, text]) => [cluster, chartText(text, chartColumns)]))
    const unknown = { confusion: null, purity: new Map(), mainClass: new Map() }
    return { ...unknown, order: clusters, colour: own, name, chartName, ...names }
  }
  const { confusion, shares, commonest } = classShares(truth, run.shown.labels)
  const named = new Set(shares.flatMap(({ cluster, named }) => (named ? [cluster] : [])))
  const spare = clusters.filter((cluster) => !confusion.classOf.has(cluster))
  const matched = [...confusion.clusters].filter((cluster) => confusion.classOf.has(cluster))
  const classes = 1 + confusion.classes.reduce((most, index) => Math.max(most, index), 0)
  const colour = new Map<number, number>([
    ...matched.map((cluster) => [cluster, confusion.classOf.get(cluster)!] as const),
    ...spare.map((cluster, at) => [cluster, classes + at] as const),
  ])
  const called = (classCalled: (index: number) => string, shown: (name: string) => string) =>
    new Map<number, string>([
      ...clusters.map((cluster) => [cluster, `cluster ${cluster}`] as const),
      ...[...named].map((cluster) => [cluster, `“${classCalled(confusion.classOf.get(cluster)!)}”`] as const),
      ...clusters.flatMap((cluster) => {
        const name = given(cluster, shown)
        return name === undefined ? [] : [[cluster, name] as const]
      }),
    ])
  const [name, chartName] = [
    called(className, shownName),
    called(chartClassName, (text) => chartText(text, chartColumns)),
  ]
  const mainClass = new Map(
    [...commonest].map(([cluster, most]) => [
      cluster,
      named.has(cluster) ? confusion.classOf.get(cluster)! : most.class,
    ]),
  )
  const purity = new Map(
    [...commonest].map(([cluster, { share }]) => [
      cluster,
      `${Math.round(100 * share)}\u00a0% “${className(mainClass.get(cluster)!)}”`,
    ]),
  )
  return { confusion, order: [...matched, ...spare], colour, purity, mainClass, name, chartName, ...names }
}
