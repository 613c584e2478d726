import type { Allocate, Block, Kernels } from '../kernels/memory'

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
  /** Visits the costs that W is made from, some rows at a time; the chunk is reused. */
  costs(visit: (chunk: Float64Array, from: number) => void): void
  /** `r = W x`, `u = rule(weights, r)` into the block, `c = Wᵀ u`. */
  pass(kind: number, weights: Block, u: Block, power?: number, limits?: Block): void
  /** `out = (1 − keep) u W x + keep out` entry by entry, for the first `columns` columns, packed. */
  plan(u: Block, columns: number, keep: number, out: Block): void
}

/** What a kernel matrix is made from. */
export interface KernelSource {
  readonly rows: number
  /** Real columns. */
  readonly columns: number
  readonly epsilon: number
  /** Whether a virtual column of cost 0 is appended. */
  readonly virtual: boolean
  /** Writes `count` rows of costs, from row `from` on, into memory. */
  fill(target: Block, from: number, count: number): void
}

// Costs pass through a stretch of memory that stays in the second-level cache.
const stagingLength = 65_536

/** Makes a kernel matrix. */
export function createKernelMatrix(source: KernelSource, kernels: Kernels, allocate: Allocate): KernelMatrix {
  const { rows, columns, epsilon, virtual, fill } = source
  const width = virtual ? columns + 1 : columns
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
      fill(staging, from, count)
      const out = w.pointer + from * stride * 8
      const zeroColumn = virtual ? columns : -1
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
    costs(visit) {
      for (let from = 0; from < rows; from += chunk) {
        const count = Math.min(chunk, rows - from)
        fill(staging, from, count)
        visit(staging.values.subarray(0, count * columns), from)
      }
    },
    pass,
    plan(u, real, keep, out) {
      kernels.plan(w.pointer, stride, u.pointer, input.pointer, real, 0, rows, keep, out.pointer)
    },
  }
}
