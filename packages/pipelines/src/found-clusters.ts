// Methods that find the number of clusters themselves: those with the trait `findsClusters`.
import type { Registry } from '@dc/core'

/** Whether a method finds the number of clusters. */
export const findsClusters = (method: string, registry: Registry): boolean =>
  registry.get('pipeline', method).traits?.findsClusters === true

/** Names of the methods that do. */
export const finders = (registry: Registry): string[] =>
  registry.list({ kind: 'pipeline' }).flatMap(({ name }) => (findsClusters(name, registry) ? [name] : []))

/** The number of clusters that a method has found, by its labels 0 … k−1; undefined if it does as it is told. */
export function foundClusters(method: string, registry: Registry, labels: Int32Array): number | undefined {
  if (!findsClusters(method, registry)) return undefined
  return 1 + labels.reduce((most, label) => Math.max(most, label), 0)
}

/** The options of a pipeline with the number of clusters; null leaves it to the method. */
export const withClusters = (options: Readonly<Record<string, unknown>>, k: number | null): Record<string, unknown> =>
  k === null ? { ...options } : { ...options, k }
