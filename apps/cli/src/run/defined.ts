import { DcError } from '@dc/core'

/** Why numbers are null, by their name. */
export type Reasons = Record<string, string>

/**
 * A number that may be undefined: for a single cluster, no class, rows without a direction. A finished training is never lost
 * for such a number. If it is not finite, or computing it throws, it becomes null, and `reasons` says why.
 *
 * @param why the reason for a value that is not finite
 * @example
 * const reasons: Reasons = {}
 * defined('nmi', () => 0 / 0, reasons, 'a single class')   // null; reasons.nmi is 'a single class'
 */
export function defined(name: string, compute: () => number, reasons: Reasons, why = 'not defined'): number | null {
  try {
    const value = compute()
    if (Number.isFinite(value)) return value
    reasons[name] = why
  } catch (error) {
    reasons[name] = reasonOf(error)
  }
  return null
}

/** What went wrong, in a line. */
export function reasonOf(error: unknown): string {
  if (DcError.isInstance(error)) return error.message
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
