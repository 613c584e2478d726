// Not part of the package: what one thread of shards.test.ts runs.
import { parentPort, workerData } from 'node:worker_threads'
import type { TransportProblem } from '../problems/problem'
import { type SolveOptions, solve } from './solve'

/** One shard's part of a solve. */
export interface ShardWork {
  readonly problem: TransportProblem
  readonly options: SolveOptions
}

/** What a thread gets: its parts of several solves, one after the other. */
export interface ShardJobs {
  readonly works: readonly ShardWork[]
  readonly shard: number
  readonly shards: number
  /** Two int32: arrivals and generation of the barrier; then one float64 slot of `width` for each shard. */
  readonly memory: SharedArrayBuffer
  readonly width: number
}

/** What a shard found. */
export interface ShardAnswer {
  readonly converged: boolean
  readonly mass: number
  readonly plan: Float64Array
}

const { works, shard, shards, memory, width } = workerData as ShardJobs
const barrier = new Int32Array(memory, 0, 2)
const slots = Array.from({ length: shards }, (_, s) => new Float64Array(memory, 8 + s * width * 8, width))

function meet() {
  const generation = Atomics.load(barrier, 1)
  if (Atomics.add(barrier, 0, 1) === shards - 1) {
    Atomics.store(barrier, 0, 0)
    Atomics.add(barrier, 1, 1)
    Atomics.notify(barrier, 1)
    // A shard that sees the new generation before it is told may be waiting for the next one when the telling comes: what wakes
    // it then is not what it waits for.
  } else while (Atomics.load(barrier, 1) === generation) Atomics.wait(barrier, 1, generation)
}

function reduce(values: Float64Array) {
  const { length } = values
  slots[shard][0] = length
  slots[shard].set(values, 1)
  meet()
  const lengths = slots.map((slot) => slot[0])
  if (lengths.some((other) => other !== length)) throw new Error(`Shards reduce ${lengths.join(', ')} numbers at once.`)
  // Every shard sums in the same order, so that all take the same decisions.
  for (let j = 0; j < length; j++) values[j] = slots.reduce((total, slot) => total + slot[j + 1], 0)
  meet()
}

const answers = works.map(({ problem, options }): ShardAnswer => {
  const { converged, mass, ...result } = solve(problem, { ...options, reduce })
  return { converged, mass, plan: result.plan() }
})
parentPort?.postMessage(answers)
