import { OptionError, show } from './errors'

/**
 * Checks an integer option against its range.
 *
 * @param path the option's name, for the message
 * @param why what the range follows from
 * @throws OptionError for what is no integer from `low` to `high`
 * @example
 * checkInteger('k', 3, 1, 10, 'there are 10 points')
 */
export function checkInteger(path: string, value: unknown, low: number, high: number, why = ''): void {
  if (!Number.isInteger(value) || (value as number) < low || (value as number) > high)
    throw new OptionError(path, value, `an integer from ${low} to ${high}${why && ` (${why})`}`)
}

/**
 * Checks a number option against its range.
 *
 * @param path the option's name, for the message
 * @throws OptionError for what is no number from `low` to `high`
 * @example
 * checkNumber('momentum', 0.9, 0, 1)
 */
export function checkNumber(path: string, value: unknown, low: number, high = Number.POSITIVE_INFINITY): void {
  if (typeof value !== 'number' || !(value >= low && value <= high))
    throw new OptionError(
      path,
      value,
      high === Number.POSITIVE_INFINITY ? `a number ≥ ${low}` : `a number from ${low} to ${high}`,
    )
}

/**
 * Checks that an option is one of the choices.
 *
 * @param path the option's name, for the message
 * @throws OptionError that names the choices
 * @example
 * checkChoice('mask', 'none', ['none', 'diagonal'])
 */
export function checkChoice<T>(path: string, value: unknown, choices: readonly T[]): asserts value is T {
  if (!choices.includes(value as T)) throw new OptionError(path, value, choices.map(show).join(', '))
}
