import { createRandom } from '@dc/core'
import { gaussianGraph, knnGraph, type Matrix, matrix, spectralClustering, spectralEmbedding } from '@dc/spectral'
import { array, defineParityCheck, maxAbsoluteError, number } from '../frame.ts'

const random = createRandom(0)

/** `spectral*`: Laplacian eigenvalues, embedding up to sign, labels up to their names, against scikit-learn. */
export default defineParityCheck({
  matches: /^spectral/,
  async run(oracle) {
    const x = array(oracle, 'X')
    const points = matrix(Float64Array.from(x.data), x.shape[0], x.shape[1])
    const eigenvalues = array(oracle, 'eigenvalues')
    const embedding = array(oracle, 'embedding')
    const labels = array(oracle, 'knn_labels').data
    // The eigenvalues are of the kernel with its diagonal; scikit-learn's embedding leaves the diagonal out.
    const graph = gaussianGraph(points, { gamma: number(oracle, 'gamma'), loops: true })
    const rows = (['dense', 'sparse'] as const).flatMap((solver) => {
      const options = { random, solver }
      const components = eigenvalues.data.length
      const values = spectralEmbedding(graph, { ...options, components, loops: true }).eigenvalues
      const ours = spectralEmbedding(graph, { ...options, components: embedding.shape[1] }).embedding
      return [
        { name: `eigenvalues, ${solver}`, error: maxAbsoluteError(values, eigenvalues.data), tolerance: 1e-8 },
        { name: `embedding, ${solver}`, error: errorUpToSign(ours, embedding.data), tolerance: 1e-6 },
      ]
    })
    // scikit-learn counts a point among its own 10 neighbours.
    const k = new Set(labels).size
    const found = spectralClustering(knnGraph(points, { neighbours: 9 }), { k, random }).labels
    return [...rows, { name: 'labels', error: disagreements(found, labels), tolerance: 0 }]
  },
})

function errorUpToSign({ values, columns }: Matrix, theirs: readonly number[]): number {
  const errors = Array.from({ length: columns }, (_, c) => {
    const column = (all: ArrayLike<number>) => Array.from(all).filter((_, at) => at % columns === c)
    const [a, b] = [column(values), column(theirs)]
    const flipped = a.map((value) => -value)
    return Math.min(maxAbsoluteError(a, b), maxAbsoluteError(flipped, b))
  })
  return Math.max(...errors)
}

/** Rows whose pair of labels is not the one that their cluster has elsewhere. */
function disagreements(ours: ArrayLike<number>, theirs: readonly number[]): number {
  const names = new Map<number, number>()
  const taken = new Map<number, number>()
  return theirs.filter((their, i) => {
    if (!names.has(their)) names.set(their, ours[i])
    if (!taken.has(ours[i])) taken.set(ours[i], their)
    return names.get(their) !== ours[i] || taken.get(ours[i]) !== their
  }).length
}
