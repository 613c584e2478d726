// K-means and spectral clustering of real digits, scored against the truth. No tensors, no backend.
import { createRandom } from '@dc/core/random'
import { loadOptdigits } from '@dc/data'
import { accuracy, adjustedRandIndex, normalizedMutualInformation } from '@dc/metrics'
import { kmeans, knnGraph, spectralClustering } from '@dc/spectral'

const digits = await loadOptdigits()
const truth = digits.labels!

const partitions = {
  'k-means': kmeans(digits, { k: 10, random: createRandom(0) }).labels,
  spectral: spectralClustering(knnGraph(digits, { neighbours: 10 }), { k: 10, random: createRandom(0) }).labels,
}
for (const [name, labels] of Object.entries(partitions)) {
  const scores = [accuracy(truth, labels), normalizedMutualInformation(truth, labels), adjustedRandIndex(truth, labels)]
  console.log(`${name}: ACC, NMI, ARI ${scores.map((score) => score.toFixed(3)).join(' ')}`)
}
