import { OptionError } from './errors'

/**
 * A seeded, splittable stream of random numbers. Same seed, same numbers, on every machine.
 *
 * Make one with {@link createRandom}. Every random draw in `@dc/*` comes from one that is passed in.
 */
export interface Random {
  /** A float64 in [0, 1) with 53 random bits. */
  uniform(): number
  /** An integer in [0, bound), without modulo bias. */
  integer(bound: number): number
  /** A standard normal draw. */
  normal(): number
  /** `size` float32 draws, uniform in [low, high). */
  uniforms(size: number, low?: number, high?: number): Float32Array
  /** `size` float32 normal draws. */
  normals(size: number, mean?: number, deviation?: number): Float32Array
  /** A uniformly random order of 0 … size−1. */
  permutation(size: number): Int32Array
  /** An independent stream named by `label`; does not advance this one. */
  split(label: string | number): Random
  /** Where the stream stands, for checkpoints. */
  state(): RandomState
  /** Continue from a saved state. */
  restore(state: RandomState): void
}

/** Four 32-bit words of the generator, the number its splits derive from, and the second normal of a pair if held back. */
export interface RandomState {
  words: [number, number, number, number]
  origin: number
  spare: number | null
}

/** FNV-1a over UTF-16 units: names to 32-bit numbers. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** SplitMix32: spreads a 32-bit seed over as many words as are asked for. */
function spread(seed: number): () => number {
  let s = seed >>> 0
  return () => {
    s = (s + 0x9e3779b9) >>> 0
    let z = s
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }
}

/**
 * A seeded random stream (xoshiro128**, Blackman and Vigna 2018; normals by the polar method).
 *
 * @param seed an integer in [0, 2^53)
 * @throws OptionError if the seed is not such an integer
 * @example
 * const random = createRandom(7)
 * random.normals(3)                 // Float32Array(3)
 * random.split('views').uniform()   // independent of the draws above
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new OptionError('seed', seed, 'an integer from 0 to 2^53 − 1')
  const next = spread((seed >>> 0) ^ Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b1))
  return stream([next(), next(), next(), next()])
}

function stream(words: RandomState['words']): Random {
  let [a, b, c, d] = words
  if ((a | b | c | d) === 0) a = 1
  // Splits derive from the words the stream began with, so that drawing does not change its children.
  let origin = (a ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35) ^ Math.imul(d, 0x27d4eb2f)) >>> 0
  let spare: number | null = null

  const bits = () => {
    const times5 = Math.imul(b, 5)
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result
  }
  const uniform = () => (bits() * 2 ** 21 + (bits() >>> 11)) * 2 ** -53
  const normal = () => {
    if (spare !== null) {
      const value = spare
      spare = null
      return value
    }
    let x: number
    let y: number
    let radius: number
    do {
      x = 2 * uniform() - 1
      y = 2 * uniform() - 1
      radius = x * x + y * y
    } while (radius >= 1 || radius === 0)
    const scale = Math.sqrt((-2 * Math.log(radius)) / radius)
    spare = y * scale
    return x * scale
  }
  const integer = (bound: number) => {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32)
      throw new OptionError('bound', bound, 'an integer from 1 to 2^32')
    const limit = 2 ** 32 - (2 ** 32 % bound)
    let value = bits()
    while (value >= limit) value = bits()
    return value % bound
  }
  const random: Random = {
    uniform,
    integer,
    normal,
    uniforms(size, low = 0, high = 1) {
      const out = new Float32Array(size)
      const width = high - low
      for (let i = 0; i < size; i++) out[i] = low + width * uniform()
      return out
    },
    normals(size, mean = 0, deviation = 1) {
      const out = new Float32Array(size)
      for (let i = 0; i < size; i++) out[i] = mean + deviation * normal()
      return out
    },
    permutation(size) {
      const order = new Int32Array(size)
      for (let i = 0; i < size; i++) order[i] = i
      for (let i = size - 1; i > 0; i--) {
        const j = integer(i + 1)
        const kept = order[i]
        order[i] = order[j]
        order[j] = kept
      }
      return order
    },
    split(label) {
      const next = spread(origin ^ hash(String(label)))
      return stream([next(), next(), next(), next()])
    },
    state: () => ({ words: [a >>> 0, b >>> 0, c >>> 0, d >>> 0], origin, spare }),
    restore(state) {
      ;[a, b, c, d] = state.words
      origin = state.origin
      spare = state.spare
    },
  }
  return random
}
