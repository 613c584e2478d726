// Not part of the package: what one thread of shards.test.ts runs.
import { parentPort, workerData } from 'node:worker_threads'
import type { TransportProblem } from '../problems/problem'
import { type SolveOptions, solve } from './solve'

/** What a thread gets. */
export interface ShardWork {
  readonly problem: TransportProblem
  readonly options: SolveOptions
  readonly shard: number
  readonly shards: number
  /** Two int32: arrivals and generation of the barrier; then one float64 slot of `width` for each shard. */
  readonly memory: SharedArrayBuffer
  readonly width: number
}

const { problem, options, shard, shards, memory, width } = workerData as ShardWork
const barrier = new Int32Array(memory, 0, 2)
const slots = Array.from({ length: shards }, (_, s) => new Float64Array(memory, 8 + s * width * 8, width))

function meet() {
  const generation = Atomics.load(barrier, 1)
  if (Atomics.add(barrier, 0, 1) === shards - 1) {
    Atomics.store(barrier, 0, 0)
    Atomics.add(barrier, 1, 1)
    Atomics.notify(barrier, 1)
  } else Atomics.wait(barrier, 1, generation)
}

function reduce(columns: Float64Array) {
  slots[shard].set(columns)
  meet()
  // Every shard sums in the same order, so that all take the same decisions.
  for (let j = 0; j < columns.length; j++) columns[j] = slots.reduce((total, slot) => total + slot[j], 0)
  meet()
}

const { converged, mass, ...result } = solve(problem, { ...options, reduce })
parentPort?.postMessage({ converged, mass, plan: result.plan() })
