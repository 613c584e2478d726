import { DcError } from '@dc/core'
import { withoutSecrets } from '@dc/distributed/secrets'
import { terminalLines } from './text'

/**
 * One message for mistakes of the user and failures of the system. The stack is shown only for errors of our own; of all
 * others, such as a plugin's, where the environment has DCLUST_DEBUG.
 */
export function explain(error: unknown): string {
  const stack = isAsked(process.env.DCLUST_DEBUG) && isTold(error) ? `\n${stackOf(error)}` : ''
  return `dclust: ${terminalLines(withoutSecrets(`${reason(error)}${stack}`))}\n`
}

function reason(error: unknown): string {
  if (DcError.isInstance(error)) return error.message
  if (isTold(error)) return (error as Error).message
  return `unexpected error, please report it.\n${(error as Error | undefined)?.stack ?? String(error)}`
}

/** Whether the message says all, with no need of a stack. */
function isTold(error: unknown): boolean {
  if (DcError.isInstance(error)) return true
  const { code, message } = (error ?? {}) as NodeJS.ErrnoException
  return code !== undefined && !!message
}

/** Stacks of an error and of what caused it. */
function stackOf(error: unknown): string {
  const { stack, cause } = error as Error
  return [stack ?? String(error), ...(cause instanceof Error ? [`caused by ${stackOf(cause)}`] : [])].join('\n')
}

function isAsked(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value)
}
