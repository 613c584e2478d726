import { DcError } from '@dc/core'

/** @throws DcError if there is nothing to predict by */
export function requireFitted<T>(found: T | undefined): T {
  if (found === undefined) throw new DcError('This method is not fitted yet: call fit or restore first.')
  return found
}
