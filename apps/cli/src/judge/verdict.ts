import { printable } from '@dc/core'
import { scoreText } from '../report/numbers'
import type { Agreement } from './agreement'
import { collapseOf } from './warnings'

/** A method with the scores that a verdict goes by; null where they are not known. */
export interface JudgedMethod {
  readonly name: string
  readonly ari: number | null
  readonly silhouette: number | null
  readonly neighbourAgreement: number | null
  readonly sizes: readonly number[]
}

/** Scores that differ less are a tie. */
const tie = 0.01
/** Rows that a cluster has on average, of which fewer make no clustering. */
const fewestInCluster = 2
/** Agreement from which on methods have found the same clusters, and below which they have not. */
const [same, other] = [0.8, 0.5]

/**
 * What the scores of a run come to, in a sentence. With true classes they decide. Without, no index picks the better labeling
 * reliably, so it says whether methods agree, and of what the indices are a hint.
 *
 * @param methods the run's own, then the baselines, called as in `agreement`, whose first labels are the run's own
 */
export function verdict(methods: readonly JudgedMethod[], agreement: Agreement, truth?: Int32Array): string {
  const [own, ...others] = methods
  const collapse = collapseOf(own.sizes, truth)
  if (collapse)
    return `${collapse}, so ${shown(own.name)} has found nothing: take the labels of ${list(
      others.map(({ name }) => name),
      'or',
    )}.`
  if (others.length === 0) return 'There is nothing to compare with.'
  const rows = own.sizes.reduce((sum, size) => sum + size, 0)
  // Any two such clusterings are nearly the same.
  if (own.ari === null && rows < fewestInCluster * own.sizes.length)
    return `${own.sizes.length} clusters of ${rows} rows are nearly one for each row: methods agree on that whatever the rows are.`
  return own.ari === null ? byShape(methods, agreement) : byTruth(methods)
}

function byTruth(methods: readonly JudgedMethod[]): string {
  const [own, ...others] = methods
  const known = others.filter(({ ari }) => ari !== null)
  if (known.length === 0) return `By the true classes ${shown(own.name)} has an ARI of ${number(own.ari)}.`
  const best = known.reduce((a, b) => (b.ari! > a.ari! ? b : a))
  const lead = own.ari! - best.ari!
  const [mine, its] = [`${shown(own.name)} (ARI ${number(own.ari)})`, `${shown(best.name)} (${number(best.ari)})`]
  if (Math.abs(lead) < tie) return `By the true classes ${mine} and ${its} are level, ahead of the rest.`
  if (lead > 0) return `By the true classes ${mine} is the best of those compared, ahead of ${its}.`
  const better = known
    .filter(({ ari }) => ari! >= own.ari! + tie)
    .map(({ name, ari }) => `${shown(name)} (${number(ari)})`)
  return `By the true classes ${mine} is behind ${list(better, 'and')}.`
}

function byShape(methods: readonly JudgedMethod[], { methods: labelled, ari }: Agreement): string {
  const [own, ...others] = methods
  const with_ = others.map(({ name }) => ({ name, ari: ari[0][labelled.indexOf(name)] }))
  const [least, most] = [
    with_.reduce((a, b) => (b.ari < a.ari ? b : a)),
    with_.reduce((a, b) => (b.ari > a.ari ? b : a)),
  ]
  const span =
    with_.length === 1 || number(least.ari) === number(most.ari)
      ? number(most.ari)
      : `${number(least.ari)} to ${number(most.ari)}`
  const agreeing = `ARI ${span}`
  const names = list(
    others.map(({ name }) => shown(name)),
    'and',
  )
  const found =
    least.ari >= same
      ? `${shown(own.name)} finds nearly the same clusters as ${names} (${agreeing}), so they are likely there, and it matters little which is taken`
      : most.ari < other
        ? `${shown(own.name)} disagrees with ${names} (${agreeing}), so look at the clusters before you trust any of them`
        : `${shown(own.name)} agrees in part with ${names} (${agreeing}; most with ${shown(most.name)})`
  return `${found}; ${hint(methods)}.`
}

/** Which methods the indices favour, among those of about as many clusters: more clusters have more borders. */
function hint(methods: readonly JudgedMethod[]): string {
  const filled = ({ sizes }: JudgedMethod) => sizes.filter((size) => size > 0).length
  const own = filled(methods[0])
  const alike = methods.filter((method) => Math.abs(filled(method) - own) <= 0.25 * own && !collapseOf(method.sizes))
  /** The best one, and those level with it. */
  const best = (index: 'silhouette' | 'neighbourAgreement') => {
    const known = alike.filter((method) => method[index] !== null)
    if (known.length < 2) return null
    const most = Math.max(...known.map((method) => method[index]!))
    const level = known.filter((method) => method[index]! > most - tie).map(({ name }) => name)
    return { level, tied: level.length === known.length }
  }
  const [shape, near] = [best('silhouette'), best('neighbourAgreement')]
  if (!shape || !near) return 'their numbers of clusters differ too much for the indices to compare'
  if (shape.tied && near.tied) return 'silhouette and neighbour agreement see no difference'
  const favoured = (names: readonly string[]) => list(names.map(shown), 'and')
  if (shape.tied) return `neighbour agreement favours ${favoured(near.level)}, a hint and no proof`
  if (near.tied) return `silhouette favours ${favoured(shape.level)}, a hint and no proof`
  const both = shape.level.filter((name) => near.level.includes(name))
  if (both.length > 0) return `silhouette and neighbour agreement favour ${favoured(both)}, a hint and no proof`
  return `silhouette favours ${favoured(shape.level)}, neighbour agreement ${favoured(near.level)}, so the indices do not decide`
}

const shown = (name: string) => printable(name, 40)
const number = (value: number | null) => scoreText([value])

/** `a, b and c`. */
function list(names: readonly string[], last: 'and' | 'or'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`
}
