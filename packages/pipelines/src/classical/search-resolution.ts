/** Runs that one step of a search may take before it is given up. */
const mostRuns = 40
/** Bounds of a resolution are one when they differ by less. */
const closeEnough = 1 + 1e-4

/**
 * Searches the resolution at which a method finds so many clusters: they grow with it, by and large. It goes up or down by
 * factors of four until two resolutions have the wanted number between them, and bisects their logarithms. Some numbers
 * belong to no resolution; what came nearest is returned then, of several equally near the last.
 *
 * @param wanted ≥ 1
 * @param first the resolution that is tried first
 * @param run clusters at a resolution ≥ 0; at 0 as few as there can be
 * @param enough ends the search at a number that will do. Default: the wanted one alone
 */
export async function searchResolution<Found extends { readonly k: number }>(
  wanted: number,
  first: number,
  run: (resolution: number) => Promise<Found>,
  enough: (k: number) => boolean = (k) => k === wanted,
): Promise<Found> {
  let best: Found | undefined
  const countAt = async (resolution: number) => {
    const found = await run(resolution)
    if (!best || Math.abs(found.k - wanted) <= Math.abs(best.k - wanted)) best = found
    return found.k
  }
  let [low, high, tried] = [0, Number.POSITIVE_INFINITY, first]
  for (let runs = 0; runs < mostRuns; runs++) {
    const k = await countAt(tried)
    if (enough(k)) break
    if (k < wanted) low = tried
    // Below what is found at 0 there is nothing to search.
    else if (high === Number.POSITIVE_INFINITY && low === 0 && (await countAt(0)) >= wanted) break
    else high = tried
    if (high / low < closeEnough) break
    if (high === Number.POSITIVE_INFINITY) tried = 4 * (tried || 1)
    else tried = low === 0 ? high / 4 : Math.sqrt(low * high)
  }
  return best!
}
