import { createRandom, DcError } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import type { Rows } from './index'
import * as spectral from './index'

const [n, d] = [40, 3]
const single = createRandom(1).normals(n * d)
const values = Float64Array.from(single)
const rowsOf = <T extends Float32Array | Float64Array>(all: T) =>
  Array.from({ length: n }, (_, i) => all.subarray(i * d, (i + 1) * d) as T)
const nested = rowsOf(values).map((row) => [...row])

/** The same rows in every form, with their form as a matrix. */
const forms: Record<string, [Rows, 'double' | 'single']> = {
  'nested arrays': [nested, 'double'],
  'nested float64 arrays': [rowsOf(values), 'double'],
  'nested float32 arrays': [rowsOf(single), 'single'],
  'values and shape': [{ values, shape: [n, d] }, 'double'],
  'float32 values and shape': [{ values: single, shape: [n, d] }, 'single'],
  'plain values and shape': [{ values: [...values], shape: [n, d] }, 'double'],
  'values of images': [{ values, shape: [n, d, 1] }, 'double'],
  'a data set in memory': [{ values: single, sampleShape: [d] }, 'single'],
}
const matrix: Rows = { values, rows: n, columns: d }
const matrices: Record<'double' | 'single', Rows> = { double: matrix, single: { values: single, rows: n, columns: d } }
const start = () => ({ random: createRandom(0) })
const centres = nested.slice(0, 3)

/** What a function gives, without the functions in it. */
const plain = (found: object) =>
  JSON.parse(
    JSON.stringify(found, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value)),
  )

/** Every public function that takes rows. */
const functions: Record<string, (rows: Rows) => object> = {
  kmeans: (rows) => spectral.kmeans(rows, { k: 3, ...start() }),
  'kmeans by angle': (rows) => spectral.kmeans(rows, { k: 3, metric: 'cosine', ...start() }),
  'the seeding of kmeans': (rows) => spectral.kmeans(matrix, { k: n, seeding: rows, ...start() }),
  predict: (rows) => spectral.kmeans(matrix, { k: 3, ...start() }).predict(rows),
  predictNearest: (rows) => spectral.predictNearest(rows, centres, null),
  'predictNearest of its centroids': (rows) => spectral.predictNearest(matrix, rows, null),
  miniBatchKMeans: (rows) => spectral.miniBatchKMeans(rows, { k: 3, batchSize: 16, ...start() }),
  sizeConstrainedKMeans: (rows) => spectral.sizeConstrainedKMeans(rows, { k: 2, sizes: [30, 10], ...start() }),
  kmeansPartial: (rows) => spectral.kmeansPartial(rows, centres),
  finishPartials: (rows) => spectral.finishPartials(spectral.kmeansPartial(matrix, rows), rows),
  nearestNeighbours: (rows) => spectral.nearestNeighbours(rows, 4),
  'the queries of nearestNeighbours': (rows) => spectral.nearestNeighbours(centres, 2, { queries: rows }),
  approximateNeighbours: (rows) => spectral.approximateNeighbours(rows, 4, { leaf: 16, ...start() }),
  knnGraph: (rows) => spectral.knnGraph(rows, { neighbours: 4, weight: 'self-tuning' }),
  'knnGraph by angle': (rows) => spectral.knnGraph(rows, { neighbours: 4, weight: 'cosine' }),
  gaussianGraph: (rows) => spectral.gaussianGraph(rows, { gamma: 'self-tuning' }),
  cosineGraph: (rows) => spectral.cosineGraph(rows),
  landmarkEmbedding: (rows) => spectral.landmarkEmbedding(rows, { components: 2, landmarks: 10, ...start() }),
  'its extend': (rows) => spectral.landmarkEmbedding(matrix, { components: 2, landmarks: 10, ...start() }).extend(rows),
  columnSpaceClustering: (rows) => spectral.columnSpaceClustering(rows, { k: 3, ...start() }),
  columnSpaceDirections: (rows) =>
    spectral.columnSpaceDirections(rows, spectral.columnSpaceClustering(matrix, { k: 3, ...start() }).space),
  assignByKMeans: (rows) => spectral.assignByKMeans(rows, 3, createRandom(0), null),
  assignByQr: (rows) => spectral.assignByQr(rows),
  assignByDiscretisation: (rows) => spectral.assignByDiscretisation(rows, createRandom(0)),
  'its predict': (rows) => spectral.assignByDiscretisation(matrix, createRandom(0)).predict(rows),
  clustersByRotation: (rows) =>
    spectral.clustersByRotation(rows, [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]),
}

describe.each(Object.entries(functions))('%s', (name, run) => {
  const expected = { double: plain(run(matrices.double)), single: plain(run(matrices.single)) }
  it.each(Object.entries(forms))('gives the same, digit for digit, of %s', (_, [rows, type]) => {
    expect(plain(run(rows))).toEqual(expected[type])
  })

  it('says what is wrong with rows', () => {
    for (const [wrong, told] of [
      [
        [
          [1, 2, 3],
          [1, 2],
        ],
        /\[1\] has shape \[2\]; expected \[3\]/,
      ],
      [[], /at least one row and one column/],
      [{ values, shape: [n, d + 1] }, /values has shape \[120\]; expected \[40 × 4\]/],
      [[['1', '2', '3']], /\[0\]\[0\]: got '1'; allowed: a number/],
      [values, /got Float64Array\(960 bytes\); allowed: rows: \[\[/],
      [undefined, /allowed: rows: \[\[/],
    ] as [Rows, RegExp][]) {
      // `seeding` and `queries` may be left out.
      if (wrong === undefined && /seeding|queries/.test(name)) continue
      expect(() => run(wrong)).toThrow(told)
      expect(() => run(wrong)).toThrow(DcError)
    }
  })
})

it('a similarity and a symmetric matrix are rows too', () => {
  const similarity = [
    [0, 1],
    [1, 0],
  ]
  const flat = { values: Float64Array.of(0, 1, 1, 0), shape: [2, 2] }
  expect(plain(spectral.precomputedGraph(flat))).toEqual(plain(spectral.precomputedGraph(similarity)))
  expect(plain(spectral.symmetricEigen(flat))).toEqual(plain(spectral.symmetricEigen(similarity)))
  expect(() => spectral.symmetricEigen([[1, 2]])).toThrow('a has shape [1, 2]; expected as many rows as columns')
})

it('points in place of a graph are told', () => {
  const told = /^graph: got .*; allowed: a graph of the points, such as knnGraph\(points\) makes it/
  for (const points of [nested, matrix, undefined])
    for (const run of [
      () => spectral.spectralClustering(points as never, { k: 2, ...start() }),
      () => spectral.spectralEmbedding(points as never, { components: 2, ...start() }),
      () => spectral.laplacian(points as never),
    ])
      expect(run).toThrow(told)
})
