/** `1 / (1 + a d^(2b))`: how much two points at distance d are neighbours. */
export interface NeighbourCurve {
  readonly a: number
  readonly b: number
}

const samples = 300

/**
 * The curve nearest, in least squares, to 1 up to `minDistance` and `exp(−(d − minDistance))` beyond (McInnes, Healy and Melville
 * 2018, definition 11), by Gauss-Newton in `log a` and `b`, on 300 distances from 0 to 3.
 *
 * For 0.1 it is `{ a: 1.577, b: 0.895 }`.
 *
 * @param minDistance 0 … 1
 */
export function neighbourCurve(minDistance: number): NeighbourCurve {
  const distances = Float64Array.from({ length: samples }, (_, i) => (3 * i) / (samples - 1))
  const wanted = distances.map((d) => (d < minDistance ? 1 : Math.exp(-(d - minDistance))))
  let [logA, b, damping] = [0, 1, 1e-3]
  let loss = lossOf(distances, wanted, logA, b)
  for (let round = 0; round < 100; round++) {
    const [aa, ab, bb, ga, gb] = normalEquations(distances, wanted, logA, b)
    // Levenberg's damping: a step that makes it worse is tried again, shorter.
    const [p, q] = [aa * (1 + damping), bb * (1 + damping)]
    const determinant = p * q - ab * ab
    const [stepA, stepB] = [(q * ga - ab * gb) / determinant, (p * gb - ab * ga) / determinant]
    const next = lossOf(distances, wanted, logA + stepA, b + stepB)
    if (next <= loss) {
      const done = Math.abs(stepA) + Math.abs(stepB) < 1e-12
      ;[logA, b, loss, damping] = [logA + stepA, b + stepB, next, damping / 10]
      if (done) break
    } else damping *= 10
  }
  return { a: Math.exp(logA), b }
}

const value = (d: number, logA: number, b: number) => (d === 0 ? 1 : 1 / (1 + Math.exp(logA + 2 * b * Math.log(d))))

function lossOf(distances: Float64Array, wanted: Float64Array, logA: number, b: number): number {
  return distances.reduce((sum, d, i) => sum + (value(d, logA, b) - wanted[i]) ** 2, 0)
}

function normalEquations(distances: Float64Array, wanted: Float64Array, logA: number, b: number): number[] {
  const sums = [0, 0, 0, 0, 0]
  for (let i = 1; i < distances.length; i++) {
    const f = value(distances[i], logA, b)
    const byA = -f * (1 - f)
    const byB = byA * 2 * Math.log(distances[i])
    const residual = wanted[i] - f
    sums[0] += byA * byA
    sums[1] += byA * byB
    sums[2] += byB * byB
    sums[3] += byA * residual
    sums[4] += byB * residual
  }
  return sums
}
