import { DataError } from '@dc/core/plugin'
import { unpacked } from './packed'
import type { ShardCall, ShardRunner } from './runner'

/** Adds arrays that calls answer with, in the order of the calls, so that the sum is the same to the bit wherever they were made. */
export async function addedInOrder<Names extends string>(
  runner: ShardRunner,
  calls: readonly ShardCall[],
  names: readonly Names[],
): Promise<Record<Names, Float64Array>> {
  const sums: Partial<Record<Names, Float64Array>> = {}
  await runner.run(calls, (answer) => {
    const found = unpacked<Names>(answer)
    for (const name of names) {
      const part = found[name]
      const sum = sums[name]
      if (!part || (sum && part.length !== sum.length))
        throw new DataError(
          `An answer on a shard has ${part?.length ?? 'no'} ${name}, another one ${sum?.length ?? 'some'}.`,
        )
      if (!sum) sums[name] = Float64Array.from(part)
      else for (let at = 0; at < part.length; at++) sum[at] += part[at]
    }
  })
  return sums as Record<Names, Float64Array>
}

/** Calls of which only the doing counts. */
export const allDone = (runner: ShardRunner, calls: readonly ShardCall[]): Promise<void> => runner.run(calls, () => {})
