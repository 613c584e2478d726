/**
 * The options that are given: a copy without those that are `undefined`, which in a spread would hide a default.
 *
 * @example
 * const given: { rounds?: number; epsilon?: number } = { rounds: undefined, epsilon: 1 }
 * const settings = { ...{ rounds: 10 }, ...defined(given) } // { rounds: 10, epsilon: 1 }
 */
export function defined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T
}
