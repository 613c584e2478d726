import type { NeighbourCurve } from './neighbour-curve'

/** Mantissa bits of a squared distance that forces are told apart by: they are within 0.4 % then, and need no power. */
const kept = 7
const shift = 23 - kept
const entries = 1 << (31 - shift)

/** What the difference of two points is multiplied by, at each squared distance; see `forceIndex`. */
export interface NeighbourForces {
  /** Of points that an edge joins, ≤ 0: `−2ab s^(b−1) / (1 + a s^b)` at the squared distance s. */
  readonly pull: Float32Array
  /** Of points that are pushed apart, ≥ 0: `2b / ((0.001 + s)(1 + a s^b))`. */
  readonly push: Float32Array
}

/** Both forces of a curve, tabulated: a layout asks for hundreds of millions of them, and a power takes longer than all the rest. */
export function neighbourForces({ a, b }: NeighbourCurve): NeighbourForces {
  const [pull, push] = [new Float32Array(entries), new Float32Array(entries)]
  const bits = new Uint32Array(1)
  const float = new Float32Array(bits.buffer)
  // Infinity and what is no number have no force.
  for (let at = 0; at < 0x7f80 << (kept - 7); at++) {
    bits[0] = (at << shift) | (1 << (shift - 1))
    const s = float[0]
    const power = s ** b
    pull[at] = (-2 * a * b * power) / (s * (1 + a * power))
    push[at] = (2 * b) / ((0.001 + s) * (1 + a * power))
  }
  return { pull, push }
}

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

/** Where a squared distance > 0 stands in the tables. */
export function forceIndex(squared: number): number {
  float[0] = squared
  return bits[0] >>> shift
}
