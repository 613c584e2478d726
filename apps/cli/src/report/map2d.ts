import { createRandom } from '@dc/core'
import type { Places } from '@dc/pipelines'
import { emptyMap, matrix, type PlaneLayout, planeLayout } from '@dc/spectral'

export { emptyMap as nowhere }

/** Rows that have a place on a map at most, and values of them that are held, whatever the width of at least so many rows. */
const [placedRows, mostValues, fewestRows] = [100_000, 2 ** 25, 2500]

/**
 * Lays rows out in the plane, by the run's seed. Of very many a random part has a place.
 *
 * @param places where the method places the rows
 * @throws InterruptedError once the signal is aborted
 */
export async function layOut(places: Places, n: number, seed: number, signal?: AbortSignal): Promise<PlaneLayout> {
  const random = createRandom(seed).split('map')
  const { width } = places
  const most = Math.min(placedRows, Math.max(fewestRows, Math.floor(mostValues / width)))
  const rows =
    n > most
      ? random.split('placed').permutation(n).slice(0, most).sort()
      : Int32Array.from({ length: n }, (_, row) => row)
  const points = matrix(await places.read(rows), rows.length, width)
  const found = await planeLayout(points, { random, ...(signal && { signal }) })
  if (rows.length === n) return found
  const map = emptyMap(n)
  for (const [at, row] of rows.entries()) map.set(found.map.subarray(2 * at, 2 * at + 2), 2 * row)
  return { ...found, map }
}
