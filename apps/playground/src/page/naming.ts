import { printable } from '@dc/core/printable'
import { alignedConfusion } from '@dc/metrics'
import type { Summary } from '../worker/messages'

/** What clusters are called and how they are coloured: by the class that they match, where classes are known. */
export interface Naming {
  readonly order: readonly number[]
  name(cluster: number): string
  colour(cluster: number): number
  className(index: number): string
}

export function namingOf({ truth, classNames }: Summary, labels: Int32Array, k: number): Naming {
  const className = (index: number) => printable(classNames?.[index] ?? String(index), 40)
  const clusters = Array.from({ length: k }, (_, cluster) => cluster)
  const plain = { order: clusters, name: (c: number) => `cluster ${c}`, colour: (c: number) => c, className }
  if (!truth?.some((label) => label >= 0)) return plain
  const { classOf, classes } = alignedConfusion(truth, labels)
  const matched = clusters.filter((cluster) => classOf.has(cluster))
  const spare = clusters.filter((cluster) => !classOf.has(cluster))
  const most = 1 + classes.reduce((high, index) => Math.max(high, index), 0)
  matched.sort((a, b) => classOf.get(a)! - classOf.get(b)!)
  return {
    order: [...matched, ...spare],
    name: (cluster) => (classOf.has(cluster) ? `“${className(classOf.get(cluster)!)}”` : `cluster ${cluster}`),
    colour: (cluster) => classOf.get(cluster) ?? most + spare.indexOf(cluster),
    className,
  }
}
