import type { Dataset } from '@dc/core'
import { version } from '../../package.json'
import type { NamedClusters } from '../corrections/finish'
import type { Method } from '../recipes/recipe'
import type { ModelData } from './model-data'

/** What a model is made of. */
export interface ModelParts extends Pick<ModelData, 'weights' | 'state' | 'rule'> {
  readonly method: Method
  readonly k: number
  readonly trainedK: number
  readonly seed: number
  /** The rows that it was fitted to. */
  readonly dataset: Dataset
  /** How its clusters are reported, if a person has corrected them. */
  readonly clusters?: NamedClusters
  /** What its user adds: how the rows were read, an encoder and its licence. */
  readonly about?: Readonly<Record<string, unknown>>
}

/** A model that knows of itself what it was fitted with. */
export function modelOf({
  method,
  k,
  trainedK,
  clusters,
  seed,
  dataset,
  about = {},
  ...arrays
}: ModelParts): ModelData {
  const { sampleShape, columns, image, mapping, standardized, classNames, size } = dataset
  return {
    facts: {
      method,
      k,
      trainedK,
      ...(clusters && { clusters: { of: [...clusters.of], names: [...clusters.names] } }),
      seed,
      classical: method.training === null,
      input: {
        shape: [...sampleShape],
        ...(columns && { columns: [...columns] }),
        ...(image && { image: { ...image, range: [...image.range] } }),
        ...(mapping && { scale: mapping.scale }),
        standardized: standardized !== undefined,
      },
      ...(classNames && { classNames: [...classNames] }),
      rows: size,
      about: { ...about },
      versions: { '@dc/pipelines': version },
    },
    input: {
      ...(mapping && { offset: vector(mapping.offset) }),
      ...(standardized && { mean: vector(standardized.mean), deviation: vector(standardized.deviation) }),
    },
    ...arrays,
  }
}

const vector = (values: Float64Array) => ({ shape: [values.length], values })
