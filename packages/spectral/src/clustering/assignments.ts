import { OptionError, type Random, ShapeError } from '@dc/core/plugin'
import { type Products, unitRows } from '@dc/core/points'
import { Matrix as MlMatrix, SVD } from 'ml-matrix'
import { kmeans } from '../kmeans/kmeans'
import { asMatrix, type Matrix, type Rows } from '../matrix'

export const assignments = ['kmeans', 'discretize', 'cluster-qr'] as const
export type Assignment = (typeof assignments)[number]

/** Labels of the embedded rows, and the rule that labels new rows of the same space. */
export interface AssignedClusters {
  readonly labels: Int32Array
  predict(rows: Rows): Int32Array
  /** Of `assignByQr`, `[k, k]`: the rotation after which a row's coordinate of largest magnitude is its cluster. */
  readonly rotation?: Matrix
}

/** k-means on the embedding. */
export function assignByKMeans(
  embedding: Rows,
  k: number,
  random: Random,
  products: Products | null,
): AssignedClusters {
  const { labels, predict } = kmeans(embedding, { k, random, products })
  return { labels, predict }
}

/**
 * Clusters by column-pivoted QR (Damle, Minden and Ying 2019). The k rows that the pivots pick are nearly orthogonal, one in
 * each cluster. Their polar factor rotates the embedding so that a row's largest coordinate is its cluster. The method has no
 * starting point and no iteration.
 *
 * @param rows `[n, k]`
 */
export function assignByQr(rows: Rows): AssignedClusters {
  const embedding = asMatrix(rows, 'embedding')
  const k = embedding.columns
  const pivots = pivotRows(embedding)
  const picked = new MlMatrix(k, k)
  pivots.forEach((row, c) => {
    for (let j = 0; j < k; j++) picked.set(j, c, embedding.values[row * k + j])
  })
  const rotation = polar(picked)
  const turn = { values: Float64Array.from(rotation.to1DArray()), rows: k, columns: k }
  const predict = (more: Rows) => clustersByRotation(more, turn)
  return { labels: predict(embedding), predict, rotation: turn }
}

/**
 * The cluster of each row of an embedding: the coordinate of largest magnitude after a rotation. It does what the `predict`
 * of {@link assignByQr} does, for a rotation that was stored.
 *
 * @param rows `[n, k]`
 * @param rotation `[k, k]`
 * @throws ShapeError if the rotation has another width
 * @example
 * const { rotation } = assignByQr(embeddings)
 * const labels = clustersByRotation(more, rotation!)
 */
export function clustersByRotation(rows: Rows, rotation: Rows): Int32Array {
  const [embedding, turn] = [asMatrix(rows, 'rows'), asMatrix(rotation, 'rotation')]
  const k = embedding.columns
  if (turn.rows !== k || turn.columns !== k)
    throw new ShapeError('rotation', [turn.rows, turn.columns], `[${k} × ${k}]`)
  return largestCoordinate(embedding, Float64Array.from(turn.values), Math.abs)
}

/** Rows that QR with column pivoting of the transposed embedding would pick, by modified Gram–Schmidt. */
function pivotRows({ values, rows, columns }: Matrix): Int32Array {
  const rest = Float64Array.from(values)
  const pivots = new Int32Array(columns)
  for (let step = 0; step < columns; step++) {
    let pivot = 0
    let largest = -1
    for (let i = 0; i < rows; i++) {
      let square = 0
      for (let j = i * columns; j < (i + 1) * columns; j++) square += rest[j] * rest[j]
      if (square > largest) {
        largest = square
        pivot = i
      }
    }
    pivots[step] = pivot
    if (largest === 0) continue
    const direction = rest.slice(pivot * columns, (pivot + 1) * columns).map((value) => value / Math.sqrt(largest))
    for (let i = 0; i < rows; i++) {
      let dot = 0
      for (let j = 0; j < columns; j++) dot += rest[i * columns + j] * direction[j]
      for (let j = 0; j < columns; j++) rest[i * columns + j] -= dot * direction[j]
    }
  }
  return pivots
}

/** Rounds after which `discretize` gives up settling. */
const mostRounds = 30
/** Starts of `discretize`; the best objective wins. */
const starts = 10

/**
 * Discretises the embedding (Yu and Shi 2003). It alternates between the partition nearest to a rotation of the rows and the
 * rotation nearest to that partition, until the normalised cut settles.
 *
 * @param rows `[n, k]`
 * @throws OptionError for k = 1, where there is nothing to rotate
 */
export function assignByDiscretisation(rows: Rows, random: Random): AssignedClusters {
  const embedding = asMatrix(rows, 'embedding')
  const k = embedding.columns
  if (k < 2) throw new OptionError('k', k, 'at least 2 with discretize')
  const scales = columnScales(embedding)
  const unit = unitEmbedding(embedding, scales)
  let best = { objective: Number.NEGATIVE_INFINITY, rotation: new MlMatrix(k, k) }
  for (let start = 0; start < starts; start++) {
    let rotation = startRotation(unit, random)
    let objective = Number.NEGATIVE_INFINITY
    for (let round = 0; round < mostRounds; round++) {
      const labels = largestCoordinate(unit, flat(rotation))
      const sums = new MlMatrix(k, k)
      for (let i = 0; i < unit.rows; i++)
        for (let j = 0; j < k; j++) sums.set(j, labels[i], sums.get(j, labels[i]) + unit.values[i * k + j])
      const { diagonal } = new SVD(sums)
      const next = diagonal.reduce((a, b) => a + b, 0)
      const settled = Math.abs(next - objective) <= Number.EPSILON * unit.rows
      objective = next
      rotation = polar(sums)
      if (settled) break
    }
    if (objective > best.objective) best = { objective, rotation }
  }
  const predict = (more: Rows) => largestCoordinate(unitEmbedding(asMatrix(more, 'rows'), scales), flat(best.rotation))
  return { labels: predict(embedding), predict }
}

/** Scales of the columns to length √n, so that each counts alike. */
function columnScales({ values, rows, columns }: Matrix): Float64Array {
  const squares = new Float64Array(columns)
  values.forEach((value: number, at: number) => {
    squares[at % columns] += value * value
  })
  return squares.map((square) => (square > 0 ? Math.sqrt(rows / square) : 0))
}

function unitEmbedding(embedding: Matrix, scales: Float64Array): Matrix {
  const values = Float64Array.from(embedding.values, (value, at) => value * scales[at % embedding.columns])
  return unitRows({ ...embedding, values })
}

/** Picks a random row, and then each time the row that is least like those picked before. */
function startRotation({ values, rows, columns: k }: Matrix, random: Random): MlMatrix {
  const rotation = new MlMatrix(k, k)
  const likeness = new Float64Array(rows)
  let row = random.integer(rows)
  for (let c = 0; c < k; c++) {
    for (let j = 0; j < k; j++) rotation.set(j, c, values[row * k + j])
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < rows; i++) {
      let dot = 0
      for (let j = 0; j < k; j++) dot += values[i * k + j] * rotation.get(j, c)
      likeness[i] += Math.abs(dot)
      if (likeness[i] < least) {
        least = likeness[i]
        row = i
      }
    }
  }
  return rotation
}

/** `U Vᵀ`, the orthogonal matrix nearest to a square one. */
function polar(square: MlMatrix): MlMatrix {
  const { leftSingularVectors, rightSingularVectors } = new SVD(square)
  return leftSingularVectors.mmul(rightSingularVectors.transpose())
}

const flat = (rotation: MlMatrix) => Float64Array.from(rotation.to1DArray())

function largestCoordinate(
  { values, rows, columns: k }: Matrix,
  turn: Float64Array,
  of = (x: number) => x,
): Int32Array {
  const labels = new Int32Array(rows)
  for (let i = 0; i < rows; i++) {
    let largest = Number.NEGATIVE_INFINITY
    for (let c = 0; c < k; c++) {
      let dot = 0
      for (let j = 0; j < k; j++) dot += values[i * k + j] * turn[j * k + c]
      if (of(dot) > largest) {
        largest = of(dot)
        labels[i] = c
      }
    }
  }
  return labels
}
