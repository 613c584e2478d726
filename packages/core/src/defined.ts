/**
 * The options that are given: a copy without those that are `undefined`, which in a spread would hide a default.
 *
 * @example
 * const settings = { rounds: 10, ...defined({ rounds: undefined, epsilon: 1 }) } // { rounds: 10, epsilon: 1 }
 */
export function defined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T
}
