import type { Products } from '@dc/core/points'

/** Products that are wrong by less than float32 may be: who lends them must find the same. */
export const noisyProducts: Products = {
  name: 'noisy',
  timesTransposed(a, n, b, m, d) {
    const out = new Float32Array(n * m)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < m; j++) {
        let [sum, bound] = [0, 0]
        for (let c = 0; c < d; c++) {
          sum += a[i * d + c] * b[j * d + c]
          bound += Math.abs(a[i * d + c] * b[j * d + c])
        }
        out[i * m + j] = sum + d * 2 ** -25 * bound * ((i + j) % 2 === 0 ? 1 : -1)
      }
    return out
  },
}
