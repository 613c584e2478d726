/** Places on the way from one map to the other, slow at both ends. A row that has no place in one of them jumps. */
export function between(from: Float64Array, to: Float64Array, share: number): Float64Array {
  const way = share * share * (3 - 2 * share)
  return to.map((end, at) => {
    const begin = from[at]
    return Number.isNaN(begin) || Number.isNaN(end) ? end : begin + way * (end - begin)
  })
}
