import type { Allocate, Block } from '../kernels/memory'
import { laneCount, type Parallel } from '../kernels/threads'

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
  /** Visits `scale u W x` over the real columns, some rows at a time; the chunk is reused. */
  planRows(u: Block, visit: VisitRows, range: PlanRange): void
}

/** Is shown `count` rows of a plan, packed, from row `from` on. */
export type VisitRows = (chunk: Float64Array, from: number, count: number) => void

/** The rows `from` to below `to` of a plan, times `scale`. */
export interface PlanRange {
  readonly from: number
  readonly to: number
  readonly scale: number
}

/** What a kernel matrix is made from. */
export interface KernelSource {
  readonly rows: number
  /** Real columns. */
  readonly columns: number
  readonly epsilon: number
  /** Whether a virtual column of cost 0 is appended. */
  readonly virtual: boolean
  /** Threads that share the rows; 1 by default. */
  readonly threads?: number
  /** Writes `count` rows of costs, from row `from` on, into memory. */
  fill(target: Block, from: number, count: number): void
}

// Costs pass through a stretch of memory that stays in the second-level cache.
const stagingLength = 65_536

/** Makes a kernel matrix. */
export function createKernelMatrix(source: KernelSource, allocate: Allocate, parallel: Parallel): KernelMatrix {
  const { rows, columns, epsilon, virtual, fill } = source
  // A thread with fewer rows than this would cost more than it saves.
  const threads = Math.max(1, Math.min(source.threads ?? 1, Math.floor(rows / 64)))
  const width = virtual ? columns + 1 : columns
  const stride = (width + 1) & ~1
  const w = allocate(rows * stride)
  const shift = allocate(stride)
  const input = allocate(stride)
  const m = allocate(rows)
  const r = allocate(rows)
  const parts = Array.from({ length: threads }, () => allocate(stride))
  const c = parts[0]
  const chunk = Math.max(1, Math.min(rows, Math.floor(stagingLength / columns)))
  const staging = Array.from({ length: laneCount(threads) }, () => allocate(chunk * columns))
  input.values.fill(0)
  // Bounds of the threads' rows, in fours as the kernel takes them.
  const bounds = Array.from({ length: threads + 1 }, (_, t) => (t === threads ? rows : ((rows * t) / threads) & ~3))

  const load = (psi: Float64Array) => {
    shift.values.fill(0)
    shift.values.set(psi)
    parallel.chunks({
      ...{ from: 0, to: rows, chunk, threads },
      before: ({ lane, from, count }) => fill(staging[lane], from, count),
      call({ lane, from, count }) {
        const [out, offsets] = [w.pointer + from * stride * 8, m.pointer + from * 8]
        const shape = [stride, stride, virtual ? columns : -1, count]
        return ['exponentials', staging[lane].pointer, columns, out, ...shape, shift.pointer, 1 / epsilon, offsets, 1]
      },
    })
  }
  const pass: KernelMatrix['pass'] = (kind, weights, u, power = 1, limits = weights) => {
    const rule = [input.pointer, weights.pointer, kind, power, limits.pointer]
    parallel.all(
      parts.map((part, t) => {
        const range = [w.pointer, stride, bounds[t], bounds[t + 1]]
        return ['pass', ...range, ...rule, r.pointer, u.pointer, part.pointer]
      }),
    )
    for (let t = 1; t < threads; t++) for (let j = 0; j < width; j++) c.values[j] += parts[t].values[j]
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
        const size = Math.min(chunk, rows - from)
        fill(staging[0], from, size)
        visit(staging[0].values.subarray(0, size * columns), from)
      }
    },
    pass,
    plan(u, real, keep, out) {
      parallel.all(
        parts.map((_, t) => {
          const range = [real, bounds[t], bounds[t + 1]]
          return ['plan', w.pointer, stride, u.pointer, input.pointer, ...range, 1 - keep, keep, out.pointer]
        }),
      )
    },
    planRows(u, visit, { from: first, to, scale }) {
      parallel.chunks({
        ...{ from: first, to, chunk, threads },
        call({ lane, from, count }) {
          const at = [w.pointer + from * stride * 8, stride, u.pointer + from * 8, input.pointer]
          return ['plan', ...at, columns, 0, count, scale, 0, staging[lane].pointer]
        },
        after: ({ lane, from, count }) => visit(staging[lane].values.subarray(0, count * columns), from, count),
      })
    },
  }
}
