// The supervised protocol: train on some classes, cluster the others (Law, Urtasun, Zemel 2017, section 5).
import { createRandom, DataError, type Dataset, OptionError, type Pipeline } from '@dc/core'
import { splitByClass, subset } from '@dc/data'
import { normalizedMutualInformation, retrievalScores } from '@dc/metrics'
import { columnSpaceClustering, kmeans, type Matrix, matrix, type Products } from '@dc/spectral'
import { type Inference, infer } from '@dc/trainer'
import type { UnseenScores } from '../report/run-result'

/** Part of the seen classes' rows that decides when training ends. */
const validationShare = 0.2

/** The rows of a supervised run. */
export interface SplitByClass {
  /** Rows of the classes that training sees, and how many classes these are. */
  readonly training: { readonly dataset: Dataset; readonly k: number; readonly validation: Dataset }
  /** Rows of the other classes, which are clustered and scored. */
  readonly unseen: Dataset
}

/**
 * Keeps the last classes from training, as the papers' data sets do, and some rows of the others for validation.
 *
 * @param share of the classes that training does not see
 * @throws DataError without labels; OptionError if either side would have fewer than two classes
 */
export function keepUnseen(dataset: Dataset, share: number): SplitByClass {
  const { labels } = dataset
  if (!labels) throw new DataError(`'${dataset.name}' has no labels; unseen=${share} keeps classes from training.`)
  const classes = [...new Set(labels.filter((label) => label >= 0))].sort((a, b) => a - b)
  const seen = classes.slice(0, classes.length - Math.round(share * classes.length))
  if (seen.length < 2 || classes.length - seen.length < 2)
    throw new OptionError('unseen', share, `a share that leaves two of the ${classes.length} classes on both sides`)
  const split = splitByClass(labels, seen)
  const order = createRandom(0).split('validation').permutation(split.train.length)
  const kept = Math.round(validationShare * order.length)
  const rows = (from: number, to: number) => Int32Array.from(order.subarray(from, to), (at) => split.train[at]).sort()
  const code = new Map(seen.map((label, at) => [label, at]))
  const coded = (part: Dataset): Dataset => ({ ...part, labels: part.labels!.map((label) => code.get(label)!) })
  return {
    training: {
      dataset: coded(subset(dataset, rows(kept, order.length), `${dataset.name}, seen classes`)),
      validation: coded(subset(dataset, rows(0, kept), `${dataset.name}, validation`)),
      k: seen.length,
    },
    unseen: subset(dataset, split.test, `${dataset.name}, ${classes.length - seen.length} unseen classes`),
  }
}

/** Scores of a space in which rows of unseen classes lie: k-means with and without spectral clustering, retrieval. */
export function scoreUnseen(
  name: string,
  { embedding, width }: Pick<Inference, 'embedding' | 'width'>,
  truth: Int32Array,
  seed: number,
  products: Products | null,
): UnseenScores {
  const points = matrix(embedding, truth.length, width)
  const k = new Set(truth).size
  const random = createRandom(seed).split('unseen')
  const nmi = (labels: Int32Array) => normalizedMutualInformation(truth, labels)
  const { recall } = retrievalScores(embedding, truth.length, width, truth, { metric: 'cosine' })
  return {
    name,
    nmi: nmi(kmeans(unitRows(points), { k, random, products }).labels),
    nmiSpectral: nmi(columnSpaceClustering(points, { k, random, products }).labels),
    recall,
  }
}

/** NMI of the validation rows' classes and their spectral clustering, by which training is ended early. */
export async function validationScore(pipeline: Pipeline, validation: Dataset): Promise<number> {
  const { embedding, width } = await infer(pipeline, validation)
  const truth = validation.labels!
  const points = matrix(embedding, truth.length, width)
  const k = new Set(truth).size
  const random = createRandom(0).split('validation')
  return normalizedMutualInformation(truth, columnSpaceClustering(points, { k, random, nInit: 3 }).labels)
}

/** Rows at length 1, blank ones as they are: what the paper clusters without spectral clustering. */
function unitRows({ values, rows, columns }: Matrix): Matrix {
  const unit = Float64Array.from(values)
  for (let row = 0; row < rows; row++) {
    const part = unit.subarray(row * columns, (row + 1) * columns)
    const length = Math.sqrt(part.reduce((sum, value) => sum + value ** 2, 0)) || 1
    for (let at = 0; at < columns; at++) part[at] /= length
  }
  return matrix(unit, rows, columns)
}
