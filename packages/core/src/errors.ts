import { printable, printableLines, quoted } from './text'

/** Longest message in characters. A message may quote names, cells and lists from outside, which are of any length. */
const longestMessage = 4000

/** The marker of a class of errors: the same symbol in every copy of this file, whatever name a bundler gives the class. */
const marker = (kind: string) => Symbol.for(`@dc/core/error${kind}`)

/**
 * Base class of all errors thrown on purpose by `@dc/*` packages: facts as fields, a marker for each class.
 *
 * `isInstance` recognises errors made by another installed copy of `@dc/core`, which `instanceof` does not.
 *
 * @example
 * import { DataError, DcError } from '@dc/core'
 * const error: unknown = new DataError('File a.csv is empty.')
 * DataError.isInstance(error) // true
 * DcError.isInstance(error) // true
 */
export class DcError extends Error {
  /** Marks the errors of this class; a class without a marker of its own is recognised by `instanceof`. */
  static readonly marker: symbol = marker('')
  /** Facts behind the message, for programs. */
  readonly facts: Readonly<Record<string, unknown>>

  /** @param message shown with control characters escaped, and cut in its middle beyond 4,000 characters */
  constructor(message: string, facts: Record<string, unknown> = {}, cause?: unknown) {
    super(bounded(message), cause === undefined ? undefined : { cause })
    this.name = new.target.name
    this.facts = facts
    for (let type: object = new.target; type !== Error; type = Object.getPrototypeOf(type))
      if (Object.hasOwn(type, 'marker')) Object.defineProperty(this, (type as typeof DcError).marker, { value: true })
  }

  /** Whether this is an error of the class asked, or of one below it, from any copy of `@dc/core`. */
  static isInstance<T extends DcError>(this: ErrorClass<T>, error: unknown): error is T {
    // biome-ignore lint/complexity/noThisInStatic: the class that is asked may be one below this.
    return isError(this, error)
  }
}

/** What `isInstance` is called on. */
type ErrorClass<T extends DcError> = (abstract new (...facts: never[]) => T) & { readonly marker: symbol }

function isError<T extends DcError>(type: ErrorClass<T>, error: unknown): error is T {
  if (typeof error !== 'object' || error === null) return false
  return Object.hasOwn(type, 'marker') ? type.marker in error : error instanceof type
}

/** A tensor or array has the wrong shape. Prints the argument's name, the shape found and the shape expected. */
export class ShapeError extends DcError {
  static override readonly marker: symbol = marker('/shape')

  constructor(argument: string, found: readonly (number | null)[], expected: string) {
    super(`${argument} has shape [${found.join(', ')}]; expected ${expected}.`, { argument, found, expected })
  }
}

/** An argument or option has a value that is not allowed. Prints its path, the value given and what is allowed. */
export class OptionError extends DcError {
  static override readonly marker: symbol = marker('/option')

  constructor(path: string, given: unknown, allowed: string) {
    super(`${path}: got ${show(given)}; allowed: ${allowed}.`, { path, given, allowed })
  }
}

/** A plugin name that is not registered. Lists the names that are. */
export class UnknownPluginError extends DcError {
  static override readonly marker: symbol = marker('/unknown-plugin')

  constructor(kind: string, name: string, available: readonly string[]) {
    const list = available.length > 0 ? available.join(', ') : 'none'
    super(`No ${kind} named ${quoted(name)} is registered. Registered: ${list}.`, { kind, name, available })
  }
}

/** An exception of a plugin's own, with the first line of its stack. The cause is the exception. */
export class PluginError extends DcError {
  static override readonly marker: symbol = marker('/plugin')

  /** @param owner the plugin, as messages name it: `plugin 'x' (./file.js)` */
  constructor(owner: string, thrown: unknown) {
    const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `it threw ${show(thrown)}`
    const frame = thrown instanceof Error ? firstFrame(thrown) : undefined
    const where = frame === undefined ? '' : `, at ${printable(frame, 200)}`
    super(`${owner}: ${printable(what, 1000)}${where}.`, { owner, frame }, thrown)
  }
}

/** Name, line and column of the file that threw. */
function firstFrame({ stack }: Error): string | undefined {
  return /^\s+at .*?([^\\/(]+:\d+:\d+)\)?$/m.exec(stack ?? '')?.[1]
}

/** Data that cannot be worked with: NaN, empty or corrupt files, too few rows. */
export class DataError extends DcError {
  static override readonly marker: symbol = marker('/data')
}

/** An optional peer dependency is not installed. Names the package and the command that installs it. */
export class MissingPeerError extends DcError {
  static override readonly marker: symbol = marker('/missing-peer')

  /** @param install what `npm install` is told */
  constructor(peer: string, neededFor: string, cause?: unknown, note?: string, install = peer) {
    const hint = note ? ` ${note}` : ''
    super(
      `${neededFor} needs the optional package '${peer}', which is not installed. Install it: npm install ${install}.${hint}`,
      { peer, neededFor },
      cause,
    )
  }
}

/** Work that an `AbortSignal` ended; nothing is wrong. What was to be kept of it is kept. */
export class InterruptedError extends DcError {
  static override readonly marker: symbol = marker('/interrupted')
}

/** A backend that was asked for cannot run. Says why, and what to install. */
export class BackendError extends DcError {
  static override readonly marker: symbol = marker('/backend')
}

/** A function cannot be compiled; it reads a tensor in its middle, for example. It still runs uncompiled. */
export class NotCompilableError extends BackendError {
  static override readonly marker: symbol = marker('/not-compilable')
  /** What the function does, as the end of a sentence: "reads a tensor". */
  readonly reason: string

  constructor(reason: string, facts: Record<string, unknown> = {}) {
    super(`A function cannot be compiled: it ${reason}.`, { reason, ...facts })
    this.reason = reason
  }
}

function bounded(message: string): string {
  // Our own messages may have several lines. A message that is too long is so because of what it quotes.
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
    // One without a prototype is no string by itself.
    text = typeof value === 'object' ? Object.prototype.toString.call(value) : String(value)
  }
  return printable(text, 80)
}
