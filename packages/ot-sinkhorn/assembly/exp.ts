// e^x on pairs of float64: x = k·ln 2 + r with |r| ≤ ln 2 / 2, then the Taylor polynomial of degree 12 in r (truncation
// below 2e-16) by Estrin's scheme, then k added to the exponent bits. Below −708, where 2^k would be subnormal, the
// result is 0; above 709 it is meaningless, and no kernel here goes above 0 by more than a rounding.

// Every constant twice, side by side: V8 rebuilds a vector constant from general registers at each use, a load is free.
const TABLE = memory.data<f64>([
  // Adding 1.5·2^52 rounds to the nearest integer and leaves it in the low bits.
  6755399441055744.0, 6755399441055744.0,
  // 1 / ln 2, and ln 2 in two parts, of which the first has trailing zeros so that k times it is exact.
  1.4426950408889634, 1.4426950408889634,
  6.93147180369123816490e-1, 6.93147180369123816490e-1,
  1.90821492927058770002e-10, 1.90821492927058770002e-10,
  -708.0, -708.0,
  // 1/0! … 1/12!
  1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.16666666666666666, 0.16666666666666666,
  0.041666666666666664, 0.041666666666666664, 0.008333333333333333, 0.008333333333333333,
  0.001388888888888889, 0.001388888888888889, 0.0001984126984126984, 0.0001984126984126984,
  2.48015873015873e-05, 2.48015873015873e-05, 2.7557319223985893e-06, 2.7557319223985893e-06,
  2.755731922398589e-07, 2.755731922398589e-07, 2.505210838544172e-08, 2.505210838544172e-08,
  2.08767569878681e-09, 2.08767569878681e-09,
], 16)

// @ts-ignore: decorator
@inline
function constant(index: usize): v128 {
  return v128.load(TABLE + (index << 4))
}

// @ts-ignore: decorator
@inline
export function expPair(x: v128): v128 {
  const rounded = f64x2.add(f64x2.mul(x, constant(1)), constant(0))
  const k = f64x2.sub(rounded, constant(0))
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, constant(2))), f64x2.mul(k, constant(3)))
  const r2 = f64x2.mul(r, r)
  const r4 = f64x2.mul(r2, r2)
  const low = f64x2.add(line(r, 7), f64x2.mul(r2, line(r, 9)))
  const middle = f64x2.add(line(r, 11), f64x2.mul(r2, line(r, 13)))
  const high = f64x2.add(line(r, 15), f64x2.mul(r2, constant(17)))
  const tail = f64x2.add(low, f64x2.mul(r4, f64x2.add(middle, f64x2.mul(r4, high))))
  const p = f64x2.add(constant(5), f64x2.add(r, f64x2.mul(r2, tail)))
  return v128.and(i64x2.add(p, i64x2.shl(rounded, 52)), f64x2.gt(x, constant(4)))
}

/** c + r·d for two neighbouring coefficients. */
// @ts-ignore: decorator
@inline
function line(r: v128, index: usize): v128 {
  return f64x2.add(constant(index), f64x2.mul(r, constant(index + 1)))
}
