import { describe, expect, it } from 'vitest'
import { bfloat16ToNumber, float16ToNumber, numberToFloat16 } from './float16'

describe('16-bit numbers', () => {
  it('are read as IEEE 754 says', () => {
    const known: [number, number][] = [
      [0x3e00, 1.5],
      [0x0001, 2 ** -24],
      [0x03ff, 1023 * 2 ** -24],
      [0x0400, 2 ** -14],
      [0x7bff, 65504],
      [0xc000, -2],
      [0x7c00, Number.POSITIVE_INFINITY],
      [0xfc00, Number.NEGATIVE_INFINITY],
      [0x7e00, Number.NaN],
      [0x8000, -0],
    ]
    for (const [bits, value] of known) expect(float16ToNumber(bits), bits.toString(16)).toBe(value)
    expect([0x3fc0, 0xc000, 0x0001, 0x7f80].map(bfloat16ToNumber)).toEqual([
      1.5,
      -2,
      2 ** -133,
      Number.POSITIVE_INFINITY,
    ])
    expect(bfloat16ToNumber(0x7fc0)).toBeNaN()
  })

  it('come back from their value, all of them', () => {
    for (let bits = 0; bits < 65536; bits++) {
      const value = float16ToNumber(bits)
      if (!Number.isNaN(value) && numberToFloat16(value) !== bits) expect(numberToFloat16(value)).toBe(bits)
    }
    expect(float16ToNumber(numberToFloat16(Number.NaN))).toBeNaN()
  })

  it('are the nearest ones, and of two the even one', () => {
    for (let bits = 0; bits < 0x7bff; bits++) {
      const [low, high] = [float16ToNumber(bits), float16ToNumber(bits + 1)]
      const middle = (low + high) / 2
      const found = [numberToFloat16((low + middle) / 2), numberToFloat16(middle), numberToFloat16((middle + high) / 2)]
      const expected = [bits, bits % 2 === 0 ? bits : bits + 1, bits + 1]
      if (found.join() !== expected.join()) expect(found).toEqual(expected)
    }
    expect([65519.9, 65520, -1e300].map(numberToFloat16)).toEqual([0x7bff, 0x7c00, 0xfc00])
  })
})
