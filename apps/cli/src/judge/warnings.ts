// What a person who looks at a finished run would point out.
import { printable } from '@dc/core'
import { count, extent, meanAndDeviation } from '../report/numbers'
import type { RunResult, Scores, Warning } from '../report/run-result'
import { classShares, leastShare } from './class-shares'

/** Share of the rows in one cluster from which on a clustering has collapsed. */
const collapsedFrom = 0.9
/** A loss that moves less than this share of itself never moved. */
const movement = 1e-3
/** Epochs of which fewer tell nothing of a loss. */
const fewestEpochs = 3
/** Few steps of an epoch, and the share of rows left out from which on that matters. */
const [fewSteps, leftOutFrom] = [4, 0.1]
/** Scores that differ less are a tie. */
const tie = 0.01
/** Clusters that are named in a message. */
const mostNamed = 3

/** The trained part of a run, as far as steps go. */
export interface Steps {
  /** Rows that are trained on. */
  readonly rows: number
  readonly batchSize: number
  /** Whether the last batch of an epoch is left out unless it is full. */
  readonly dropLast: boolean
}

/** What the warnings are made of. */
export type Judged = Pick<RunResult, 'pipeline' | 'seeds' | 'baselines'> & {
  readonly dataset: Pick<RunResult['dataset'], 'labels' | 'classNames'>
  /** The labels that are shown. */
  readonly labels: Int32Array
  /** Null for a method without training steps. */
  readonly steps: Steps | null
  /** The number of clusters that was asked for; null where the method finds it. */
  readonly askedK: number | null
}

/**
 * Everything that a person would point out: `loss-unmoved`, `few-steps`, `collapsed`, `empty-clusters`, `worse-than-kmeans`,
 * `impure-clusters`, `other-number`. A healthy run has none.
 */
export function warningsOf(run: Judged): Warning[] {
  const several = run.seeds.length > 1
  const perSeed = run.seeds.flatMap((seed) =>
    [
      ...lossWarnings(seed.history),
      ...stepWarnings(run.steps, seed.epochs),
      ...sizeWarnings(seed.sizes, run.dataset.labels),
      ...numberWarnings(run, seed.sizes.length),
    ].map(({ code, message }) => ({ code, seed: seed.seed, message })),
  )
  // What is so in every seed is said once.
  const grouped = new Map<string, { code: string; message: string; seeds: number[] }>()
  for (const { code, message, seed } of perSeed) {
    const key = `${code} ${message}`
    grouped.set(key, { code, message, seeds: [...(grouped.get(key)?.seeds ?? []), seed] })
  }
  const told = [...grouped.values()].map(({ code, message, seeds }) => ({
    code,
    message: several && seeds.length < run.seeds.length ? `Seed ${seeds.join(', ')}: ${message}` : message,
  }))
  const { pipeline, seeds, baselines } = run
  const worse = pipeline === 'kmeans' ? [] : worseThan(pipeline, meanOf(seeds, 'ari'), baselines.kmeans.ari)
  return [...told, ...worse, ...impureWarnings(run)]
}

/** Warnings of cluster sizes alone. @param truth true classes, if they are known: a class may be nearly all there is */
export function sizeWarnings(sizes: readonly number[], truth?: Int32Array): Warning[] {
  const collapse = collapseOf(sizes, truth)
  const empty = sizes.filter((size) => size === 0).length
  return [
    ...(collapse
      ? [{ code: 'collapsed', message: `${collapse}: the clustering has collapsed, and its scores mean nothing.` }]
      : []),
    ...(empty > 0
      ? [
          {
            code: 'empty-clusters',
            message: `${empty} of ${sizes.length} clusters ${empty === 1 ? 'has' : 'have'} no row: ${empty === 1 ? 'it' : 'they'} died in training, or there are fewer groups than were asked for.`,
          },
        ]
      : []),
  ]
}

/** Of a method that finds as many clusters as it can. */
function numberWarnings({ askedK, pipeline }: Judged, found: number): Warning[] {
  if (askedK === null || askedK === found) return []
  const message = `${printable(pipeline, 40)} found ${count(found)} clusters where ${count(askedK)} were asked for.`
  return [{ code: 'other-number', message }]
}

/** `All 2,000 rows are in one of 14 clusters`, if nearly all are; null for a clustering. */
export function collapseOf(sizes: readonly number[], truth?: Int32Array): string | null {
  const rows = sizes.reduce((sum, size) => sum + size, 0)
  const [, most] = extent(sizes)
  if (rows < 2 * sizes.length || most < collapsedFrom * rows) return null
  // Of data that are nearly all of one class that is how it should be.
  if (most / rows <= largestClass(truth) + 0.05) return null
  const which = most === rows ? `All ${count(rows)} rows` : `${count(most)} of ${count(rows)} rows`
  return `${which} are in ${sizes.length === 1 ? 'a single cluster' : `one of ${sizes.length} clusters`}`
}

function largestClass(truth: Int32Array = new Int32Array(0)): number {
  const sizes = new Map<number, number>()
  let known = 0
  for (const label of truth) {
    if (label < 0) continue
    sizes.set(label, 1 + (sizes.get(label) ?? 0))
    known++
  }
  // A single known class says nothing of the rows whose class is not known.
  if (sizes.size < 2) return known > 0 && known === truth.length ? 1 : 0
  return extent(sizes.values())[1] / known
}

function lossWarnings(history: readonly Readonly<Record<string, number>>[]): Warning[] {
  const losses = history.map(({ loss }) => loss).filter(Number.isFinite)
  if (losses.length < fewestEpochs) return []
  const [low, high] = extent(losses)
  if (high - low > movement * Math.max(Math.abs(low), Math.abs(high))) return []
  const message = `The loss never moved: it was ${losses[0].toPrecision(4)} in the first of ${losses.length} epochs and ${losses.at(-1)!.toPrecision(4)} in the last, so nothing was learned. Another learning rate may help.`
  return [{ code: 'loss-unmoved', message }]
}

function stepWarnings(steps: Steps | null, epochs: number): Warning[] {
  if (!steps || epochs === 0) return []
  const { rows, batchSize, dropLast } = steps
  const each = dropLast ? Math.floor(rows / batchSize) : Math.ceil(rows / batchSize)
  const left = dropLast ? rows - each * batchSize : 0
  if (each > fewSteps || left < leftOutFrom * rows) return []
  const never = Math.round(rows * (left / rows) ** epochs)
  const message =
    `An epoch has ${each === 1 ? 'a single step' : `${each} steps`} of ${count(batchSize)} rows and leaves out ${count(left)} of ${count(rows)} rows (${percent(left / rows)}), drawn anew each time` +
    `${never > 0 ? `; after ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'} about ${count(never)} were never seen` : ''}. --batch-size ${fittingBatch(rows, batchSize)} would leave out fewer.`
  return [{ code: 'few-steps', message }]
}

/** The batch size of at most twice as many steps that leaves out the fewest rows. */
function fittingBatch(rows: number, batchSize: number): number {
  const each = Math.floor(rows / batchSize)
  const sizes = Array.from({ length: each + 1 }, (_, more) => Math.floor(rows / (each + more))).filter(
    (size) => size <= batchSize && size > 1,
  )
  const left = (size: number) => rows % size
  return sizes.reduce(
    (best, size) => (left(size) < left(best) ? size : best),
    Math.max(1, Math.floor(rows / (each + 1))),
  )
}

/** Labels that are further from the true classes than those of k-means. */
export function worseThan(name: string, own: number | null | undefined, its: number | null | undefined): Warning[] {
  if (typeof own !== 'number' || typeof its !== 'number' || own > its - tie) return []
  const message = `By the true classes ${printable(name, 40)} is worse than k-means on the rows as they are: ARI ${own.toFixed(3)} against ${its.toFixed(3)}.`
  return [{ code: 'worse-than-kmeans', message }]
}

function impureWarnings({ dataset: { labels: truth, classNames }, labels }: Judged): Warning[] {
  if (!truth?.some((label, row) => label >= 0 && labels[row] >= 0)) return []
  const impure = classShares(truth, labels).shares.filter(({ share }) => share < leastShare)
  if (impure.length === 0) return []
  const named = impure
    .slice(0, mostNamed)
    .map(
      ({ cluster, class: own, share }) =>
        `${percent(share)} of cluster ${cluster} is “${printable(classNames?.[own] ?? String(own), 40)}”`,
    )
  const more = impure.length > mostNamed ? ` and ${impure.length - mostNamed} more` : ''
  const one = impure.length === 1
  const message = `${one ? 'One cluster matches a class that makes' : `${impure.length} clusters match classes that make`} less than a third of ${one ? 'it' : 'them'}, and ${one ? 'is' : 'are'} not called by ${one ? 'it' : 'them'}: ${named.join(', ')}${more}.`
  return [{ code: 'impure-clusters', message }]
}

/** The mean of a score over seeds; null unless all have it. */
export function meanOf(
  seeds: readonly Scores[],
  name: 'acc' | 'nmi' | 'ari' | 'silhouette' | 'neighbourAgreement',
): number | null {
  const values = seeds.map((seed) => seed[name]).filter((value) => typeof value === 'number')
  return values.length > 0 && values.length === seeds.length ? meanAndDeviation(values).mean : null
}

const percent = (share: number) => `${Math.round(100 * share)} %`
