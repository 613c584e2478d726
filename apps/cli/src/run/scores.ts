import {
  accuracy,
  adjustedMutualInformation,
  adjustedRandIndex,
  type ContingencyTable,
  classScores,
  clusterSizes,
  contingencyTable,
  cosineSilhouette,
  headMediumTail,
  macroF1,
  neighbourAgreement,
  normalizedMutualInformation,
  purity,
  silhouette,
  sizeBalance,
} from '@dc/metrics'
import type { Products } from '@dc/spectral'
import { type CommonSpace, pairedPoints } from '../judge/common-space'
import type { Scores } from '../report/run-result'
import type { AskedScore } from './asked-scores'
import { defined, type Reasons, reasonOf } from './defined'

/** What a labeling is scored on. */
export interface Scored {
  readonly labels: Int32Array
  readonly k: number
  /** True classes; −1 where they are not known. */
  readonly truth?: Int32Array
  /** The space that all labelings of the data are scored in, or why there is none. */
  readonly space: CommonSpace | string
  readonly products: Products | null
  /** Scores to be made beside the others. */
  readonly asked?: readonly AskedScore[]
}

/** Scores of a labeling: against the truth where it is known, and in the common space. What is not defined is null. */
export function score({ labels, k, truth, space, products, asked = [] }: Scored): Omit<Scores, 'seconds'> {
  const reasons: Reasons = {}
  const sizes = Array.from(clusterSizes(labels, { k }).sizes)
  const scores = {
    ...external(labels, reasons, truth),
    ...inSpace(labels, space, products, reasons),
    sizeBalance: k < 2 ? null : defined('sizeBalance', () => sizeBalance(sizes), reasons),
    sizes,
    ...(asked.length > 0 && {
      scores: Object.fromEntries(asked.map((each) => [each.name, askedScore(each, { labels, truth, space }, reasons)])),
    }),
  }
  return Object.keys(reasons).length > 0 ? { ...scores, undefinedScores: reasons } : scores
}

const at = (rows: Int32Array, labels: Int32Array) => rows.map((row) => labels[row])

/** Labels of the rows that pairs are made of. */
const pairedLabels = ({ rows, paired }: CommonSpace, labels: Int32Array) => at(at(paired, rows), labels)

/** Scores by the rows alone: how far clusters lie apart, and whether near rows are in one. */
function inSpace(
  labels: Int32Array,
  space: CommonSpace | string,
  products: Products | null,
  reasons: Reasons,
): Pick<Scores, 'silhouette' | 'neighbourAgreement'> {
  const missing = typeof space === 'string' ? space : undefined
  const shapeless = shapeOf(labels) ?? missing
  if (shapeless !== undefined) reasons.silhouette = shapeless
  if (typeof space === 'string') {
    reasons.neighbourAgreement = space
    return { silhouette: null, neighbourAgreement: null }
  }
  const { neighbours, rows, metric } = space
  const shape = () => {
    const [points, of] = [pairedPoints(space), pairedLabels(space, labels)]
    return metric === 'cosine' ? cosineSilhouette(points, of) : silhouette(points, of, { products })
  }
  const near = () => neighbourAgreement(neighbours.indices, neighbours.k, at(rows, labels))
  return {
    silhouette: shapeless === undefined ? defined('silhouette', shape, reasons) : null,
    neighbourAgreement: defined('neighbourAgreement', near, reasons),
  }
}

/** Why labels have no silhouette; undefined if they may have one. */
function shapeOf(labels: Int32Array): string | undefined {
  const found = new Set(labels).size
  if (found < 2) return 'a single cluster'
  return found === labels.length ? 'every row is a cluster of its own' : undefined
}

/** What a plugin says: against the truth of all rows, or of the values of some. */
function askedScore(
  { name, metric }: AskedScore,
  { labels, truth, space }: { labels: Int32Array; truth?: Int32Array; space: CommonSpace | string },
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
  if (typeof space === 'string') return none(space)
  const { values, rows: n, columns: d } = pairedPoints(space)
  const seen = { labels: pairedLabels(space, labels), ...(truth && { truth: pairedLabels(space, truth) }) }
  return defined(reason, () => metric.compute({ ...seen, features: values, n, d }), reasons)
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
