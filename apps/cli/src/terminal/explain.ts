import { DcError } from '@dc/core'
import { terminalLines } from './text'

/** One message for mistakes of the user and failures of the system. The stack is shown only for errors of our own. */
export function explain(error: unknown): string {
  return `dclust: ${terminalLines(reason(error))}\n`
}

function reason(error: unknown): string {
  if (DcError.isInstance(error)) return error.message
  const { code, message, stack } = error as NodeJS.ErrnoException
  return code !== undefined && message ? message : `unexpected error, please report it.\n${stack ?? String(error)}`
}
