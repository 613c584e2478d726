import type { Products } from '@dc/core/points'

/** Products in float32, rounded at every step, as an engine may give them: for tests. */
export const plainProducts: Products = {
  name: 'plain',
  timesTransposed(a, n, b, m, d) {
    const out = new Float32Array(n * m)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < m; j++)
        for (let c = 0; c < d; c++)
          out[i * m + j] = Math.fround(out[i * m + j] + Math.fround(a[i * d + c] * b[j * d + c]))
    return out
  },
}
