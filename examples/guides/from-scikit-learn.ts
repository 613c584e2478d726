import { createRandom } from '@dc/core/random'
import { loadOptdigits } from '@dc/data'
import { adjustedRandIndex, normalizedMutualInformation, silhouette } from '@dc/metrics'
import { kmeans, knnGraph, spectralClustering } from '@dc/spectral'

const digits = await loadOptdigits()
const truth = digits.labels!

// KMeans(n_clusters=10, random_state=0).fit(X)
const { labels, inertia } = kmeans(digits, { k: 10, random: createRandom(0) })
console.log(`inertia below 1.2 million: ${inertia < 1.2e6}`)

// SpectralClustering(n_clusters=10, affinity='nearest_neighbors', random_state=0).fit(X)
const graph = knnGraph(digits, { neighbours: 10 })
const spectral = spectralClustering(graph, { k: 10, random: createRandom(0) })

// adjusted_rand_score, normalized_mutual_info_score, silhouette_score
for (const [name, found] of Object.entries({ kmeans: labels, spectral: spectral.labels }))
  console.log(
    `${name}: ${[adjustedRandIndex(truth, found), normalizedMutualInformation(truth, found)].map((score) => score.toFixed(2)).join(' ')}`,
  )
console.log(`silhouette above 0.1: ${silhouette(digits, labels) > 0.1}`)
