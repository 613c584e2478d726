/**
 * Sigmoid-shaped ramp-up, `exp(−5 (1 − t)²)`: 0.007 at the start, 1 at the end.
 *
 * @param t the part of the way that is over; below 0 counts as 0, above 1 as 1
 * @see Laine, Aila 2017, Temporal Ensembling, section 3; P²OT's share ρ of the mass follows it
 * @example
 * sigmoidRampUp(0.5)   // 0.2865
 */
export function sigmoidRampUp(t: number): number {
  return Math.exp(-5 * (1 - Math.min(1, Math.max(0, t))) ** 2)
}
