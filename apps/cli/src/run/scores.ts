import { createRandom } from '@dc/core'
import {
  accuracy,
  adjustedMutualInformation,
  adjustedRandIndex,
  type ContingencyTable,
  classScores,
  clusterSizes,
  contingencyTable,
  headMediumTail,
  macroF1,
  normalizedMutualInformation,
  purity,
  sampleOfClusters,
  silhouette,
} from '@dc/metrics'
import type { Products } from '@dc/spectral'
import type { Scores } from '../report/run-result'
import type { AskedScore } from './asked-scores'
import { defined, type Reasons, reasonOf } from './defined'

/** Scores of shape may compare all pairs; above this many rows a seeded part of them stands for all. */
const sampledRows = 4000

/** Where labels were made. */
export interface Space {
  readonly width: number
  /** Values of rows, row after row. */
  read(rows: Int32Array): Promise<Float32Array | Float64Array>
}

/** A space whose values are at hand. */
export function heldSpace(values: Float32Array, width: number): Space {
  return {
    width,
    async read(rows) {
      if (rows.length * width === values.length) return values
      const part = new Float32Array(rows.length * width)
      rows.forEach((row, at) => {
        part.set(values.subarray(row * width, (row + 1) * width), at * width)
      })
      return part
    },
  }
}

/** What a labeling is scored on. */
export interface Scored {
  readonly labels: Int32Array
  readonly k: number
  /** True classes; −1 where they are not known. */
  readonly truth?: Int32Array
  readonly space: Space
  readonly products: Products | null
  /** Scores to be made beside the others. */
  readonly asked?: readonly AskedScore[]
}

/** Scores of a labeling: against the truth where it is known, and by its shape. What is not defined is null. */
export async function score({
  labels,
  k,
  truth,
  space,
  products,
  asked = [],
}: Scored): Promise<Omit<Scores, 'seconds'>> {
  const reasons: Reasons = {}
  const shaped = shapeOf(labels)
  const wanted = shaped === null || asked.some(({ metric }) => metric.needs === 'features')
  let missing = shaped ?? tooMany(labels)
  const sample =
    wanted && !isTooMany(labels)
      ? await sampleOf(labels, space, truth).catch((error: unknown) => {
          missing = reasonOf(error)
          return null
        })
      : null
  const scores = {
    ...external(labels, reasons, truth),
    silhouette: shaped === null && sample ? shape(sample, space.width, products, reasons) : null,
    sizes: Array.from(clusterSizes(labels, { k }).sizes),
    ...(asked.length > 0 && {
      scores: Object.fromEntries(
        asked.map((each) => [
          each.name,
          askedScore(each, { labels, truth, sample: sample ?? missing, width: space.width }, reasons),
        ]),
      ),
    }),
  }
  if (shaped !== null || !sample) reasons.silhouette = missing
  return Object.keys(reasons).length > 0 ? { ...scores, undefinedScores: reasons } : scores
}

/** Rows for scores of shape, some of each cluster. */
interface Sample {
  readonly labels: Int32Array
  readonly truth?: Int32Array
  readonly values: Float32Array | Float64Array
}

const isTooMany = (labels: Int32Array) => labels.length > sampledRows && new Set(labels).size >= sampledRows

async function sampleOf(labels: Int32Array, space: Space, truth?: Int32Array): Promise<Sample> {
  const size = Math.min(labels.length, sampledRows)
  const rows = sampleOfClusters(labels, size, createRandom(0).split('silhouette'))
  const of = (each: Int32Array) => rows.map((row) => each[row])
  return { labels: of(labels), ...(truth && { truth: of(truth) }), values: await space.read(rows) }
}

/** Why labels have no silhouette; null if they may have one. */
function shapeOf(labels: Int32Array): string | null {
  const found = new Set(labels).size
  if (found < 2) return 'a single cluster'
  if (found === labels.length) return 'every row is a cluster of its own'
  return isTooMany(labels) ? tooMany(labels) : null
}

const tooMany = (labels: Int32Array) =>
  `${new Set(labels).size} clusters are too many for a sample of ${sampledRows} rows`

function shape({ labels, values }: Sample, width: number, products: Products | null, reasons: Reasons): number | null {
  return defined(
    'silhouette',
    () => silhouette({ values, shape: [labels.length, width] }, labels, { products }),
    reasons,
  )
}

/** What a plugin says: against the truth of all rows, or of the values of the sample. */
function askedScore(
  { name, metric }: AskedScore,
  { labels, truth, sample, width }: { labels: Int32Array; truth?: Int32Array; sample: Sample | string; width: number },
  reasons: Reasons,
): number | null {
  const reason = `scores.${name}`
  const none = (why: string) => {
    reasons[reason] = why
    return null
  }
  if (metric.needs === 'truth') {
    if (!truth?.some((label) => label >= 0)) return none('no class is known')
    return defined(reason, () => metric.compute({ labels, truth }), reasons)
  }
  if (typeof sample === 'string') return none(sample)
  const { values, ...seen } = sample
  return defined(reason, () => metric.compute({ ...seen, features: values, n: seen.labels.length, d: width }), reasons)
}

function external(labels: Int32Array, reasons: Reasons, truth?: Int32Array): Partial<Scores> {
  if (!truth?.some((label) => label >= 0)) return {}
  let table: ContingencyTable
  try {
    table = contingencyTable(truth, labels, { noise: 'drop' })
  } catch (error) {
    for (const name of ['acc', 'nmi', 'ari']) reasons[name] = reasonOf(error)
    return { acc: null, nmi: null, ari: null }
  }
  const of = (name: string, compute: (table: ContingencyTable) => number) =>
    defined(name, () => compute(table), reasons)
  const group = (name: 'head' | 'medium' | 'tail') =>
    defined(
      `groups.${name}`,
      () => headMediumTail(truth, labels, { noise: 'drop' })[name].accuracy,
      reasons,
      `${table.classes.length === 1 ? 'a single class leaves' : `${table.classes.length} classes leave`} none for this group`,
    )
  return {
    acc: of('acc', accuracy),
    nmi: of('nmi', normalizedMutualInformation),
    ari: of('ari', adjustedRandIndex),
    ami: of('ami', adjustedMutualInformation),
    purity: of('purity', purity),
    meanClassAcc: of('meanClassAcc', meanRecall),
    f1: of('f1', macroF1),
    groups: { head: group('head'), medium: group('medium'), tail: group('tail') },
  }
}

/** Mean recall of the classes: every class counts the same. */
function meanRecall(table: ContingencyTable): number {
  const { recall } = classScores(table)
  return recall.reduce((sum, value) => sum + value, 0) / recall.length
}
