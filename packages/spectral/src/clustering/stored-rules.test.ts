import { createRandom } from '@dc/core/plugin'
import { expect, it } from 'vitest'
import { knnGraph } from '../graphs/knn-graph'
import { predictNearest } from '../kmeans/kmeans'
import { matrix } from '../matrix'
import { clustersByRotation } from './assignments'
import { columnSpaceClustering, columnSpaceDirections } from './column-space-clustering'
import { spectralClustering } from './spectral-clustering'

const random = createRandom(3)
const points = matrix(
  Float64Array.from(
    random.normals(90 * 4),
    (noise, at) => noise + 5 * (Math.floor(at / 4) % 3) * (at % 4 === 0 ? 1 : -1),
  ),
  90,
  4,
)

it('a stored rotation gives the labels of the fit', () => {
  const { labels, embedding, rotation } = spectralClustering(knnGraph(points), { k: 3, random })
  expect(clustersByRotation(embedding, rotation!)).toEqual(labels)
  expect(() => clustersByRotation(points, rotation!)).toThrow(/rotation/)
})

it('a stored column space gives the labels of the fit, and those of rows between them', () => {
  const { labels, space, centroids } = columnSpaceClustering(points, { k: 3, random })
  const label = (rows: typeof points) => predictNearest(columnSpaceDirections(rows, space), centroids, null)
  expect(label(points)).toEqual(labels)
  const near = matrix(
    Float64Array.from(points.values, (value) => value + 1e-6),
    90,
    4,
  )
  expect(label(near)).toEqual(labels)
  expect(label(matrix(points.values.slice(0, 8), 2, 4))).toEqual(labels.slice(0, 2))
  expect(() => columnSpaceDirections(matrix(new Float64Array(6), 2, 3), space)).toThrow(/embeddings/)
})
