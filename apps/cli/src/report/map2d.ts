import { createRandom } from '@dc/core'
import { emptyMap, matrix, type PlaneLayout, planeLayout } from '@dc/spectral'

export { emptyMap as nowhere }

/** Lays an embedding out in the plane, by the run's seed. @throws InterruptedError once the signal is aborted */
export function layOut(
  embedding: Float32Array,
  n: number,
  width: number,
  seed: number,
  signal?: AbortSignal,
): Promise<PlaneLayout> {
  const random = createRandom(seed).split('map')
  return planeLayout(matrix(embedding, n, width), { random, ...(signal && { signal }) })
}
