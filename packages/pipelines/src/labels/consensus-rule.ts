import { type InferredRows, letEventsIn } from '@dc/core'
import { unitRows } from '@dc/core/points'
import { availableProducts, type Matrix, matrix, nearestNeighbours } from '@dc/spectral'
import { arrayOf, stateArray, stateMatrix } from '../arrays'
import { compared } from '../classical/direction'
import { voteOfNeighbours } from '../classical/vote'
import { consensusOfRows, nearestOf } from '../consensus/consensus-of-rows'
import { datasetNeighbours } from '../dataset-neighbours'
import { allRows, readOnHost, rowWidth } from '../host-rows'
import { rowMetric } from '../row-metric'
import type { LabelRule } from './label-rule'

/** Nearest rows that rows are joined to, and that label a new one. */
const neighbours = 15
/** A row's place moves by less where it is computed among others: sums in float32 depend on the batch. */
const coincident = 1e-4

/**
 * What the trained method, communities of the rows' neighbours and k-means on their layout agree on. No one of them is the best on all
 * data; together they are steadier than any.
 */
export const consensus: LabelRule = {
  name: 'consensus',
  description:
    "what the method, Leiden's communities of the rows and k-means on their layout (UMAP) agree on; then rows vote with their neighbours",
  async fit({ inference, dataset, k, random, signal }) {
    const products = await availableProducts()
    const rows = matrix(await readOnHost(dataset, allRows(dataset)), dataset.size, rowWidth(dataset))
    const byDirection = rowMetric(dataset) === 'cosine'
    const points = compared(rows, byDirection)
    await letEventsIn(signal)
    const found = await datasetNeighbours(dataset, {
      k: nearestOf(neighbours, dataset.size, k),
      by: byDirection ? 'direction' : 'distance',
      points: () => points,
    })
    const embedding = unitEmbedding(inference)
    const learned = { embedding, labels: inference.labels }
    const { guide } = dataset
    const labels = await consensusOfRows(points, { k, found, random, products, signal, learned, guide })
    return {
      labels,
      state: { embedding: arrayOf(embedding), labels: { shape: [labels.length], values: labels.slice() } },
    }
  },
  async predict(inference, state) {
    const known = stateMatrix(state, 'embedding')
    const queries = unitEmbedding(inference)
    const nearest = Math.min(neighbours, known.rows)
    const found = nearestNeighbours(known, nearest, { queries, products: await availableProducts() })
    return voteOfNeighbours(found, Int32Array.from(stateArray(state, 'labels').values), coincident)
  },
}

const unitEmbedding = ({ embedding, labels, width }: InferredRows): Matrix =>
  unitRows(matrix(embedding, labels.length, width))
