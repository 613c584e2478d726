// e^x on pairs of float64. With x · 256 / ln 2 = 256 k + n + f and |f| ≤ 1/2, the result is 2^(n/256) from a table, times the
// Taylor polynomial of degree 4 of 2^(f/256) (truncation below 4e-17), with k added to the exponent bits. The relative error
// is that of the multiplication, |x| · 1.1e-16, as much as x's own rounding, plus the rounding of the result. Below −708,
// where 2^k would be subnormal, the result is 0. Above 709 it is meaningless; no kernel here goes above 0 by more than a
// rounding error.

// Every constant stands twice, side by side: V8 rebuilds a vector constant from general registers at each use, and a load is
// free.
const CONSTANTS = memory.data<f64>([
  // Adding 1.5·2^52 rounds to the nearest integer and leaves it in the low bits.
  6755399441055744.0, 6755399441055744.0,
  // 256 / ln 2
  369.3299304675746, 369.3299304675746,
  -708.0, -708.0,
  // (ln 2 / 256)^p / p! for p = 1 … 4
  0.0027076061740622863, 0.0027076061740622863, 3.6655655969101062e-06, 3.6655655969101062e-06,
  3.3083026805413713e-09, 3.3083026805413713e-09, 2.239395190875157e-12, 2.239395190875157e-12,
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
  const steps = f64x2.mul(x, constant(1))
  const rounded = f64x2.add(steps, constant(0))
  const f = f64x2.sub(steps, f64x2.sub(rounded, constant(0)))
  const tail = f64x2.add(constant(5), f64x2.mul(f, constant(6)))
  const p = f64x2.mul(f, f64x2.add(constant(3), f64x2.mul(f, f64x2.add(constant(4), f64x2.mul(f, tail)))))
  const first = <usize>(i32x4.extract_lane(rounded, 0) & 255) << 3
  const second = <usize>(i32x4.extract_lane(rounded, 2) & 255) << 3
  const power = v128.load64_lane(POWERS + second, v128.load64_zero(POWERS + first), 1)
  const scaled = f64x2.add(power, f64x2.mul(power, p))
  // The low eight bits are n's; the twelve above them are k's and, shifted to the exponent, add to it.
  const exponent = i64x2.shl(i64x2.shr_u(rounded, 8), 52)
  return v128.and(i64x2.add(scaled, exponent), f64x2.gt(x, constant(2)))
}
