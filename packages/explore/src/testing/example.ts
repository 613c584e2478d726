// A small clustering, for tests.
import type { ExplorerData } from '../data'

/** 24 rows of three classes: cluster c holds class c − 1 mostly, k-means finds the classes. */
export function example(change: Partial<ExplorerData> = {}): ExplorerData {
  const truth = Int32Array.from({ length: 24 }, (_, row) => row % 3)
  const labels = truth.map((label, row) => (row < 3 ? 3 : (label + 1) % 3))
  return {
    noun: 'row',
    x: Float32Array.from(truth, (label, row) => (label + row / 24) / 3),
    y: Float32Array.from(truth, (_, row) => row / 24),
    labelings: [
      { name: 'cluster', title: 'bootsc', labels },
      { name: 'kmeans', title: 'k-means', labels: truth },
    ],
    clusters: [0, 1, 2, 3].map((cluster) => ({ cluster, name: `cluster ${cluster}`, colour: cluster })),
    certainty: Float32Array.from(truth, (_, row) => row / 24),
    truth,
    classNames: ['a', 'b', 'c'],
    ...change,
  }
}
