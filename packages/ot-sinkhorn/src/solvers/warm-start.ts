/** Moves ψ to given potentials, in the units of the costs. */
export function warmStart(psi: Float64Array, start: Float64Array | undefined, epsilon: number) {
  if (!start) return
  // −∞ marks a column without mass, in the start or now.
  for (let j = 0; j < start.length; j++)
    if (Number.isFinite(start[j]) && Number.isFinite(psi[j])) psi[j] = start[j] / epsilon
}
