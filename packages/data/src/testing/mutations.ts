import fc from 'fast-check'

/** One of some good files, or such a file damaged by accident or on purpose. */
export function mutated(good: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const file = fc.constantFrom(...good)
  const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const byte = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.integer({ min: 0, max: 255 }))
  const truncated = fc.tuple(file, place).map(([bytes, at]) => bytes.subarray(0, Math.floor(at * bytes.length)))
  const flipped = fc
    .tuple(file, fc.array(fc.tuple(place, fc.nat(7)), { minLength: 1, maxLength: 4 }))
    .map(([bytes, flips]) => {
      const out = new Uint8Array(bytes)
      for (const [at, bit] of flips) out[Math.floor(at * out.length)] ^= 1 << bit
      return out
    })
  // Sizes and counts mostly lie near the start or the end, and have four bytes.
  const overwritten = fc
    .tuple(file, fc.boolean(), fc.nat(200), fc.array(byte, { minLength: 1, maxLength: 8 }))
    .map(([bytes, fromEnd, distance, values]) => {
      const out = new Uint8Array(bytes)
      out.set(
        values.slice(0, out.length),
        Math.max(0, Math.min(out.length - values.length, fromEnd ? out.length - distance : distance)),
      )
      return out
    })
  const repeated = fc.tuple(file, place, fc.nat(64)).map(([bytes, at, length]) => {
    const from = Math.floor(at * bytes.length)
    return Buffer.concat([bytes.subarray(0, from + length), bytes.subarray(from)])
  })
  const random = fc
    .tuple(file, fc.nat(12), fc.uint8Array({ maxLength: 300 }))
    .map(([bytes, keep, rest]) => Buffer.concat([bytes.subarray(0, keep), rest]))
  return fc.oneof(file, truncated, flipped, overwritten, repeated, random)
}
