import { DcError } from '../errors'
import type { tf } from '../tf'

/** The two functions of a test runner that a suite needs; vitest, jest, mocha, jasmine and node:test all have them. */
export interface TestApi {
  describe(name: string, body: () => void): void
  it(name: string, body: () => void | Promise<void>): void
}

/** Fails the current test. */
export function fail(message: string, facts: Record<string, unknown> = {}): never {
  throw new DcError(message, facts)
}

/** Asserts a condition. */
export function check(condition: boolean, message: string): asserts condition {
  if (!condition) fail(message)
}

/** Asserts that two lists of numbers agree: `|found − expected| ≤ tolerance · max(1, |expected|)`; NaN agrees with NaN. */
export function checkClose(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  if (found.length !== expected.length) fail(`${what}: ${found.length} values, expected ${expected.length}`)
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [Number(found[i]), Number(expected[i])]
    const same = Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b))
    if (!same && !(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b))))
      fail(`${what}: value ${i} is ${a}, expected ${b} (tolerance ${tolerance})`)
  }
}

/** Asserts that every value is a finite number. */
export function checkFinite(values: ArrayLike<number>, what: string): void {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) fail(`${what}: value ${i} is ${values[i]}`)
}

/** Asserts a shape. */
export function checkShape(found: readonly number[], expected: readonly number[], what: string): void {
  if (found.length !== expected.length || found.some((size, i) => size !== expected[i]))
    fail(`${what} has shape [${found.join(', ')}], expected [${expected.join(', ')}]`)
}

/** Values of a tensor, which is disposed. */
export async function valuesOf(tensor: tf.Tensor): Promise<Float32Array | Int32Array | Uint8Array> {
  const values = await tensor.data()
  tensor.dispose()
  return values as Float32Array
}

/** Deterministic values in [−1, 1) that repeat nowhere near the sizes tests use. */
export function waves(size: number, phase = 0): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => {
    const x = Math.sin(i * 12.9898 + phase * 78.233 + 1) * 43758.5453
    return 2 * (x - Math.floor(x)) - 1
  })
}
