import type { Allocate, Block } from '../kernels/memory'
import { laneCount, type Parallel } from '../kernels/threads'
import { type Base, noBase, takeOff } from './base'

/** The function that a pass applies to each row product before scattering it back; see assembly/kernels.ts. */
export const rule = { divide: 0, multiply: 1, power: 2, limit: 3 } as const

/** The stabilised kernel `W_ij = exp(ψ0_j − (C_ij − base_i)/ε − m_i)` in the memory of the kernels. */
export interface KernelMatrix {
  readonly rows: number
  /** Columns, the virtual one included. */
  readonly width: number
  /** Numbers that are subtracted from the costs of each row. */
  readonly base: Base
  /** Absorbed column potentials ψ0, in units of ε. */
  readonly absorbed: Float64Array
  /** Row maxima m of ψ0 − (C − base)/ε, so that every row of W has a 1. */
  readonly offsets: Float64Array
  /** Products `r = W x` of the last pass. */
  readonly products: Float64Array
  /** Column sums `c = Wᵀ u` of the last pass. */
  readonly columnSums: Float64Array
  /** Input x of a pass. */
  readonly input: Float64Array
  /** A block with one value per row. The same number gives the same block. */
  rowBlock(number: number): Block
  /** Changes the base that is subtracted from the costs, from the next load on. */
  rebase(base: Base): void
  /** The ε of the last load; undefined if costs or base have changed since. */
  readonly loadedFor: number | undefined
  /** How many loads there were. */
  readonly loads: number
  /** Forgets W, after the costs have changed. */
  invalidate(): void
  /** Recomputes W around new potentials: `rows × width` exponentials. */
  load(psi: Float64Array, epsilon: number): void
  /** Visits the costs that W is made from, without subtracting the base, some rows at a time. The chunk is reused. */
  costs(visit: VisitRows, range?: { from: number; to: number }): void
  /** `r = W x`, `u = rule(weights, r)` into the block, `c = Wᵀ u`. */
  pass(kind: number, weights: Block, u: Block, power?: number, limits?: Block): void
  /** `out = (1 − keep) u W x + keep out` entry by entry, for the first `columns` columns, packed. */
  plan(u: Block, columns: number, keep: number, out: Block): void
  /** Visits `scale u W x` over the real columns, some rows at a time; the chunk is reused. */
  planRows(u: Block, visit: VisitRows, range: PlanRange): void
}

/** Called with `count` rows, packed, from row `from` on. */
export type VisitRows = (chunk: Float64Array, from: number, count: number) => void

/** The rows `from` to below `to` of a plan, times `scale`. */
export interface PlanRange {
  readonly from: number
  readonly to: number
  readonly scale: number
}

/** The source of a kernel matrix. */
export interface KernelSource {
  readonly rows: number
  /** Real columns. */
  readonly columns: number
  /** Whether a virtual column of cost 0 is appended. */
  readonly virtual: boolean
  /** Threads that share the rows where that pays; 1 by default. The numbers do not depend on it. */
  readonly threads?: number
  /** Writes `count` rows of costs, from row `from` on, into memory. */
  fill(target: Block, from: number, count: number): void
}

// Costs pass through a stretch of memory that stays in the second-level cache.
const stagingLength = 65_536
/** One call of a kernel is over so many entries, some 50 µs, which is what it takes to wake another thread. */
export const pieceLength = 65_536
// Every piece has its own column sums, which are added up afterwards.
const mostPieces = 32

/** Makes a kernel matrix. */
export function createKernelMatrix(source: KernelSource, allocate: Allocate, parallel: Parallel): KernelMatrix {
  const { rows, columns, virtual, threads = 1, fill } = source
  const width = virtual ? columns + 1 : columns
  const stride = (width + 1) & ~1
  const w = allocate(rows * stride)
  const shift = allocate(stride)
  const input = allocate(stride)
  const m = allocate(rows)
  const r = allocate(rows)
  // The pieces are the same for any number of threads, so that sums are always taken in the same order.
  const pieces = Math.max(1, Math.min(mostPieces, Math.floor((rows * stride) / pieceLength)))
  const parts = Array.from({ length: pieces }, () => allocate(stride))
  const c = parts[0]
  const chunk = Math.max(1, Math.min(rows, Math.floor(stagingLength / columns)))
  const staging = Array.from({ length: laneCount(threads) }, () => allocate(chunk * columns))
  input.values.fill(0)
  // The first row of each piece is a multiple of four, because the kernel takes four rows at a time.
  const bounds = Array.from({ length: pieces + 1 }, (_, p) => (p === pieces ? rows : ((rows * p) / pieces) & ~3))
  const blocks: Block[] = []
  let base: Base = noBase
  let loadedFor: number | undefined
  let loads = 0

  const load: KernelMatrix['load'] = (psi, epsilon) => {
    loadedFor = epsilon
    loads++
    shift.values.fill(0)
    shift.values.set(psi)
    parallel.chunks({
      ...{ from: 0, to: rows, chunk, threads },
      before({ lane, from, count }) {
        fill(staging[lane], from, count)
        takeOff(base, staging[lane].values, { from, count, columns })
      },
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
      parts.map((part, p) => {
        const range = [w.pointer, stride, bounds[p], bounds[p + 1]]
        return ['pass', ...range, ...rule, r.pointer, u.pointer, part.pointer]
      }),
      threads,
    )
    for (let p = 1; p < pieces; p++) parallel.all([['addScaled', c.pointer, parts[p].pointer, 1, stride]], 1)
  }
  return {
    rows,
    width,
    get base() {
      return base
    },
    get loadedFor() {
      return loadedFor
    },
    get loads() {
      return loads
    },
    invalidate() {
      loadedFor = undefined
    },
    absorbed: shift.values.subarray(0, width),
    offsets: m.values,
    products: r.values,
    columnSums: c.values.subarray(0, width),
    input: input.values.subarray(0, width),
    rowBlock: (number) => (blocks[number] ??= allocate(rows)),
    rebase(next) {
      base = next
      loadedFor = undefined
    },
    load,
    costs(visit, { from: first, to } = { from: 0, to: rows }) {
      for (let from = first; from < to; from += chunk) {
        const count = Math.min(chunk, to - from)
        fill(staging[0], from, count)
        visit(staging[0].values.subarray(0, count * columns), from, count)
      }
    },
    pass,
    plan(u, real, keep, out) {
      parallel.all(
        parts.map((_, p) => {
          const range = [real, bounds[p], bounds[p + 1]]
          return ['plan', w.pointer, stride, u.pointer, input.pointer, ...range, 1 - keep, keep, out.pointer]
        }),
        threads,
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
