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
  /** `size` float32 draws, uniform from `low` to `high`; rounding to float32 may give `high` itself. */
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

/**
 * Four 32-bit words of the generator, the number of 53 bits that its splits derive from, and the second normal of a pair
 * if held back.
 */
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

/** SplitMix32: spreads 32 bits over four words. The first word alone tells them apart. */
function spread(seed: number): RandomState['words'] {
  let s = seed >>> 0
  const next = () => {
    s = (s + 0x9e3779b9) >>> 0
    let z = s
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }
  return [next(), next(), next(), next()]
}

/**
 * The words that a stream begins with, different ones for any two pairs of numbers: the first word tells `low`, and
 * then the others tell `high`, the 21 bits above it, which are 0 in seeds below 2³².
 */
function firstWords(low: number, high: number): RandomState['words'] {
  const words = spread(low)
  if (high === 0) return words
  const more = spread(high)
  return [words[0], (words[1] ^ more[0]) >>> 0, (words[2] ^ more[1]) >>> 0, (words[3] ^ more[2]) >>> 0]
}

/**
 * A seeded random stream (xoshiro128**, Blackman and Vigna 2018; normals by the polar method).
 *
 * @param seed an integer in [0, 2^53); no two give the same stream
 * @throws OptionError if the seed is not such an integer
 * @example
 * const random = createRandom(7)
 * random.normals(3)                 // Float32Array(3)
 * random.split('views').uniform()   // independent of the draws above
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new OptionError('seed', seed, 'an integer from 0 to 2^53 − 1')
  const high = Math.floor(seed / 2 ** 32)
  return stream(firstWords(seed >>> 0, high), high)
}

/** Two words to a float64 in [0, 1). */
const uniformOf = (high: number, low: number) => (high * 2 ** 21 + (low >>> 11)) * 2 ** -53

/** What streams draw into before they hand it out; nothing in it outlives a draw. */
const scratch = {
  words: new Uint32Array(4096),
  points: new Float64Array(2048),
  radii: new Float64Array(1024),
  normals: new Float64Array(2048),
}

/** @param high the upper bits of the seed, which splits inherit */
function stream(words: RandomState['words'], high: number): Random {
  let [a, b, c, d] = words
  if ((a | b | c | d) === 0) a = 1
  // Splits derive from the words the stream began with, so that drawing does not change its children.
  let origin =
    high * 2 ** 32 + ((a ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35) ^ Math.imul(d, 0x27d4eb2f)) >>> 0)
  let spare: number | null = null

  /** The next words of the generator. In one place and on local variables, for long draws are what a step waits for. */
  const fill = (out: Uint32Array, size: number) => {
    let w = a
    let x = b
    let y = c
    let z = d
    for (let i = 0; i < size; i++) {
      const times5 = Math.imul(x, 5)
      out[i] = Math.imul((times5 << 7) | (times5 >>> 25), 9)
      const shifted = x << 9
      y ^= w
      z ^= x
      x ^= y
      w ^= z
      y ^= shifted
      z = (z << 11) | (z >>> 21)
    }
    a = w
    b = x
    c = y
    d = z
  }
  const bits = () => {
    fill(scratch.words, 1)
    return scratch.words[0]
  }
  const uniform = () => {
    fill(scratch.words, 2)
    return uniformOf(scratch.words[0], scratch.words[1])
  }
  /** Normals into `scratch.normals`, by pairs; the second of a last pair that only needs one is held back. */
  const fillNormals = (size: number) => {
    const { words, points, radii, normals } = scratch
    let at = 0
    while (at < size) {
      // As many candidates as pairs are missing: not one more than drawing them one by one would take.
      const end = 4 * ((size - at + 1) >> 1)
      fill(words, end)
      // First the points inside the circle, without a branch on what is random, then the logarithms.
      let inside = 0
      for (let i = 0; i < end; i += 4) {
        const x = 2 * uniformOf(words[i], words[i + 1]) - 1
        const y = 2 * uniformOf(words[i + 2], words[i + 3]) - 1
        const radius = x * x + y * y
        points[2 * inside] = x
        points[2 * inside + 1] = y
        radii[inside] = radius
        inside += radius < 1 && radius !== 0 ? 1 : 0
      }
      for (let k = 0; k < inside; k++) {
        const scale = Math.sqrt((-2 * Math.log(radii[k])) / radii[k])
        normals[at++] = points[2 * k] * scale
        normals[at++] = points[2 * k + 1] * scale
      }
    }
    if (at > size) spare = normals[size]
  }
  const normal = () => {
    if (spare !== null) {
      const value = spare
      spare = null
      return value
    }
    fillNormals(1)
    return scratch.normals[0]
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
      const { words } = scratch
      for (let i = 0; i < size; ) {
        const count = Math.min(size - i, words.length >> 1)
        fill(words, 2 * count)
        for (let k = 0; k < count; k++) out[i++] = low + width * uniformOf(words[2 * k], words[2 * k + 1])
      }
      return out
    },
    normals(size, mean = 0, deviation = 1) {
      const out = new Float32Array(size)
      let i = 0
      if (size > 0 && spare !== null) out[i++] = mean + deviation * normal()
      while (i < size) {
        const count = Math.min(size - i, scratch.normals.length)
        fillNormals(count)
        for (let k = 0; k < count; k++) out[i++] = mean + deviation * scratch.normals[k]
      }
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
      const upper = Math.floor(origin / 2 ** 32)
      return stream(firstWords((origin >>> 0) ^ hash(String(label)), upper), upper)
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
