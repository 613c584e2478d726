// What every parity check shares: its form, and the file format of the reference answers.

/** A reference file: its named values, and a line that says where they come from. */
export type Oracle = Readonly<Record<string, unknown>> & { readonly source: string }

/** How arrays are written in a reference file: row after row. */
export interface OracleArray {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

/** One comparison. It holds if `error ≤ tolerance`; NaN does not hold. */
export interface ParityRow {
  readonly name: string
  readonly error: number
  readonly tolerance: number
}

export interface ParityCheck {
  /** Tested against the file's name without folder and `.json`. */
  readonly matches: RegExp
  /** Compares our answer with the file's, for any sizes and parameters that the file holds. */
  run(oracle: Oracle): Promise<ParityRow[]>
}

/** Declares a check; the default export of `tests/parity/checks/NAME.ts`. */
export function defineParityCheck(check: ParityCheck): ParityCheck {
  return check
}

/**
 * The array called `name` of a reference file.
 *
 * @throws Error if it is missing, or its data do not fill its shape
 */
export function array(oracle: Oracle, name: string): OracleArray {
  const value = oracle[name] as Partial<OracleArray> | undefined
  if (!Array.isArray(value?.shape) || !Array.isArray(value.data))
    throw new Error(`'${name}' is missing or is no { shape, data }; the file has ${Object.keys(oracle).join(', ')}`)
  const size = value.shape.reduce((product, length) => product * length, 1)
  if (size !== value.data.length)
    throw new Error(`'${name}' has shape [${value.shape.join(', ')}] but ${value.data.length} values`)
  return { shape: value.shape, data: value.data }
}

/**
 * The number called `name` of a reference file.
 *
 * @throws Error if it is missing or no number
 */
export function number(oracle: Oracle, name: string): number {
  const value = oracle[name]
  if (typeof value !== 'number') throw new Error(`'${name}' is missing or no number`)
  return value
}

/** `max |ours − theirs|`; infinite if lengths differ. */
export function maxAbsoluteError(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY
  let worst = 0
  for (let i = 0; i < ours.length; i++) {
    const error = Math.abs(ours[i] - theirs[i])
    if (!(error <= worst)) worst = error
    if (Number.isNaN(worst)) return worst
  }
  return worst
}

/** `max |ours − theirs| / max |theirs|`; infinite if lengths differ. */
export function maxRelativeError(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  let scale = 0
  for (let i = 0; i < theirs.length; i++) scale = Math.max(scale, Math.abs(theirs[i]))
  return maxAbsoluteError(ours, theirs) / (scale || 1)
}
