/** Seeds that one run may have. */
export const mostSeeds = 10_000
