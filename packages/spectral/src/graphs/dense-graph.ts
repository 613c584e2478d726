import { OptionError, type SparseRows } from '@dc/core/plugin'

/** Most points whose pairs are all stored: 8,000² weights take 1.3 GB while they are built. */
const mostPoints = 8_000

/** All pairs `i ≠ j` with a positive weight, each computed once. With `loops`, every point has weight 1 to itself. */
export function denseGraph(n: number, weight: (i: number, j: number) => number, loops = false): SparseRows {
  if (n > mostPoints)
    throw new OptionError('points', `${n} rows`, `at most ${mostPoints} for a graph of all pairs; use knnGraph`)
  const dense = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    if (loops) dense[i * n + i] = 1
    for (let j = 0; j < i; j++) {
      const value = weight(i, j)
      if (value > 0) dense[i * n + j] = dense[j * n + i] = value
    }
  }
  return compress(dense, n)
}

/** The nonzero entries of a dense matrix. */
export function compress(dense: ArrayLike<number>, n: number): SparseRows {
  const offsets = new Int32Array(n + 1)
  for (let i = 0, at = 0; i < n; i++) {
    offsets[i + 1] = offsets[i]
    for (let j = 0; j < n; j++, at++) if (dense[at] !== 0) offsets[i + 1]++
  }
  const indices = new Int32Array(offsets[n])
  const values = new Float64Array(offsets[n])
  for (let i = 0, at = 0, count = 0; i < n; i++)
    for (let j = 0; j < n; j++, at++) {
      if (dense[at] === 0) continue
      indices[count] = j
      values[count++] = dense[at]
    }
  return { rows: n, columns: n, offsets, indices, values }
}
