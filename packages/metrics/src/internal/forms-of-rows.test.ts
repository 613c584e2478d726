import { createRandom, DcError } from '@dc/core/plugin'
import { describe, expect, it } from 'vitest'
import {
  calinskiHarabasz,
  daviesBouldin,
  dunn,
  type Rows,
  retrievalScores,
  silhouette,
  silhouetteSamples,
} from '../index'

const [n, d] = [40, 3]
const values = Float64Array.from(createRandom(1).normals(n * d))
const nested = Array.from({ length: n }, (_, i) => [...values.subarray(i * d, (i + 1) * d)])
const labels = Int32Array.from({ length: n }, (_, i) => (i * i) % 4)
const forms: [string, Rows][] = [
  ['nested arrays', nested],
  ['values and shape', { values, shape: [n, d] }],
  ['plain values and shape', { values: [...values], shape: [n, d] }],
  ['a data set in memory', { values, sampleShape: [d] }],
]

describe.each<[string, (features: Rows) => unknown]>([
  ['silhouette', (features) => silhouette(features, labels)],
  ['a sampled silhouette', (features) => silhouette(features, labels, { sample: 20, random: createRandom(0) })],
  ['silhouetteSamples', (features) => silhouetteSamples(features, labels)],
  ['daviesBouldin', (features) => daviesBouldin(features, labels)],
  ['calinskiHarabasz', (features) => calinskiHarabasz(features, labels)],
  ['dunn', (features) => dunn(features, labels)],
  ['retrievalScores', (features) => retrievalScores(features, labels)],
  ['retrievalScores by angle', (features) => retrievalScores(features, labels, { metric: 'cosine' })],
])('%s', (_, run) => {
  const expected = run({ values, rows: n, columns: d })
  it.each(forms)('gives the same, digit for digit, of %s', (_, features) => {
    expect(run(features)).toEqual(expected)
  })

  it.each<[string, unknown, string]>([
    ['rows of different lengths', [[1, 2], [3]], 'features[1] has shape [1]; expected [2]'],
    ['texts', [['1']], "features[0][0]: got '1'; allowed: a number"],
    ['no rows', [], 'features has shape [0, 0]; expected at least one row'],
    ['another shape', { values, shape: [n, d + 1] }, 'features.values has shape [120]; expected [40 × 4]'],
    ['a flat array', values, 'features: got Float64Array(960 bytes); allowed: rows: [['],
  ])('refuses %s', (_, features, told) => {
    expect(() => run(features as Rows)).toThrow(told)
    expect(() => run(features as Rows)).toThrow(DcError)
  })
})
