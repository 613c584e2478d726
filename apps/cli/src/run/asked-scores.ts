import { type Metric, type PluginReference, pluginReference, type Registry } from '@dc/core'
import { referenceName } from '@dc/pipelines'

/** A score that a configuration asks for beside those that every run has. */
export interface AskedScore {
  readonly name: string
  readonly metric: Metric
}

/** Makes the metrics of a configuration. @throws UnknownPluginError, OptionError */
export function askedScores(references: readonly PluginReference[], registry: Registry): AskedScore[] {
  return references.map((reference) => {
    const { name, options } = pluginReference(reference)
    return { name: referenceName(reference), metric: registry.make('metric', name, options) }
  })
}
