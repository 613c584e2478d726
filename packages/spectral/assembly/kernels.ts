// Float64 kernels of neighbours, k-means and eigensolvers. Pointers are byte offsets into the imported memory, which the
// caller lays out; rows lie one after the other. All sums are taken in an order that does not depend on the machine.

/** 0 where all `count` values are finite, else NaN: 0 · x is 0 for every finite x and NaN for all others. */
export function zeroIfFinite(x: usize, count: i32): f64 {
  let a = f64x2.splat(0)
  let b = f64x2.splat(0)
  const zero = f64x2.splat(0)
  const whole = <usize>(count & ~3) << 3
  const end = <usize>count << 3
  let at: usize = 0
  for (; at < whole; at += 32) {
    a = f64x2.add(a, f64x2.mul(zero, v128.load(x + at)))
    b = f64x2.add(b, f64x2.mul(zero, v128.load(x + at, 16)))
  }
  a = f64x2.add(a, b)
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
  for (; at < end; at += 8) sum += 0 * load<f64>(x + at)
  return sum
}

// @ts-ignore: decorator
@inline
function pair<T>(at: usize): v128 {
  return sizeof<T>() == 8 ? v128.load(at) : f64x2.promote_low_f32x4(v128.load64_zero(at))
}

// @ts-ignore: decorator
@inline
function tail<T>(x: usize, y: usize, from: usize, end: usize): f64 {
  let sum: f64 = 0
  for (let at = from; at < end; at += sizeof<T>()) {
    const d = <f64>load<T>(x + at) - <f64>load<T>(y + at)
    sum += d * d
  }
  return sum
}

// @ts-ignore: decorator
@inline
function total(even: v128, odd: v128, rest: f64): f64 {
  return f64x2.extract_lane(even, 0) + f64x2.extract_lane(even, 1) +
    (f64x2.extract_lane(odd, 0) + f64x2.extract_lane(odd, 1)) + rest
}

// @ts-ignore: decorator
@inline
function distances<T>(x: usize, base: usize, rows: usize, count: i32, columns: i32, out: usize): void {
  const step: usize = 2 * sizeof<T>()
  const whole = <usize>(columns & ~3) * sizeof<T>()
  const end = <usize>columns * sizeof<T>()
  let r = 0
  // Two rows at a time: the loop waits for memory, and so it waits for both at once.
  for (; r + 2 <= count; r += 2) {
    const y = base + <usize>load<i32>(rows + (<usize>r << 2)) * end
    const z = base + <usize>load<i32>(rows + (<usize>r << 2), 4) * end
    let yEven = f64x2.splat(0)
    let yOdd = f64x2.splat(0)
    let zEven = f64x2.splat(0)
    let zOdd = f64x2.splat(0)
    for (let at: usize = 0; at < whole; at += 2 * step) {
      const v = pair<T>(x + at)
      const w = pair<T>(x + at + step)
      const a = f64x2.sub(v, pair<T>(y + at))
      const b = f64x2.sub(w, pair<T>(y + at + step))
      const c = f64x2.sub(v, pair<T>(z + at))
      const d = f64x2.sub(w, pair<T>(z + at + step))
      yEven = f64x2.add(yEven, f64x2.mul(a, a))
      yOdd = f64x2.add(yOdd, f64x2.mul(b, b))
      zEven = f64x2.add(zEven, f64x2.mul(c, c))
      zOdd = f64x2.add(zOdd, f64x2.mul(d, d))
    }
    store<f64>(out + (<usize>r << 3), total(yEven, yOdd, tail<T>(x, y, whole, end)))
    store<f64>(out + (<usize>r << 3), total(zEven, zOdd, tail<T>(x, z, whole, end)), 8)
  }
  if (r == count) return
  const y = base + <usize>load<i32>(rows + (<usize>r << 2)) * end
  let even = f64x2.splat(0)
  let odd = f64x2.splat(0)
  for (let at: usize = 0; at < whole; at += 2 * step) {
    const a = f64x2.sub(pair<T>(x + at), pair<T>(y + at))
    const b = f64x2.sub(pair<T>(x + at + step), pair<T>(y + at + step))
    even = f64x2.add(even, f64x2.mul(a, a))
    odd = f64x2.add(odd, f64x2.mul(b, b))
  }
  store<f64>(out + (<usize>r << 3), total(even, odd, tail<T>(x, y, whole, end)))
}

/** ‖x − y‖² to each of `count` rows y of `base`, named by `rows`: the sum that `squaredDistance` of @dc/core/points takes. */
export function squaredDistances(x: usize, base: usize, rows: usize, count: i32, columns: i32, out: usize): void {
  distances<f64>(x, base, rows, count, columns, out)
}

/** The same for float32 rows; the sums are still in float64. */
export function squaredDistances32(x: usize, base: usize, rows: usize, count: i32, columns: i32, out: usize): void {
  distances<f32>(x, base, rows, count, columns, out)
}

// @ts-ignore: decorator
@inline
function deviation<T>(x: usize, origin: usize, count: i32, weight: f64, out: usize): void {
  const whole = <usize>(count & ~1) << 3
  const end = <usize>count << 3
  const both = f64x2.splat(weight)
  let at: usize = 0
  for (; at < whole; at += 16, x += 2 * sizeof<T>()) {
    const d = f64x2.sub(pair<T>(x), v128.load(origin + at))
    v128.store(out + at, f64x2.add(v128.load(out + at), f64x2.mul(both, d)))
  }
  if (at == end) return
  const d = <f64>load<T>(x) - load<f64>(origin + at)
  store<f64>(out + at, load<f64>(out + at) + weight * d)
}

/** out += weight · (x − origin) over `count` values. */
export function addDeviation(x: usize, origin: usize, count: i32, weight: f64, out: usize): void {
  deviation<f64>(x, origin, count, weight, out)
}

/** The same for a float32 x. */
export function addDeviation32(x: usize, origin: usize, count: i32, weight: f64, out: usize): void {
  deviation<f32>(x, origin, count, weight, out)
}

/** Adds each row's deviation from an origin to a sum for every column; returns the sum of the squared deviations. */
export function addDeviations(x: usize, rows: i32, columns: i32, origin: usize, sums: usize): f64 {
  const whole = <usize>(columns & ~1) << 3
  const end = <usize>columns << 3
  let squares = f64x2.splat(0)
  let square: f64 = 0
  for (let i = 0; i < rows; i++, x += end) {
    let at: usize = 0
    for (; at < whole; at += 16) {
      const d = f64x2.sub(v128.load(x + at), v128.load(origin + at))
      v128.store(sums + at, f64x2.add(v128.load(sums + at), d))
      squares = f64x2.add(squares, f64x2.mul(d, d))
    }
    for (; at < end; at += 8) {
      const d = load<f64>(x + at) - load<f64>(origin + at)
      store<f64>(sums + at, load<f64>(sums + at) + d)
      square += d * d
    }
  }
  return square + f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1)
}

/** Widens the range of every column to hold these rows. */
export function widenRanges(x: usize, rows: i32, columns: i32, lows: usize, highs: usize): void {
  const whole = <usize>(columns & ~1) << 3
  const end = <usize>columns << 3
  for (let i = 0; i < rows; i++, x += end) {
    let at: usize = 0
    for (; at < whole; at += 16) {
      const v = v128.load(x + at)
      v128.store(lows + at, f64x2.pmin(v128.load(lows + at), v))
      v128.store(highs + at, f64x2.pmax(v128.load(highs + at), v))
    }
    for (; at < end; at += 8) {
      const v = load<f64>(x + at)
      store<f64>(lows + at, min(load<f64>(lows + at), v))
      store<f64>(highs + at, max(load<f64>(highs + at), v))
    }
  }
}

/**
 * Rows to the nearest integers 0 … 127 of (x − low) · perStep. For every row also the sum of the integers' squares, and the
 * sum of the squared rounding errors in steps.
 */
export function quantise(
  x: usize, rows: i32, columns: i32, lows: usize, perStep: f64, out: usize, norms: usize, errors: usize,
): void {
  const whole = columns & ~3
  const scale = f64x2.splat(perStep)
  const least = f64x2.splat(0)
  const most = f64x2.splat(127)
  for (let i = 0; i < rows; i++, x += <usize>columns << 3, out += columns) {
    let error = f64x2.splat(0)
    let other = f64x2.splat(0)
    let squares = i32x4.splat(0)
    let j = 0
    for (; j < whole; j += 4) {
      const at = <usize>j << 3
      const exact = f64x2.mul(f64x2.sub(v128.load(x + at), v128.load(lows + at)), scale)
      const next = f64x2.mul(f64x2.sub(v128.load(x + at, 16), v128.load(lows + at, 16)), scale)
      const rounded = f64x2.nearest(f64x2.pmin(most, f64x2.pmax(least, exact)))
      const nextRounded = f64x2.nearest(f64x2.pmin(most, f64x2.pmax(least, next)))
      const off = f64x2.sub(exact, rounded)
      const nextOff = f64x2.sub(next, nextRounded)
      error = f64x2.add(error, f64x2.mul(off, off))
      other = f64x2.add(other, f64x2.mul(nextOff, nextOff))
      const integers = v128.shuffle<i32>(
        i32x4.trunc_sat_f64x2_s_zero(rounded), i32x4.trunc_sat_f64x2_s_zero(nextRounded), 0, 1, 4, 5,
      )
      squares = i32x4.add(squares, i32x4.mul(integers, integers))
      const narrow = i16x8.narrow_i32x4_s(integers, integers)
      v128.store_lane<u32>(out + j, i8x16.narrow_i16x8_u(narrow, narrow), 0)
    }
    error = f64x2.add(error, other)
    let sum = f64x2.extract_lane(error, 0) + f64x2.extract_lane(error, 1)
    let square = i32x4.extract_lane(squares, 0) + i32x4.extract_lane(squares, 1) +
      i32x4.extract_lane(squares, 2) + i32x4.extract_lane(squares, 3)
    for (; j < columns; j++) {
      const exact = (load<f64>(x + (<usize>j << 3)) - load<f64>(lows + (<usize>j << 3))) * perStep
      const rounded = nearest<f64>(min<f64>(127, max<f64>(0, exact)))
      sum += (exact - rounded) * (exact - rounded)
      square += <i32>rounded * <i32>rounded
      store<u8>(out + j, <u8>rounded)
    }
    store<i32>(norms + (<usize>i << 2), square)
    store<f64>(errors + (<usize>i << 3), sum)
  }
}

// @ts-ignore: decorator
@inline
function blend(
  sum: v128, current: usize, before: usize, out: usize, scale: v128, centre: v128, keep: v128,
): void {
  const inner = f64x2.mul(scale, f64x2.sub(sum, f64x2.mul(centre, v128.load(current))))
  v128.store(out, f64x2.sub(inner, f64x2.mul(keep, v128.load(before))))
}

/**
 * out = scale · (A x − centre · x) − keep · before: one step of a Chebyshev recurrence, on blocks of `width` columns.
 * A has compressed rows.
 */
export function recur(
  offsets: usize, indices: usize, values: usize, rows: i32, width: i32, x: usize, before: usize,
  scale: f64, centre: f64, keep: f64, out: usize,
): void {
  const whole = <usize>(width & ~7) << 3
  const bytes = <usize>width << 3
  const scales = f64x2.splat(scale)
  const centres = f64x2.splat(centre)
  const keeps = f64x2.splat(keep)
  for (let i = 0; i < rows; i++) {
    const start = load<i32>(offsets + (<usize>i << 2))
    const end = load<i32>(offsets + (<usize>i << 2), 4)
    const row = <usize>i * bytes
    let at: usize = 0
    for (; at < whole; at += 64) {
      let a = f64x2.splat(0)
      let b = f64x2.splat(0)
      let c = f64x2.splat(0)
      let d = f64x2.splat(0)
      for (let s = start; s < end; s++) {
        const weight = v128.load64_splat(values + (<usize>s << 3))
        const from = x + <usize>load<i32>(indices + (<usize>s << 2)) * bytes + at
        a = f64x2.add(a, f64x2.mul(weight, v128.load(from)))
        b = f64x2.add(b, f64x2.mul(weight, v128.load(from, 16)))
        c = f64x2.add(c, f64x2.mul(weight, v128.load(from, 32)))
        d = f64x2.add(d, f64x2.mul(weight, v128.load(from, 48)))
      }
      const place = row + at
      blend(a, x + place, before + place, out + place, scales, centres, keeps)
      blend(b, x + place + 16, before + place + 16, out + place + 16, scales, centres, keeps)
      blend(c, x + place + 32, before + place + 32, out + place + 32, scales, centres, keeps)
      blend(d, x + place + 48, before + place + 48, out + place + 48, scales, centres, keeps)
    }
    for (; at < bytes; at += 8) {
      let sum: f64 = 0
      for (let s = start; s < end; s++) {
        const from = x + <usize>load<i32>(indices + (<usize>s << 2)) * bytes + at
        sum += load<f64>(values + (<usize>s << 3)) * load<f64>(from)
      }
      const place = row + at
      const inner = scale * (sum - centre * load<f64>(x + place))
      store<f64>(out + place, inner - keep * load<f64>(before + place))
    }
  }
}

/** out += XᵀY of `[rows, p]` and `[rows, q]` blocks. */
export function transposedTimes(x: usize, p: i32, y: usize, q: i32, rows: i32, out: usize): void {
  const xBytes = <usize>p << 3
  const yBytes = <usize>q << 3
  const whole = <usize>(q & ~1) << 3
  let row = 0
  // Four rows at a time: each sum is loaded and stored once for the four.
  for (; row + 4 <= rows; row += 4, x += 4 * xBytes, y += 4 * yBytes)
    for (let a: usize = 0; a < xBytes; a += 8) {
      const f0 = v128.load64_splat(x + a)
      const f1 = v128.load64_splat(x + a + xBytes)
      const f2 = v128.load64_splat(x + a + 2 * xBytes)
      const f3 = v128.load64_splat(x + a + 3 * xBytes)
      const to = out + (a >> 3) * yBytes
      let b: usize = 0
      for (; b < whole; b += 16) {
        const from = y + b
        const near = f64x2.add(f64x2.mul(f0, v128.load(from)), f64x2.mul(f1, v128.load(from + yBytes)))
        const far = f64x2.add(
          f64x2.mul(f2, v128.load(from + 2 * yBytes)), f64x2.mul(f3, v128.load(from + 3 * yBytes)),
        )
        v128.store(to + b, f64x2.add(v128.load(to + b), f64x2.add(near, far)))
      }
      for (; b < yBytes; b += 8) {
        const from = y + b
        const near = load<f64>(x + a) * load<f64>(from) + load<f64>(x + a + xBytes) * load<f64>(from + yBytes)
        const far = load<f64>(x + a + 2 * xBytes) * load<f64>(from + 2 * yBytes) +
          load<f64>(x + a + 3 * xBytes) * load<f64>(from + 3 * yBytes)
        store<f64>(to + b, load<f64>(to + b) + (near + far))
      }
    }
  for (; row < rows; row++, x += xBytes, y += yBytes)
    for (let a: usize = 0; a < xBytes; a += 8) {
      const to = out + (a >> 3) * yBytes
      for (let b: usize = 0; b < yBytes; b += 8)
        store<f64>(to + b, load<f64>(to + b) + load<f64>(x + a) * load<f64>(y + b))
    }
}

/** out = X C of a `[rows, p]` block and a `[p, q]` matrix. */
export function timesSmall(x: usize, p: i32, c: usize, q: i32, rows: i32, out: usize): void {
  const xBytes = <usize>p << 3
  const bytes = <usize>q << 3
  const whole = <usize>(q & ~7) << 3
  for (let i = 0; i < rows; i++, x += xBytes, out += bytes) {
    let at: usize = 0
    for (; at < whole; at += 64) {
      let s0 = f64x2.splat(0)
      let s1 = f64x2.splat(0)
      let s2 = f64x2.splat(0)
      let s3 = f64x2.splat(0)
      let from = c + at
      for (let a: usize = 0; a < xBytes; a += 8, from += bytes) {
        const factor = v128.load64_splat(x + a)
        s0 = f64x2.add(s0, f64x2.mul(factor, v128.load(from)))
        s1 = f64x2.add(s1, f64x2.mul(factor, v128.load(from, 16)))
        s2 = f64x2.add(s2, f64x2.mul(factor, v128.load(from, 32)))
        s3 = f64x2.add(s3, f64x2.mul(factor, v128.load(from, 48)))
      }
      v128.store(out + at, s0)
      v128.store(out + at, s1, 16)
      v128.store(out + at, s2, 32)
      v128.store(out + at, s3, 48)
    }
    for (; at < bytes; at += 8) {
      let sum: f64 = 0
      let from = c + at
      for (let a: usize = 0; a < xBytes; a += 8, from += bytes) sum += load<f64>(x + a) * load<f64>(from)
      store<f64>(out + at, sum)
    }
  }
}
