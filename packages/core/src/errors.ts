import { printable, printableLines, quoted } from './text'

/** Names, cells and lists from outside go into messages; a message is for a terminal and has an end. */
const longestMessage = 4000

/** What every error of the deep-clustering packages has in common: facts as fields, a marker that survives copies. */
const marker = Symbol.for('@dc/core/error')

/**
 * Base class of all errors thrown on purpose by `@dc/*` packages.
 *
 * `DcError.isInstance(error)` also recognises errors made by another installed copy of `@dc/core`.
 */
export class DcError extends Error {
  readonly [marker] = true
  /** Facts behind the message, for programs. */
  readonly facts: Readonly<Record<string, unknown>>

  /** @param message shown with control characters escaped, and cut in its middle beyond 4,000 characters */
  constructor(message: string, facts: Record<string, unknown> = {}, cause?: unknown) {
    super(bounded(message), cause === undefined ? undefined : { cause })
    this.name = new.target.name
    this.facts = facts
  }

  static isInstance(error: unknown): error is DcError {
    return typeof error === 'object' && error !== null && marker in error
  }
}

/** A tensor or array has the wrong shape. Prints the argument's name, the shape found and the shape expected. */
export class ShapeError extends DcError {
  constructor(argument: string, found: readonly (number | null)[], expected: string) {
    super(`${argument} has shape [${found.join(', ')}]; expected ${expected}.`, { argument, found, expected })
  }
}

/** An argument or option has a value that is not allowed. Prints its path, the value given and what is allowed. */
export class OptionError extends DcError {
  constructor(path: string, given: unknown, allowed: string) {
    super(`${path}: got ${show(given)}; allowed: ${allowed}.`, { path, given, allowed })
  }
}

/** A plugin name that is not registered. Lists the names that are. */
export class UnknownPluginError extends DcError {
  constructor(kind: string, name: string, available: readonly string[]) {
    const list = available.length > 0 ? available.join(', ') : 'none'
    super(`No ${kind} named '${name}' is registered. Registered: ${list}.`, { kind, name, available })
  }
}

/** Data that cannot be worked with: NaN, empty or corrupt files, too few rows. */
export class DataError extends DcError {}

/** An optional peer dependency is not installed. Names the package and the command that installs it. */
export class MissingPeerError extends DcError {
  constructor(peer: string, neededFor: string, cause?: unknown, note?: string) {
    const hint = note ? ` ${note}` : ''
    super(
      `${neededFor} needs the optional package '${peer}', which is not installed. Install it: npm install ${peer}.${hint}`,
      { peer, neededFor },
      cause,
    )
  }
}

/** A backend that was asked for cannot run. Says why, and what to install. */
export class BackendError extends DcError {}

function bounded(message: string): string {
  // A message of ours may have lines; one that is too long was made so by what it quotes.
  return message.length <= longestMessage ? printableLines(message) : printable(message, longestMessage)
}

/** Short text of any value for an error message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${value.byteLength} bytes)`
  if (typeof value === 'number' || value === undefined || value === null) return String(value)
  let text: string
  try {
    text = JSON.stringify(value) ?? String(value)
  } catch {
    text = String(value)
  }
  return printable(text, 80)
}
