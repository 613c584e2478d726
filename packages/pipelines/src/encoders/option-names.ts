import type { Registry } from '@dc/core'

/** The names of the options that a data set takes, where its schema tells them. */
export function optionNames(registry: Registry, dataset: string): string[] {
  const { shape } = registry.get('dataset', dataset).options as { shape?: object }
  return shape ? Object.keys(shape) : []
}
