import { type ClassicalPipeline, definePlugin, letEventsIn, type SparseRows } from '@dc/core'
import {
  availableProducts,
  clustersByRotation,
  extendEmbedding,
  knnGraph,
  type Matrix,
  matrix,
  type Neighbours,
  nearestNeighbours,
  type SpectralEmbedding,
  spectralClustering,
} from '@dc/spectral'
import { z } from 'zod'
import { arrayOf, stateArray, stateMatrix } from '../arrays'
import { datasetNeighbours } from '../dataset-neighbours'
import { allRows, readOnHost, rowWidth } from '../host-rows'
import { compared, directionArray, goesByDirection, normalizeOption, stateDirection } from './direction'
import { firstEqualRows } from './equal-rows'
import { requireFitted } from './fitted'
import { shardRows, shardsOf } from './shards'

/** What new rows are labelled by. */
interface Fit {
  /** The rows of the graph, `[n, d]`. */
  readonly points: Matrix
  readonly labels: Int32Array
  readonly byDirection: boolean
  readonly embedded: Pick<SpectralEmbedding, 'embedding' | 'eigenvalues' | 'laplacian'> & {
    readonly solution: Pick<SpectralEmbedding['solution'], 'values' | 'residuals'>
  }
  readonly rotation: Matrix
}

/** Spectral clustering of the graph of nearest neighbours (von Luxburg 2007), clusters by QR (Damle, Minden, Ying 2019). */
export const spectral = definePlugin({
  kind: 'pipeline',
  name: 'spectral',
  apiVersion: 1,
  description: 'Spectral clustering of the graph of nearest neighbours',
  traits: { classical: true },
  metadata: { paper: 'https://doi.org/10.1093/imaiai/iay008' },
  options: z.strictObject({
    k: z.int().min(2).describe('clusters'),
    neighbours: z
      .int()
      .min(1)
      .default(15)
      .describe('nearest rows that a row is joined to; fewer where there are not as many'),
    normalize: normalizeOption,
  }),
  create({ k, neighbours, normalize }): ClassicalPipeline {
    let fit: Fit | undefined
    let told: readonly string[] = []
    return {
      async fit(dataset, random, { signal } = {}) {
        const products = await availableProducts()
        const rows = await readOnHost(dataset, allRows(dataset))
        const byDirection = goesByDirection(normalize, dataset)
        const points = compared(matrix(rows, dataset.size, rowWidth(dataset)), byDirection)
        await letEventsIn(signal)
        const nearest = Math.min(neighbours, dataset.size - 1)
        const by = byDirection ? 'direction' : 'distance'
        const near = await datasetNeighbours(dataset, { k: nearest, by, points: () => points })
        const graph = knnGraph(points, { neighbours: nearest, found: near })
        await letEventsIn(signal)
        const { labels: found, rotation, warning, ...embedded } = spectralClustering(graph, { k, random, products })
        told = [
          ...(warning === null ? [] : [warning]),
          ...(embedded.solution.converged ? [] : ['The eigenvectors of the graph did not converge.']),
        ]
        // Rows that are equal are one row to whoever predicts.
        const labels = firstEqualRows(points).map((row) => found[row])
        fit = { points, labels, byDirection, embedded, rotation: rotation! }
        const { values, columns } = embedded.embedding
        return { labels: labels.slice(), embedding: Float32Array.from(values), width: columns }
      },
      async predict(dataset, { signal, embedding: wanted = true } = {}) {
        const { points, labels: known, byDirection, embedded, rotation } = requireFitted(fit)
        const products = await availableProducts()
        const labels = new Int32Array(dataset.size)
        const embedding = new Float32Array(wanted ? dataset.size * k : 0)
        const nearest = Math.min(neighbours, points.rows)
        for await (const { start, points: rows } of shardsOf(dataset, shardRows(dataset))) {
          await letEventsIn(signal)
          const found = nearestNeighbours(points, nearest, { queries: compared(rows, byDirection), products })
          const extended = extendEmbedding(embedded as SpectralEmbedding, similarityOf(found, points.rows))
          labels.set(clustersByRotation(extended, rotation), start)
          if (wanted) embedding.set(extended.values, start * k)
          for (let row = 0; row < rows.rows; row++) {
            if (found.distances[row * nearest] > 0) continue
            // A row of the graph has its own place; the nearest of several equal ones is the first.
            const same = found.indices[row * nearest]
            labels[start + row] = known[same]
            if (wanted) embedding.set(embedded.embedding.values.subarray(same * k, (same + 1) * k), (start + row) * k)
          }
        }
        return { labels, embedding, width: k }
      },
      notices: () => told,
      state() {
        const { points, labels, byDirection, embedded, rotation } = requireFitted(fit)
        const { embedding, eigenvalues, solution } = embedded
        return {
          points: arrayOf(points),
          byDirection: directionArray(byDirection),
          labels: { shape: [labels.length], values: labels },
          embedding: arrayOf(embedding),
          eigenvalues: { shape: [eigenvalues.length], values: eigenvalues },
          residuals: { shape: [solution.residuals.length], values: Float64Array.from(solution.residuals) },
          rotation: arrayOf(rotation),
        }
      },
      restore(state) {
        const eigenvalues = Float64Array.from(stateArray(state, 'eigenvalues').values)
        const residuals = Float64Array.from(stateArray(state, 'residuals').values)
        const embedding = stateMatrix(state, 'embedding')
        fit = {
          points: stateMatrix(state, 'points'),
          byDirection: stateDirection(state),
          labels: Int32Array.from(stateArray(state, 'labels').values),
          embedded: { embedding, eigenvalues, laplacian: 'random-walk', solution: { values: eigenvalues, residuals } },
          rotation: stateMatrix(state, 'rotation'),
        }
      },
    }
  },
})

/** Edges of weight 1 to the nearest rows, `[new, n]`. */
function similarityOf({ rows, k, indices }: Neighbours, n: number): SparseRows {
  return {
    rows,
    columns: n,
    offsets: Int32Array.from({ length: rows + 1 }, (_, row) => row * k),
    indices,
    values: new Float64Array(rows * k).fill(1),
  }
}
