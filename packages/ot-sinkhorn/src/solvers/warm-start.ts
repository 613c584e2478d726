/** Moves ψ to given potentials, in the units of the costs. */
export function warmStart(psi: Float64Array, start: Float64Array | undefined, epsilon: number) {
  if (!start) return
  // A potential of −∞ belongs to a column that had no mass; it may have some now.
  for (let j = 0; j < start.length; j++) psi[j] = Number.isFinite(start[j]) ? start[j] / epsilon : 0
}
