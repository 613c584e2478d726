export type { IntegerRows, Products } from '@dc/core/points'
export {
  type AssignedClusters,
  type Assignment,
  assignByDiscretisation,
  assignByKMeans,
  assignByQr,
  assignments,
  clustersByRotation,
} from './clustering/assignments'
export { averageLinkage } from './clustering/average-linkage'
export {
  type ColumnSpace,
  type ColumnSpaceClusteringFit,
  type ColumnSpaceClusteringOptions,
  columnSpaceClustering,
  columnSpaceDirections,
} from './clustering/column-space-clustering'
export { type Consensus, type ConsensusOptions, consensusClustering } from './clustering/consensus'
export { type NeighbourVoteOptions, neighbourVote } from './clustering/neighbour-vote'
export {
  type SpectralClusteringFit,
  type SpectralClusteringOptions,
  spectralClustering,
} from './clustering/spectral-clustering'
export { type Communities, type LeidenIteration, type LeidenOptions, leiden } from './communities/leiden'
export { numberedBySize } from './communities/numbering'
export {
  type CommunityQuality,
  type CommunityQualityOptions,
  communityQualities,
  communityQuality,
} from './communities/quality'
export { orthonormalising } from './eigen/blocks'
export { type SparseEigenOptions, sparseEigenpairs } from './eigen/chebyshev-lanczos'
export { denseEigenpairs, symmetricEigen } from './eigen/dense'
export type { EigenPairs, EigenResult } from './eigen/eigen-result'
export { type RandomisedEigenOptions, randomisedEigenpairs } from './eigen/randomised'
export { type Solver, smallestEigenpairs, solvers } from './eigen/smallest'
export { type Eigengap, eigengap } from './embedding/eigengap'
export {
  type LandmarkEmbedding,
  type LandmarkEmbeddingOptions,
  landmarkEmbedding,
} from './embedding/landmark-embedding'
export { type NeighbourEmbeddingOptions, neighbourEmbedding } from './embedding/neighbour-embedding'
export { emptyMap, type PlaneLayout, type PlaneLayoutOptions, planeLayout } from './embedding/plane-layout'
export {
  extendEmbedding,
  type SpectralEmbedding,
  type SpectralEmbeddingOptions,
  spectralEmbedding,
} from './embedding/spectral-embedding'
export { cosineGraph } from './graphs/cosine-graph'
export { type GaussianGraphOptions, gaussianGraph } from './graphs/gaussian-graph'
export { type EdgeWeight, edgeWeights, type KnnGraphOptions, knnGraph } from './graphs/knn-graph'
export { precomputedGraph } from './graphs/precomputed-graph'
export {
  type KMeansFit,
  type KMeansOptions,
  type KMeansResult,
  type KMeansState,
  kmeans,
  predictNearest,
} from './kmeans/kmeans'
export type { LloydState } from './kmeans/lloyd'
export { type MiniBatchKMeansOptions, miniBatchKMeans } from './kmeans/mini-batch'
export { finishPartials, type KMeansPartial, kmeansPartial, mergePartials } from './kmeans/partial'
export { type Seeding, seedings } from './kmeans/seeding'
export { type SizeConstrainedKMeansOptions, sizeConstrainedKMeans } from './kmeans/size-constrained'
export { type Laplacian, type LaplacianKind, laplacian, laplacians, type SymmetricOperator } from './laplacian'
export { asMatrix, type Matrix, matrix, type Rows, takeRows } from './matrix'
export { availableProducts, nativeProducts } from './native-products'
export { type ApproximateOptions, approximateNeighbours } from './neighbours/approximate-neighbours'
export { type NeighbourOptions, type Neighbours, nearestNeighbours } from './neighbours/nearest-neighbours'
export {
  finishNeighbours,
  mergeNeighbours,
  type NeighboursPartial,
  neighboursPartial,
} from './neighbours/partial'
export { cosine, fuzzy, gaussian, knn, plugins, sharedNeighbours } from './plugins'
export { type Components, componentsWarning, connectedComponents } from './sparse/components'
export { type Symmetrisation, symmetrisations, symmetrise } from './sparse/sparse-rows'
