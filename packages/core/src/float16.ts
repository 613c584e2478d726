// 16-bit floating-point numbers. Node 20 has no array type for them.

const word = new DataView(new ArrayBuffer(4))

/**
 * The value of a float16 number (IEEE 754 binary16).
 *
 * @param bits the number's 16 bits as an integer 0 … 65,535
 * @example
 * float16ToNumber(0x3e00) // 1.5
 */
export function float16ToNumber(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023]
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/**
 * The bits of the float16 number nearest to a value, ties to even; ±∞ from 65,520 on.
 *
 * @example
 * numberToFloat16(1.5) // 0x3e00
 */
export function numberToFloat16(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.abs(value)
  if (Number.isNaN(size)) return 0x7e00
  if (size >= 65520) return sign | 0x7c00
  // Below 2⁻¹⁴ the numbers are evenly spaced.
  const exponent = Math.max(-14, Math.floor(Math.log2(size)))
  const step = 2 ** (exponent - 10)
  // If rounding carries out of the fraction, the sum raises the exponent by one, which is the right result.
  return sign | (roundEven(size / step) + (exponent === -14 ? 0 : (exponent + 14) << 10))
}

/**
 * The value of a bfloat16 number, whose 16 bits are the upper half of a float32.
 *
 * @param bits the number's 16 bits as an integer 0 … 65,535
 * @example
 * bfloat16ToNumber(0x3fc0) // 1.5
 */
export function bfloat16ToNumber(bits: number): number {
  word.setUint32(0, bits << 16)
  return word.getFloat32(0)
}

function roundEven(value: number): number {
  const low = Math.floor(value)
  const rest = value - low
  return rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low
}
