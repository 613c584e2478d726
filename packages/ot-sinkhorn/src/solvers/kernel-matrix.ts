import type { Block, Kernels } from '../kernels/memory'
import type { Costs } from '../problems/problem'

/** What a pass makes of each row product before it is scattered back; see assembly/kernels.ts. */
export const rule = { divide: 0, multiply: 1, power: 2, limit: 3 } as const

/** The stabilised kernel `W_ij = exp(ψ0_j − C_ij/ε − m_i)` in the memory of the kernels. */
export interface KernelMatrix {
  readonly rows: number
  /** Columns, the virtual one included. */
  readonly width: number
  /** Absorbed column potentials ψ0, in units of ε. */
  readonly absorbed: Float64Array
  /** Row maxima m of ψ0 − C/ε, so that every row of W has a 1. */
  readonly offsets: Float64Array
  /** Products `r = W x` of the last pass. */
  readonly products: Float64Array
  /** Column sums `c = Wᵀ u` of the last pass. */
  readonly columnSums: Float64Array
  /** Input x of a pass. */
  readonly input: Float64Array
  /** A block with one value per row. */
  rowBlock(): Block
  /** Recomputes W around new potentials: `rows × width` exponentials. */
  load(psi: Float64Array): void
  /** `r = W x`, `u = rule(weights, r)` into the block, `c = Wᵀ u`. */
  pass(kind: number, weights: Block, u: Block, power?: number, limits?: Block): void
}

// Costs pass through a stretch of memory that stays in the second-level cache.
const stagingLength = 65_536

/** Makes a kernel matrix; `zero` appends the virtual column of cost 0. */
export function createKernelMatrix(
  {
    cost,
    rows,
    columns,
    epsilon,
    zero,
  }: { cost: Costs; rows: number; columns: number; epsilon: number; zero: boolean },
  kernels: Kernels,
  allocate: (length: number) => Block,
): KernelMatrix {
  const width = zero ? columns + 1 : columns
  const stride = (width + 1) & ~1
  const w = allocate(rows * stride)
  const shift = allocate(stride)
  const input = allocate(stride)
  const c = allocate(stride)
  const m = allocate(rows)
  const r = allocate(rows)
  const chunk = Math.max(1, Math.min(rows, Math.floor(stagingLength / columns)))
  const staging = allocate(chunk * columns)
  input.values.fill(0)

  const load = (psi: Float64Array) => {
    shift.values.fill(0)
    shift.values.set(psi)
    for (let from = 0; from < rows; from += chunk) {
      const count = Math.min(chunk, rows - from)
      staging.values.set(cost.subarray(from * columns, (from + count) * columns))
      const out = w.pointer + from * stride * 8
      const zeroColumn = zero ? columns : -1
      const offsets = m.pointer + from * 8
      kernels.exponentials(
        staging.pointer,
        columns,
        out,
        stride,
        stride,
        zeroColumn,
        count,
        shift.pointer,
        1 / epsilon,
        offsets,
        1,
      )
    }
  }
  const pass: KernelMatrix['pass'] = (kind, weights, u, power = 1, limits = weights) => {
    kernels.pass(
      w.pointer,
      stride,
      0,
      rows,
      input.pointer,
      weights.pointer,
      kind,
      power,
      limits.pointer,
      r.pointer,
      u.pointer,
      c.pointer,
    )
  }
  return {
    rows,
    width,
    absorbed: shift.values.subarray(0, width),
    offsets: m.values,
    products: r.values,
    columnSums: c.values.subarray(0, width),
    input: input.values.subarray(0, width),
    rowBlock: () => allocate(rows),
    load,
    pass,
  }
}
