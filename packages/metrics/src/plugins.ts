import { DataError, definePlugin, type Metric } from '@dc/core/plugin'
import type { Rows } from '@dc/core/points'
import { z } from 'zod'
import { accuracy, macroF1, meanClassAccuracy, purity } from './external/accuracy'
import {
  adjustedMutualInformation,
  completeness,
  homogeneity,
  mutualInformation,
  normalizedMutualInformation,
  variationOfInformation,
  vMeasure,
} from './external/information'
import { adjustedRandIndex, fowlkesMallows, randIndex } from './external/pairs'
import { calinskiHarabasz, daviesBouldin, dunn } from './internal/separation'
import { silhouette } from './internal/silhouette'
import type { Labels, NoisePolicy } from './labels'

const average = z.enum(['arithmetic', 'geometric', 'min', 'max']).default('arithmetic')
const noise = z.enum(['cluster', 'singletons', 'drop']).default('drop')
const matching = z.enum(['one-to-one', 'many-to-one']).default('one-to-one')

/** A score against the truth as a plugin. Samples whose class is not known (−1) are left out unless told otherwise. */
function external<const Name extends string, Shape extends z.core.$ZodLooseShape>(
  name: Name,
  description: string,
  score: (truth: Labels, labels: Labels, options: { noise?: NoisePolicy }) => number,
  shape: Shape,
  higherIsBetter = true,
) {
  return definePlugin({
    kind: 'metric',
    name,
    apiVersion: 1,
    description,
    options: z.strictObject({ noise, ...shape }),
    create: (options): Metric => ({
      higherIsBetter,
      needs: 'truth',
      compute({ labels, truth }) {
        if (!truth) throw new DataError(`Metric '${name}' needs the true labels.`, { metric: name })
        return score(truth, labels, options as { noise: NoisePolicy })
      },
    }),
  })
}

/** A score of the features alone as a plugin. */
function internal<const Name extends string>(
  name: Name,
  description: string,
  score: (features: Rows, labels: Labels) => number,
  higherIsBetter = true,
) {
  return definePlugin({
    kind: 'metric',
    name,
    apiVersion: 1,
    description,
    options: z.strictObject({}),
    create: (): Metric => ({
      higherIsBetter,
      needs: 'features',
      compute({ labels, features, n, d }) {
        if (!features || n === undefined || d === undefined)
          throw new DataError(`Metric '${name}' needs features, n and d.`, { metric: name })
        return score({ values: features, shape: [n, d] }, labels)
      },
    }),
  })
}

/** All metrics of this package as plugins of kind `metric`. */
export const plugins = [
  external('acc', 'accuracy after the best matching of clusters to classes', accuracy, { matching }),
  external('mean-class-acc', 'mean per-class recall after the best matching', meanClassAccuracy, {}),
  external('macro-f1', 'mean per-class F1 after the best matching', macroF1, {}),
  external('purity', 'share of samples in the majority class of their cluster', purity, {}),
  external('nmi', 'normalised mutual information', normalizedMutualInformation, { average }),
  external('ami', 'adjusted mutual information, exact', adjustedMutualInformation, { average }),
  external('mi', 'mutual information in nats', mutualInformation, {}),
  external('ari', 'adjusted Rand index', adjustedRandIndex, {}),
  external('ri', 'Rand index', randIndex, {}),
  external('fmi', 'Fowlkes–Mallows index', fowlkesMallows, {}),
  external('homogeneity', 'every cluster holds one class', homogeneity, {}),
  external('completeness', 'every class lies in one cluster', completeness, {}),
  external('v-measure', 'harmonic mean of homogeneity and completeness', vMeasure, {
    beta: z.number().min(0).default(1),
  }),
  external('vi', 'variation of information in nats', variationOfInformation, {}, false),
  internal('silhouette', 'mean silhouette coefficient', silhouette),
  internal('davies-bouldin', 'Davies–Bouldin index', daviesBouldin, false),
  internal('calinski-harabasz', 'variance ratio of clusters', calinskiHarabasz),
  internal('dunn', 'smallest distance between clusters over the largest within', dunn),
] as const
