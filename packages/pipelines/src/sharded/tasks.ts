import type { ShardTask } from './runner'
import { combine, draw, gram, recur, scaleGraph } from './tasks/blocks'
import { farthest, kmeansRound, label, sample } from './tasks/kmeans'
import { graph, neighbours } from './tasks/neighbours'
import { table } from './tasks/scores'
import { columns, linearise, plan } from './tasks/transport'

/** Everything that is done with a shard. */
export const shardTasks: readonly ShardTask[] = [
  ...[sample, kmeansRound, farthest, label, table],
  ...[neighbours, graph, columns, plan, linearise],
  ...[scaleGraph, draw, recur, gram, combine],
]
