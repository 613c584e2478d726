import { DataError, OptionError, quoted } from '@dc/core/plugin'

const freely = 256 * 2 ** 20
const times = 200

/**
 * Most bytes that a compressed file may become: the number asked for; by default 256 MiB, or 200 times the file's size if
 * that is more. Real data stay far below. A file made to fill the memory can become 1,000 times its size.
 */
export function unpackingLimit(packed: number, asked: number | undefined): number {
  if (asked !== undefined && !(Number.isInteger(asked) && asked >= 1))
    throw new OptionError('maxUnpackedBytes', asked, 'an integer ≥ 1')
  return asked ?? Math.max(freely, times * packed)
}

/** The error for a file beyond the limit. */
export function tooLarge(path: string, limit: number): DataError {
  return new DataError(
    `${quoted(path)} becomes more than ${limit} bytes when it is unpacked. If it is to be trusted, give 'maxUnpackedBytes'.`,
    { path, limit },
  )
}

/** Most bytes that DEFLATE can make of some bytes: a match of 258 bytes takes two bits at least. */
export function mostFromDeflate(packed: number): number {
  return packed * 1032
}

/** Makes arrays for a file. If there is no memory for a length, or no array can have it, the error names the file. */
export function inMemory<T>(path: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new DataError(`${quoted(path)} is larger than memory, or than an array of this Node can be.`, { path }, error)
  }
}
