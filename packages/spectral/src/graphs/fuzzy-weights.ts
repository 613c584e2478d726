import type { Neighbours } from '../neighbours/nearest-neighbours'

/** Least scale, relative to a point's mean distance to its neighbours. */
const leastScale = 1e-3
const rounds = 64
const tolerance = 1e-5

/**
 * How much a point's neighbours belong to it in UMAP (McInnes, Healy and Melville 2018): `exp(−max(0, dᵢⱼ − ρᵢ)/σᵢ)`, `ρᵢ` the
 * distance to the nearest point that does not coincide, `σᵢ` such that the k weights of a point add up to `log₂ k`.
 */
export function fuzzyWeights({ rows, k, distances }: Neighbours): Float64Array {
  const values = new Float64Array(rows * k)
  const beyond = new Float64Array(k)
  for (let i = 0; i < rows; i++) {
    const own = distances.subarray(i * k, (i + 1) * k)
    let nearest = Number.POSITIVE_INFINITY
    let largest = 0
    for (const distance of own) {
      if (distance > 0 && distance < nearest) nearest = distance
      if (distance > largest) largest = distance
    }
    // In units of the largest distance, so that no scale of the points is too small or too large.
    let mean = 0
    for (let j = 0; j < k; j++) {
      beyond[j] = own[j] > nearest ? (own[j] - nearest) / largest : 0
      mean += largest > 0 ? own[j] / largest / k : 0
    }
    const scale = Math.max(scaleFor(beyond, Math.log2(k)), leastScale * mean)
    for (let j = 0; j < k; j++) values[i * k + j] = beyond[j] === 0 ? 1 : Math.exp(-beyond[j] / scale)
  }
  return values
}

/** σ with `Σ exp(−dⱼ/σ) = target`, by bisection; the sum grows with σ. */
function scaleFor(beyond: Float64Array, target: number): number {
  let [low, high, scale] = [0, Number.POSITIVE_INFINITY, 1]
  for (let round = 0; round < rounds; round++) {
    let sum = 0
    for (const distance of beyond) sum += distance === 0 ? 1 : Math.exp(-distance / scale)
    if (Math.abs(sum - target) < tolerance) break
    if (sum > target) high = scale
    else low = scale
    scale = high === Number.POSITIVE_INFINITY ? 2 * scale : (low + high) / 2
  }
  return scale
}
