// Dense float64 kernels of the transport solvers. The rows of a kernel matrix W are `stride` doubles apart (an even number);
// the values between the last column and the stride are 0. Pointers are byte offsets into the imported memory. The caller
// lays the memory out, and gives every thread its own range of rows and its own column sums.
import { expPair } from './exp'

/**
 * Rows of costs to rows of exponentials: t_j = shift_j − C_ij / ε, out_ij = exp(t_j − m_i), for j up to `width` (even).
 *
 * Column `zero` (none, if −1) has cost 0 in every row. All other columns from `columns` on are forbidden. With `fit`, m_i =
 * max_j t_j is written, or 0 for a row of forbidden pairs alone. Without, m_i is read.
 */
export function exponentials(
  cost: usize, columns: i32, out: usize, stride: i32, width: i32, zero: i32, count: i32,
  shift: usize, inverse: f64, m: usize, fit: i32,
): void {
  const scale = f64x2.splat(inverse)
  const whole = (columns & ~3) << 3
  const end = width << 3
  for (let i = 0; i < count; i++) {
    const from = cost + <usize>(i * columns) * 8
    const row = out + <usize>(i * stride) * 8
    // Two maxima, so that the comparisons do not wait for each other.
    let top = f64x2.splat(-Infinity)
    let other = top
    for (let j = 0; j < whole; j += 32) {
      const t = f64x2.sub(v128.load(shift + j), f64x2.mul(v128.load(from + j), scale))
      const next = f64x2.sub(v128.load(shift + j, 16), f64x2.mul(v128.load(from + j, 16), scale))
      v128.store(row + j, t)
      v128.store(row + j, next, 16)
      top = f64x2.pmax(top, t)
      other = f64x2.pmax(other, next)
    }
    top = f64x2.pmax(top, other)
    for (let j = whole; j < end; j += 8) {
      const column = j >> 3
      const c = column < columns ? load<f64>(from + j) : column == zero ? 0 : Infinity
      const t = load<f64>(shift + j) - c * inverse
      store<f64>(row + j, t)
      top = f64x2.pmax(top, f64x2.splat(t))
    }
    let center = max(f64x2.extract_lane(top, 0), f64x2.extract_lane(top, 1))
    if (center == -Infinity) center = 0
    if (fit) store<f64>(m + <usize>i * 8, center)
    else center = load<f64>(m + <usize>i * 8)
    const centers = f64x2.splat(center)
    for (let j = 0; j < end; j += 16) v128.store(row + j, expPair(f64x2.sub(v128.load(row + j), centers)))
  }
}

// What a row makes of its product r_i = W_i·x before the result is scattered back into the columns.
/** weight · r: a Hessian product. */
const MULTIPLY = 1
/** weight · r^−power: a relaxed marginal. */
const POWER = 2
/** weight / r, at most limit: a marginal that may not be exceeded. */
const LIMIT = 3

// @ts-ignore: decorator
@inline
function factor(rule: i32, weight: f64, product: f64, power: f64, limit: usize): f64 {
  if (rule == MULTIPLY) return weight * product
  if (!(product > 0)) return 0
  if (rule == POWER) return weight * Math.pow(product, -power)
  if (rule == LIMIT) return min(weight / product, load<f64>(limit))
  return weight / product
}

/**
 * One pass over rows: r_i = W_i·x, u_i = rule(weight_i, r_i), c = Σ_i u_i W_i. Four rows are multiplied by x while the four
 * rows before them, still in the cache, are scattered, so that arithmetic goes on while memory is waited for.
 */
export function pass(
  w: usize, stride: i32, from: i32, to: i32, x: usize, weights: usize, rule: i32, power: f64, limits: usize,
  r: usize, u: usize, c: usize,
): void {
  const bytes = <usize>stride << 3
  const second = bytes
  const third = bytes * 2
  const fourth = bytes * 3
  memory.fill(c, 0, bytes)
  let i = from
  let before = w + <usize>i * bytes
  let u0 = f64x2.splat(0)
  let u1 = f64x2.splat(0)
  let u2 = f64x2.splat(0)
  let u3 = f64x2.splat(0)
  for (; i + 4 <= to; i += 4) {
    const rows = w + <usize>i * bytes
    let s0 = f64x2.splat(0)
    let s1 = f64x2.splat(0)
    let s2 = f64x2.splat(0)
    let s3 = f64x2.splat(0)
    for (let j: usize = 0; j < bytes; j += 16) {
      const next = rows + j
      const last = before + j
      const v = v128.load(x + j)
      s0 = f64x2.add(s0, f64x2.mul(v128.load(next), v))
      s1 = f64x2.add(s1, f64x2.mul(v128.load(next + second), v))
      s2 = f64x2.add(s2, f64x2.mul(v128.load(next + third), v))
      s3 = f64x2.add(s3, f64x2.mul(v128.load(next + fourth), v))
      const a = f64x2.add(f64x2.mul(u0, v128.load(last)), f64x2.mul(u1, v128.load(last + second)))
      const b = f64x2.add(f64x2.mul(u2, v128.load(last + third)), f64x2.mul(u3, v128.load(last + fourth)))
      v128.store(c + j, f64x2.add(v128.load(c + j), f64x2.add(a, b)))
    }
    const at = <usize>i << 3
    u0 = f64x2.splat(row(sum(s0), at, weights, rule, power, limits, r, u))
    u1 = f64x2.splat(row(sum(s1), at + 8, weights, rule, power, limits, r, u))
    u2 = f64x2.splat(row(sum(s2), at + 16, weights, rule, power, limits, r, u))
    u3 = f64x2.splat(row(sum(s3), at + 24, weights, rule, power, limits, r, u))
    before = rows
  }
  if (i > from) {
    scatter(before, u0, bytes, c)
    scatter(before + second, u1, bytes, c)
    scatter(before + third, u2, bytes, c)
    scatter(before + fourth, u3, bytes, c)
  }
  for (; i < to; i++) {
    const w0 = w + <usize>i * bytes
    scatter(w0, f64x2.splat(row(dot(w0, x, bytes), <usize>i << 3, weights, rule, power, limits, r, u)), bytes, c)
  }
}

// @ts-ignore: decorator
@inline
function row(
  product: f64, at: usize, weights: usize, rule: i32, power: f64, limits: usize, r: usize, u: usize,
): f64 {
  const value = factor(rule, load<f64>(weights + at), product, power, limits + at)
  store<f64>(r + at, product)
  store<f64>(u + at, value)
  return value
}

/** c += u W_i; the pair holds u twice. */
function scatter(w: usize, u: v128, bytes: usize, c: usize): void {
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(c + j, f64x2.add(v128.load(c + j), f64x2.mul(u, v128.load(w + j))))
}

// @ts-ignore: decorator
@inline
function sum(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1)
}

/** Inner product of two stretches of `bytes` bytes, a multiple of 16. */
function dot(a: usize, b: usize, bytes: usize): f64 {
  let s0 = f64x2.splat(0)
  let s1 = f64x2.splat(0)
  let s2 = f64x2.splat(0)
  let s3 = f64x2.splat(0)
  let j: usize = 0
  for (; j + 64 <= bytes; j += 64) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a + j), v128.load(b + j)))
    s1 = f64x2.add(s1, f64x2.mul(v128.load(a + j, 16), v128.load(b + j, 16)))
    s2 = f64x2.add(s2, f64x2.mul(v128.load(a + j, 32), v128.load(b + j, 32)))
    s3 = f64x2.add(s3, f64x2.mul(v128.load(a + j, 48), v128.load(b + j, 48)))
  }
  for (; j < bytes; j += 16) s0 = f64x2.add(s0, f64x2.mul(v128.load(a + j), v128.load(b + j)))
  return sum(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)))
}

/** Plan rows: out_ij = scale u_i W_ij v_j + keep out_ij, packed by `columns`; with keep = 0, out is not read. */
export function plan(
  w: usize, stride: i32, u: usize, v: usize, columns: i32, from: i32, to: i32, scale: f64, keep: f64, out: usize,
): void {
  const whole = (columns & ~1) << 3
  const end = columns << 3
  const keeps = f64x2.splat(keep)
  for (let i = from; i < to; i++) {
    const row = w + <usize>(i * stride) * 8
    const target = out + <usize>(i * columns) * 8
    const factor = scale * load<f64>(u + <usize>i * 8)
    const factors = f64x2.splat(factor)
    if (keep == 0) {
      for (let j = 0; j < whole; j += 16)
        v128.store(target + j, f64x2.mul(factors, f64x2.mul(v128.load(row + j), v128.load(v + j))))
      for (let j = whole; j < end; j += 8)
        store<f64>(target + j, factor * load<f64>(row + j) * load<f64>(v + j))
      continue
    }
    for (let j = 0; j < whole; j += 16) {
      const p = f64x2.mul(factors, f64x2.mul(v128.load(row + j), v128.load(v + j)))
      v128.store(target + j, f64x2.add(p, f64x2.mul(keeps, v128.load(target + j))))
    }
    for (let j = whole; j < end; j += 8)
      store<f64>(target + j, factor * load<f64>(row + j) * load<f64>(v + j) + keep * load<f64>(target + j))
  }
}

/** Rows of a sparse matrix times a dense one: out_i = Σ_s values_s x_{indices_s}; rows compressed by `offsets`. */
export function sparseProduct(
  offsets: usize, indices: usize, values: usize, x: usize, columns: i32, from: i32, to: i32, out: usize,
): void {
  const whole = (columns & ~1) << 3
  const end = columns << 3
  const bytes = <usize>columns * 8
  for (let i = from; i < to; i++) {
    const target = out + <usize>i * bytes
    memory.fill(target, 0, bytes)
    const last = load<i32>(offsets + <usize>(i + 1) * 4)
    for (let s = load<i32>(offsets + <usize>i * 4); s < last; s++) {
      const source = x + <usize>load<i32>(indices + <usize>s * 4) * bytes
      const value = load<f64>(values + <usize>s * 8)
      const pair = f64x2.splat(value)
      for (let j = 0; j < whole; j += 16)
        v128.store(target + j, f64x2.add(v128.load(target + j), f64x2.mul(pair, v128.load(source + j))))
      for (let j = whole; j < end; j += 8)
        store<f64>(target + j, load<f64>(target + j) + value * load<f64>(source + j))
    }
  }
}

/** out += scale · x over `count` values (even). */
export function addScaled(out: usize, x: usize, scale: f64, count: i32): void {
  const pair = f64x2.splat(scale)
  const bytes = <usize>count * 8
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(out + j, f64x2.add(v128.load(out + j), f64x2.mul(pair, v128.load(x + j))))
}

/** Σ x·y over `count` values (even). */
export function product(x: usize, y: usize, count: i32): f64 {
  return dot(x, y, <usize>count * 8)
}
