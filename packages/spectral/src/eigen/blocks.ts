import { symmetricEigen } from './dense'

/** `XᵀY` of `[n, p]` and `[n, q]` blocks. */
export function transposedTimes(x: Float64Array, p: number, y: Float64Array, q: number): Float64Array {
  const out = new Float64Array(p * q)
  for (let row = 0, rows = x.length / p; row < rows; row++)
    for (let a = 0; a < p; a++) {
      const factor = x[row * p + a]
      for (let b = 0, at = a * q, from = row * q; b < q; b++, at++, from++) out[at] += factor * y[from]
    }
  return out
}

/** `X C` of an `[n, p]` block and a `[p, q]` matrix. */
export function timesSmall(x: Float64Array, p: number, c: Float64Array, q: number): Float64Array {
  const rows = x.length / p
  const out = new Float64Array(rows * q)
  for (let row = 0; row < rows; row++)
    for (let a = 0; a < p; a++) {
      const factor = x[row * p + a]
      for (let b = 0, at = row * q, from = a * q; b < q; b++, at++, from++) out[at] += factor * c[from]
    }
  return out
}

/** Blocks of equal height side by side. */
export function sideBySide(blocks: readonly { values: Float64Array; width: number }[]): Float64Array {
  const width = blocks.reduce((sum, block) => sum + block.width, 0)
  const rows = blocks[0].values.length / blocks[0].width
  const out = new Float64Array(rows * width)
  let first = 0
  for (const block of blocks) {
    for (let i = 0; i < rows; i++)
      for (let c = 0; c < block.width; c++) out[i * width + first + c] = block.values[i * block.width + c]
    first += block.width
  }
  return out
}

/** Columns scaled to length 1 whose directions agree to this much are one direction. */
const dependent = 1e-12

/**
 * An orthonormal basis of a block's columns, twice over by the eigendecomposition of their Gram matrix (Stathopoulos
 * and Wu 2002); columns that depend on others are dropped, so the basis may be narrower.
 */
export function orthonormalise(block: Float64Array, width: number): { values: Float64Array; width: number } {
  let current = { values: block, width }
  for (let pass = 0; pass < 2; pass++) {
    const { values: x, width: p } = current
    const gram = transposedTimes(x, p, x, p)
    const scales = Float64Array.from({ length: p }, (_, c) => {
      const square = gram[c * p + c]
      return square > 0 ? 1 / Math.sqrt(square) : 0
    })
    const scaled = gram.map((g, at) => g * scales[Math.floor(at / p)] * scales[at % p])
    const { values, vectors } = symmetricEigen({ values: scaled, rows: p, columns: p })
    const first = values.findIndex((value) => value > dependent * values[p - 1])
    const kept = first < 0 ? 0 : p - first
    const change = new Float64Array(p * kept)
    for (let a = 0; a < p; a++)
      for (let b = 0; b < kept; b++)
        change[a * kept + b] = (scales[a] * vectors.values[a * p + first + b]) / Math.sqrt(values[first + b])
    current = { values: timesSmall(x, p, change, kept), width: kept }
  }
  return current
}

/** Removes from a block, twice, what lies in the span of an orthonormal basis. */
export function removeSpan(basis: { values: Float64Array; width: number }, block: Float64Array, width: number): void {
  for (let pass = 0; pass < 2; pass++) {
    const inside = transposedTimes(basis.values, basis.width, block, width)
    const span = timesSmall(basis.values, basis.width, inside, width)
    for (let at = 0; at < block.length; at++) block[at] -= span[at]
  }
}
