import {
  accuracy,
  adjustedMutualInformation,
  adjustedRandIndex,
  calinskiHarabasz,
  completeness,
  contingencyTable,
  daviesBouldin,
  type EntropyAverage,
  fowlkesMallows,
  homogeneity,
  mutualInformation,
  normalizedMutualInformation,
  randIndex,
  silhouette,
  silhouetteSamples,
  vMeasure,
} from '@dc/metrics'
import { defineParityCheck, maxAbsoluteError, type OracleArray, type ParityRow } from '../frame.ts'

const tolerance = 1e-10
const averages: readonly EntropyAverage[] = ['arithmetic', 'geometric', 'min', 'max']

type Averages = Partial<Record<EntropyAverage, number>>
interface ExternalCase {
  name?: string
  truth: number[]
  pred: number[]
  nmi?: Averages
  ami?: number
  ami_by_average?: Averages
  [score: string]: unknown
}
interface InternalCase {
  name?: string
  X: OracleArray
  labels: number[]
  silhouette?: number
  samples?: number[]
  davies_bouldin?: number
  calinski_harabasz?: number
}

/** External scores of label pairs and internal scores of features, as scikit-learn gives them. */
export default defineParityCheck({
  matches: /^metrics/,
  async run(oracle) {
    const external = (oracle.cases ?? []) as ExternalCase[]
    const internal = [oracle.internal ?? []].flat() as InternalCase[]
    return [...external.flatMap(externalRows), ...internal.flatMap(internalRows)]
  },
})

/** The relative error above 1, the absolute one below: Calinski–Harabasz has no upper bound. */
function row(name: string, ours: number, theirs: unknown): ParityRow[] {
  if (typeof theirs !== 'number') return []
  return [{ name, error: Math.abs(ours - theirs) / Math.max(1, Math.abs(theirs)), tolerance }]
}

function externalRows(example: ExternalCase, index: number): ParityRow[] {
  const name = example.name ?? `case ${index}`
  const table = contingencyTable(example.truth, example.pred)
  return [
    ...row(`${name}: acc`, accuracy(table), example.acc),
    ...row(`${name}: ari`, adjustedRandIndex(table), example.ari),
    ...row(`${name}: ri`, randIndex(table), example.ri),
    ...row(`${name}: ami`, adjustedMutualInformation(table), example.ami),
    ...row(`${name}: mi`, mutualInformation(table), example.mi),
    ...row(`${name}: homogeneity`, homogeneity(table), example.homogeneity),
    ...row(`${name}: completeness`, completeness(table), example.completeness),
    ...row(`${name}: v`, vMeasure(table), example.v),
    ...row(`${name}: v, β = 0.5`, vMeasure(table, { beta: 0.5 }), example.v_beta_half),
    ...row(`${name}: fmi`, fowlkesMallows(table), example.fmi),
    ...averages.flatMap((average) => [
      ...row(`${name}: nmi ${average}`, normalizedMutualInformation(table, { average }), example.nmi?.[average]),
      ...row(
        `${name}: ami ${average}`,
        adjustedMutualInformation(table, { average }),
        example.ami_by_average?.[average],
      ),
    ]),
  ]
}

function internalRows(example: InternalCase, index: number): ParityRow[] {
  const name = example.name ?? `features ${index}`
  const [n, d] = example.X.shape
  const { data } = example.X
  const { labels, samples } = example
  const perSample = samples && maxAbsoluteError(silhouetteSamples({ values: data, shape: [n, d] }, labels), samples)
  return [
    ...row(`${name}: silhouette`, silhouette({ values: data, shape: [n, d] }, labels), example.silhouette),
    ...(perSample === undefined ? [] : [{ name: `${name}: silhouette samples`, error: perSample, tolerance }]),
    ...row(`${name}: davies-bouldin`, daviesBouldin({ values: data, shape: [n, d] }, labels), example.davies_bouldin),
    ...row(
      `${name}: calinski-harabasz`,
      calinskiHarabasz({ values: data, shape: [n, d] }, labels),
      example.calinski_harabasz,
    ),
  ]
}
