// The supervised protocol: train on some classes, cluster the others (Law, Urtasun, Zemel 2017, section 5).
import { createRandom, DataError, type Dataset, OptionError, type Pipeline } from '@dc/core'
import { type Products, unitRows } from '@dc/core/points'
import { splitByClass, subset } from '@dc/data'
import { normalizedMutualInformation, retrievalScores } from '@dc/metrics'
import { classesOf, type KnownRows, numbered } from '@dc/pipelines'
import { columnSpaceClustering, kmeans, matrix } from '@dc/spectral'
import { infer } from '@dc/trainer'
import type { UnseenScores } from '../report/run-result'
import { defined, type Reasons } from './defined'

/** Part of the seen classes' rows that decides when training ends. */
const validationShare = 0.2

/** The rows that a supervised pipeline is trained on. */
export interface Training extends KnownRows {
  /** Rows of the same classes that decide when training ends. */
  readonly validation?: Dataset
}

/** The rows of a run that keeps classes from training. */
export interface SplitByClass {
  /** Rows of the classes that training sees. */
  readonly training: Training
  /** Rows of the other classes, which are clustered and scored. */
  readonly unseen: Dataset
}

/** How many of the classes a share keeps from training. */
const unseenCount = (classes: number, share: number) => Math.round(share * classes)

/** Whether a share of so many classes leaves two on both sides. */
export function leavesTwo(classes: number, share: number): boolean {
  const unseen = unseenCount(classes, share)
  return unseen >= 2 && classes - unseen >= 2
}

/**
 * Keeps the last classes from training, as the papers' data sets do, and some rows of the others for validation: about a
 * fifth of each class, and at least one row of every class that has two. Rows of no known class are on neither side.
 *
 * @param share of the classes that training does not see
 * @throws DataError without labels; OptionError if either side would have fewer than two classes
 */
export function keepUnseen(dataset: Dataset, share: number): SplitByClass {
  const { labels } = dataset
  if (!labels) throw new DataError(`'${dataset.name}' has no labels; unseen=${share} keeps classes from training.`)
  const classes = classesOf(dataset)
  if (!leavesTwo(classes.length, share))
    throw new OptionError('unseen', share, `a share that leaves two of the ${classes.length} classes on both sides`)
  const unseen = unseenCount(classes.length, share)
  const seen = classes.slice(0, classes.length - unseen)
  const split = splitByClass(labels, seen)
  const { trained, validation } = validationRows(split.train, labels)
  const part = (rows: Int32Array, what: string) => numbered(subset(dataset, rows, `${dataset.name}, ${what}`), seen)
  return {
    training: {
      dataset: part(trained, 'seen classes'),
      ...(validation.length > 0 && { validation: part(validation, 'validation') }),
      k: seen.length,
    },
    unseen: subset(dataset, split.test, `${dataset.name}, ${unseen} unseen classes`),
  }
}

function validationRows(rows: Int32Array, labels: Int32Array): { trained: Int32Array; validation: Int32Array } {
  const byClass = new Map<number, number[]>()
  for (const row of rows) {
    const members = byClass.get(labels[row])
    if (members) members.push(row)
    else byClass.set(labels[row], [row])
  }
  const [trained, validation]: number[][] = [[], []]
  const random = createRandom(0).split('validation')
  for (const [label, members] of byClass) {
    const most = members.length - 1
    const kept = Math.min(most, Math.max(1, Math.round(validationShare * members.length)))
    const order = random.split(label).permutation(members.length)
    order.forEach((member, at) => {
      ;(at < kept ? validation : trained).push(members[member])
    })
  }
  return { trained: Int32Array.from(trained).sort(), validation: Int32Array.from(validation).sort() }
}

const depths = [1, 2, 4, 8]

/**
 * Scores of a space in which rows of unseen classes lie: k-means with and without spectral clustering, retrieval. What is
 * not defined is null.
 *
 * @param truth classes, one for each row; −1 is none, and such rows are left out
 */
export function scoreUnseen(
  name: string,
  { embedding, width }: { readonly embedding: Float32Array | Float64Array; readonly width: number },
  truth: Int32Array,
  seed: number,
  products: Products | null,
): UnseenScores {
  const reasons: Reasons = {}
  const points = matrix(embedding, truth.length, width)
  // What the paper clusters without spectral clustering.
  const directions = unitRows(matrix(Float64Array.from(embedding), truth.length, width))
  const k = classesOf({ labels: truth }).length
  const random = createRandom(seed).split('unseen')
  const nmi = (labels: Int32Array) => normalizedMutualInformation(truth, labels, { noise: 'drop' })
  const nearest = (depth: number) => (depth >= truth.length ? Number.NaN : retrieval().recall[depth])
  let retrieved: ReturnType<typeof retrievalScores> | undefined
  const retrieval = () => {
    const [recallAt, neighbors] = [depths.filter((depth) => depth < truth.length), Math.min(5, truth.length - 1)]
    retrieved ??= retrievalScores({ values: embedding, shape: [truth.length, width] }, truth, {
      metric: 'cosine',
      recallAt,
      neighbors,
    })
    return retrieved
  }
  const scores = {
    name,
    nmi: defined('nmi', () => nmi(kmeans(directions, { k, random, products }).labels), reasons),
    nmiSpectral: defined(
      'nmiSpectral',
      () => nmi(columnSpaceClustering(points, { k, random, products }).labels),
      reasons,
    ),
    recall: Object.fromEntries(
      depths.map((depth) => [
        depth,
        defined(`recall.${depth}`, () => nearest(depth), reasons, `there are ${truth.length} rows`),
      ]),
    ),
  }
  return Object.keys(reasons).length > 0 ? { ...scores, undefinedScores: reasons } : scores
}

/**
 * NMI of the validation rows' classes and their spectral clustering, by which training is ended early; NaN where that is
 * not defined, which is never the best.
 */
export async function validationScore(pipeline: Pipeline, validation: Dataset): Promise<number> {
  const truth = validation.labels!
  const { embedding, width } = await infer(pipeline, validation)
  if (!embedding.every(Number.isFinite)) return Number.NaN
  const k = classesOf(validation).length
  const random = createRandom(0).split('validation')
  const points = matrix(embedding, truth.length, width)
  return normalizedMutualInformation(truth, columnSpaceClustering(points, { k, random, nInit: 3 }).labels)
}
