import { withKernels } from '../kernels/memory'
import { symmetricEigen } from './dense'

/** `XᵀY` of `[n, p]` and `[n, q]` blocks. */
export function transposedTimes(x: Float64Array, p: number, y: Float64Array, q: number): Float64Array {
  return withKernels(({ kernels, floats }) => {
    const [left, right, out] = [floats(x.length), y === x ? null : floats(y.length), floats(p * q)]
    left.values.set(x)
    right?.values.set(y)
    out.values.fill(0)
    kernels.transposedTimes(left.pointer, p, (right ?? left).pointer, q, x.length / p, out.pointer)
    return out.values.slice()
  })
}

/** `X C` of an `[n, p]` block and a `[p, q]` matrix. */
export function timesSmall(x: Float64Array, p: number, c: Float64Array, q: number): Float64Array {
  return withKernels(({ kernels, floats }) => {
    const rows = x.length / p
    const [left, right, out] = [floats(x.length), floats(c.length), floats(rows * q)]
    left.values.set(x)
    right.values.set(c)
    kernels.timesSmall(left.pointer, p, right.pointer, q, rows, out.pointer)
    return out.values.slice()
  })
}

/** Blocks of equal height as one. */
export function sideBySide(blocks: readonly Block[]): Block {
  const width = blocks.reduce((sum, block) => sum + block.width, 0)
  const rows = blocks[0].values.length / blocks[0].width
  const out = new Float64Array(rows * width)
  let first = 0
  for (const block of blocks) {
    for (let i = 0; i < rows; i++)
      for (let c = 0; c < block.width; c++) out[i * width + first + c] = block.values[i * block.width + c]
    first += block.width
  }
  return { values: out, width }
}

/** Columns side by side: `values[i * width + c]`. */
export interface Block {
  readonly values: Float64Array
  readonly width: number
}

/** Columns of length 1 count as one direction if they agree up to this. */
const dependent = 1e-12

/**
 * An orthonormal basis of what a block adds to an orthonormal basis. Twice over, the part of the block inside the basis is
 * removed, and the rest is made orthonormal by the eigendecomposition of its Gram matrix (Stathopoulos and Wu 2002). Columns
 * that depend on others are dropped, so the result may be narrower.
 */
export function orthonormalise(block: Block, basis?: Block): Block {
  let current: Block = { values: block.values.slice(), width: block.width }
  for (let pass = 0; pass < 2 && current.width > 0; pass++) {
    if (basis) removeSpan(basis, current)
    current = orthonormalColumns(current)
  }
  return current
}

function orthonormalColumns({ values: x, width: p }: Block): Block {
  const change = orthonormalising(transposedTimes(x, p, x, p), p)
  const kept = change.length / p
  return { values: timesSmall(x, p, change, kept), width: kept }
}

/**
 * What makes the columns of X orthonormal, told by their Gram matrix alone, which may be summed over parts of the rows: `X·change`.
 * Columns that depend on others are dropped, so it may have fewer.
 *
 * @param gram `XᵀX`, `[p, p]`
 * @returns `[p, kept]`, kept ≤ p
 * @see Stathopoulos and Wu 2002, "A block orthogonalization procedure with constant synchronization requirements"
 * @example
 * orthonormalising(Float64Array.of(4, 0, 0, 0), 2) // [0.5, 0], or its negative
 */
export function orthonormalising(gram: Float64Array, p: number): Float64Array {
  const scales = Float64Array.from({ length: p }, (_, c) => (gram[c * p + c] > 0 ? 1 / Math.sqrt(gram[c * p + c]) : 0))
  const scaled = gram.map((g, at) => g * scales[Math.floor(at / p)] * scales[at % p])
  const { values, vectors } = symmetricEigen({ values: scaled, rows: p, columns: p })
  const first = values.findIndex((value) => value > dependent * values[p - 1])
  const kept = first < 0 ? 0 : p - first
  const change = new Float64Array(p * kept)
  for (let a = 0; a < p; a++)
    for (let b = 0; b < kept; b++)
      change[a * kept + b] = (scales[a] * vectors.values[a * p + first + b]) / Math.sqrt(values[first + b])
  return change
}

/** Removes from a block what lies in the span of an orthonormal basis, in place. */
function removeSpan(basis: Block, { values, width }: Block): void {
  const inside = transposedTimes(basis.values, basis.width, values, width)
  const span = timesSmall(basis.values, basis.width, inside, width)
  for (let at = 0; at < values.length; at++) values[at] -= span[at]
}
