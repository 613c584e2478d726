/** How often a job is tried that fails. A worker that dies does not count, nor one that is stopped. */
export const attemptsOf = 3

/** Milliseconds before a job is tried again. @param failed attempts that failed */
export const pauseBefore = (failed: number, first: number): number => first * 2 ** (failed - 1)
