import { availableParallelism } from 'node:os'

/** Images decoded at once by default: the decoder's threads come from Node's pool of four. */
export const defaultConcurrency = Math.min(4, availableParallelism())

/**
 * `Promise.all(items.map(run))` with at most `limit` calls under way. Results are in the order of the items. After an error
 * no call is started, and those under way are waited for.
 */
export async function mapBounded<T, R>(
  items: readonly T[],
  limit: number,
  run: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length)
  let next = 0
  const worker = async () => {
    try {
      for (let i = next++; i < items.length; i = next++) results[i] = await run(items[i], i)
    } catch (error) {
      next = items.length
      throw error
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  return results
}
