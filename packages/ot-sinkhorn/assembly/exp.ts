// e^x on pairs of float64: x = (256 k + n) · ln 2 / 256 + r with |r| ≤ ln 2 / 512, then 2^(n/256) from a table times the
// Taylor polynomial of degree 4 in r (truncation below 4e-17), then k added to the exponent bits. Below −708, where 2^k
// would be subnormal, the result is 0; above 709 it is meaningless, and no kernel here goes above 0 by more than a
// rounding.

// Every constant twice, side by side: V8 rebuilds a vector constant from general registers at each use, a load is free.
const CONSTANTS = memory.data<f64>([
  // Adding 1.5·2^52 rounds to the nearest integer and leaves it in the low bits.
  6755399441055744.0, 6755399441055744.0,
  // 256 / ln 2, and ln 2 / 256 in two parts, of which the first has 21 trailing zeros so that products with it are exact.
  369.3299304675746, 369.3299304675746,
  0.00270760617331689, 0.00270760617331689,
  7.453964567463233e-13, 7.453964567463233e-13,
  -708.0, -708.0,
  // 1/2!, 1/3!, 1/4!
  0.5, 0.5, 0.16666666666666666, 0.16666666666666666, 0.041666666666666664, 0.041666666666666664,
], 16)

const POWERS = memory.data(256 * 8, 16)
for (let n = 0; n < 256; n++) store<f64>(POWERS + (n << 3), Math.pow(2, <f64>n / 256))

// @ts-ignore: decorator
@inline
function constant(index: usize): v128 {
  return v128.load(CONSTANTS + (index << 4))
}

// @ts-ignore: decorator
@inline
export function expPair(x: v128): v128 {
  const rounded = f64x2.add(f64x2.mul(x, constant(1)), constant(0))
  const steps = f64x2.sub(rounded, constant(0))
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(steps, constant(2))), f64x2.mul(steps, constant(3)))
  const r2 = f64x2.mul(r, r)
  const tail = f64x2.add(f64x2.add(constant(5), f64x2.mul(r, constant(6))), f64x2.mul(r2, constant(7)))
  const p = f64x2.add(r, f64x2.mul(r2, tail))
  const first = <usize>(i32x4.extract_lane(rounded, 0) & 255) << 3
  const second = <usize>(i32x4.extract_lane(rounded, 2) & 255) << 3
  const power = v128.load64_lane(POWERS + second, v128.load64_zero(POWERS + first), 1)
  const scaled = f64x2.add(power, f64x2.mul(power, p))
  // The low eight bits are n's; the others, 12 places further left after the shift, add k to the exponent.
  const exponent = i64x2.shl(i64x2.shr_s(rounded, 8), 52)
  return v128.and(i64x2.add(scaled, exponent), f64x2.gt(x, constant(4)))
}
