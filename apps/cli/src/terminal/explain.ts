import { existsSync } from 'node:fs'
import { DcError, quoted, UnknownPluginError } from '@dc/core'
import { withoutSecrets } from '@dc/distributed/secrets'
import { asFlags, flagInFront } from './as-flags'
import { terminalLines } from './text'

/**
 * One message for mistakes of the user and failures of the system. The stack is shown only for errors of our own; of all
 * others, such as a plugin's, where the environment has DCLUST_DEBUG.
 *
 * @param setsData whether the command has flags for the options of readers, so that messages may name them
 */
export function explain(error: unknown, setsData = false): string {
  const stack = isAsked(process.env.DCLUST_DEBUG) && isTold(error) ? `\n${stackOf(error)}` : ''
  // A flag that is missing was not given as undefined.
  const said = reason(error).replace(/^(--[\w-]+): got undefined; /, '$1: nothing was given; ')
  return `dclust: ${terminalLines(withoutSecrets(`${setsData && DcError.isInstance(error) ? asFlags(flagInFront(said)) : said}${stack}`))}\n`
}

function reason(error: unknown): string {
  if (UnknownPluginError.isInstance(error)) return `${error.message}${noSuchPath(error.facts)}`
  if (DcError.isInstance(error)) return error.message
  if (isTold(error)) return (error as Error).message
  return `unexpected error, please report it.\n${(error as Error | undefined)?.stack ?? String(error)}`
}

/** A name that no dataset has may be meant as a path. */
function noSuchPath({ kind, name }: Readonly<Record<string, unknown>>): string {
  return kind === 'dataset' && !existsSync(String(name))
    ? ` Nor is there a file or folder ${quoted(String(name))}.`
    : ''
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
