// Data in shards, larger than one machine's memory. For Node.
export { type ShardedEmbedding, type ShardedEmbeddingOptions, shardedEmbedding } from './sharded/embedding'
export { type OpenFolder, openFolder, shardFile, writeNpy } from './sharded/folder'
export {
  type ShardedKMeans,
  type ShardedKMeansOptions,
  type ShardedKMeansRound,
  shardedKMeans,
  shardedLabels,
} from './sharded/kmeans'
export { type ShardedNeighboursOptions, shardedGraph, shardedNeighbours, startsOf } from './sharded/neighbours'
export { inThisProcess, runTask } from './sharded/run-task'
export type { ShardCall, ShardContext, ShardRunner } from './sharded/runner'
export { shardedTable } from './sharded/scores'
export { type ShardedTargets, type ShardedTargetsOptions, shardedTargets } from './sharded/targets'
